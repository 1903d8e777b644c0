using Kennel.Core.Domain;

namespace Kennel.Core.Secrets;

/// <summary>Paths of files that extend each other: all of them inside the checkout.</summary>
public static class SecretFilePath
{
    /// <summary>The file at the root of a checkout.</summary>
    public const string Root = "secretspec.toml";

    private const string Suffix = ".toml";

    /// <summary>The file that an entry of <c>extends</c> means, from the root of the checkout.</summary>
    /// <param name="where">Where the entry stood, for the error.</param>
    /// <param name="path">The file in which it stood.</param>
    /// <param name="given">The entry: a directory or a file, relative to that file.</param>
    public static Validation<Problem, string> Extended(string where, string path, string given)
    {
        var file = given.EndsWith(Suffix, StringComparison.Ordinal) ? given : $"{given}/{Root}";
        var isRelative =
            given.Length > 0 && given[0] != '/' && !given.Any(letter => char.IsControl(letter) || letter == '\\');
        return (isRelative ? Inside($"{path}/../{file}") : None).ToValidation(
            Problem.Of(where, given, "the path of a file or directory of the repository, relative to this file")
        );
    }

    private static Option<string> Inside(string path)
    {
        var parts = new Stack<string>();
        foreach (var part in path.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
                parts.Push(part);
            else if (!parts.TryPop(out _))
                return None;
        }
        return string.Join('/', parts.Reverse());
    }
}
