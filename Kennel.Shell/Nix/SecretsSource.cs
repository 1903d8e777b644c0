using Kennel.Core.Domain;
using Kennel.Core.Secrets;
using Kennel.Shell.Processes;

namespace Kennel.Shell.Nix;

/// <summary>
/// Turns <c>secretspec.toml</c> and the files that it extends into JSON, which Nix does; a project without one declares no
/// secrets.
/// </summary>
internal sealed class SecretsSource(BuildStepOptions options, BuildTools tools)
{
    /// <summary>The files as one text; none where there are none.</summary>
    public async Task<Either<Cause, Option<string>>> Text(CancellationToken cancellation)
    {
        if (!Path.Exists($"{tools.Source}/{SecretFilePath.Root}"))
            return Right<Cause, Option<string>>(None);
        var files = await Follow(Map<string, string>(), SecretFilePath.Root, cancellation);
        return files.Bind(it =>
        {
            var text = $"{{{string.Join(',', it.Pairs.Map(pair => $"{Quoted(pair.Key)}:{pair.Value}"))}}}";
            return SecretSpecification
                .Read(text)
                .Match(
                    _ => Right<Cause, Option<string>>(Some(text)),
                    problems => Left<Cause, Option<string>>(new Cause.ManifestInvalid(problems.Strict()))
                );
        });
    }

    private async Task<Either<Cause, Map<string, string>>> Follow(
        Map<string, string> known,
        string path,
        CancellationToken cancellation
    )
    {
        if (known.ContainsKey(path))
            return known;
        if (known.Count >= SecretSpecification.FilesMax)
            return Wrong(path, $"more than {SecretSpecification.FilesMax} files", "fewer files that extend each other");
        if (!IsOwn(path))
            return Wrong(path, "nothing, or a link", "a file of the repository, and no link");
        var end = await tools.Nix(
            "secretspec",
            isQuiet: false,
            Seq("eval", "--json", "--impure", "--expr", Reading($"{tools.Source}/{path}")),
            cancellation
        );
        return end is ChildEnd.Exited { Status: 0 } it
            ? await Extend(known.Add(path, it.Output.Trim()), path, it.Output, cancellation)
            : Left<Cause, Map<string, string>>(BuildTools.Explain(end, options.TimeSeconds));
    }

    private async Task<Either<Cause, Map<string, string>>> Extend(
        Map<string, string> known,
        string path,
        string text,
        CancellationToken cancellation
    )
    {
        var extended = SecretSpecification
            .Extended(path, text)
            .Match(Right<Cause, Seq<string>>, problems => new Cause.ManifestInvalid(problems.Strict()));
        var all = extended.Map(_ => known);
        foreach (var next in extended.IfLeft(Seq<string>()))
            all = await all.BindAsync(it => Follow(it, next, cancellation));
        return all;
    }

    // A link may lead out of the checkout, to whatever the build may read.
    private bool IsOwn(string path)
    {
        var parts = path.Split('/');
        var hasLink = Enumerable
            .Range(1, parts.Length)
            .Any(count => new FileInfo($"{tools.Source}/{string.Join('/', parts[..count])}").LinkTarget is not null);
        return !hasLink && File.Exists($"{tools.Source}/{path}");
    }

    private static Either<Cause, Map<string, string>> Wrong(string path, string given, string allowed) =>
        new Cause.ManifestInvalid(Seq1(Problem.Of(path, given, allowed)));

    private static string Reading(string path) => $"builtins.fromTOML (builtins.readFile {Literal(path)})";

    // Of Nix, in which only these three begin something.
    private static string Literal(string text) =>
        $"\"{text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("${", "\\${", StringComparison.Ordinal)}\"";

    private static string Quoted(string text) => global::System.Text.Json.JsonSerializer.Serialize(text);
}
