using System.Text.RegularExpressions;
using Kennel.Core.Domain;

namespace Kennel.Core.Secrets;

/// <summary>
/// Where a project's <c>ref</c> may lead: to what the host shares, and to the project's own. The store lets Kennel read
/// the secrets of all projects, so this is what keeps them apart.
/// </summary>
public static partial class SecretReferences
{
    /// <summary>The place that a reference means.</summary>
    /// <param name="where">Where it stands, for the error.</param>
    /// <param name="owner">Whose secrets are meant.</param>
    /// <param name="shared">The paths below which everybody may read.</param>
    /// <param name="given">The reference.</param>
    public static Validation<Problem, SecretAddress> Parse(
        string where,
        SecretOwner owner,
        Seq<string> shared,
        SecretLocation.Elsewhere given
    )
    {
        var allowed = shared.Add(owner.Folder);
        var isPath = given.Item.Length <= PathLengthMax && PathPattern().IsMatch(given.Item);
        var isAllowed =
            isPath && allowed.Exists(folder => given.Item.StartsWith($"{folder}/", StringComparison.Ordinal));
        var problems = Joined(
            isAllowed
                ? Seq<Problem>()
                : Seq1(
                    Problem.Of(
                        $"{where}.item",
                        given.Item,
                        $"a path below {string.Join(" or ", allowed)}, of A-Z a-z 0-9 _ . @ + - and /, no part beginning with a dot"
                    )
                ),
            given.Others.Map(key =>
                Problem.Of($"{where}.{key}", key, "only item and field: the host's store knows no other")
            ),
            given.Field.Exists(IsField)
                ? Seq<Problem>()
                : Seq1(Problem.Of($"{where}.field", given.Field.IfNone(""), "the name of a field of that entry"))
        );
        return problems.IsEmpty
            ? Success<Problem, SecretAddress>(new SecretAddress(given.Item, given.Field.IfNone("")))
            : Validation<Problem, SecretAddress>.Fail(problems);
    }

    /// <summary>Whether a text can be a folder that is shared.</summary>
    public static bool IsFolder(string text) => text.Length <= PathLengthMax && PathPattern().IsMatch(text);

    private const int PathLengthMax = 512;

    private static bool IsField(string text) => text.Length is > 0 and <= 128 && !text.Any(char.IsControl);

    [GeneratedRegex(@"\A[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*(?:/[A-Za-z0-9_@+-][A-Za-z0-9_.@+-]*)*\z")]
    private static partial Regex PathPattern();
}
