using System.Text;
using Kennel.Core.Domain;
using Kennel.Core.Manifest;
using Kennel.Shell.Processes;

namespace Kennel.Shell.Nix;

/// <summary>Gets the text of <c>kennel.json</c>: from devenv where the project uses it, else from its flake.</summary>
internal sealed class ManifestSource(BuildStepOptions options, BuildTools tools)
{
    private const string Attribute = "scottylabs.kennel.config";
    private const string StaleCache = "no substituter that can build it";

    /// <summary>The text, not read yet.</summary>
    public async Task<Either<Cause, string>> Text(CancellationToken cancellation)
    {
        if (File.Exists($"{tools.Source}/devenv.nix"))
            return await FromDevenv(cancellation);
        return File.Exists($"{tools.Source}/flake.nix")
            ? await FromFlake(cancellation)
            : Left<Cause, string>(new Cause.NoFlake());
    }

    private async Task<Either<Cause, string>> FromFlake(CancellationToken cancellation)
    {
        var end = await tools.Nix("manifest", isQuiet: false, Seq("eval", "--json", ".#.kennel"), cancellation);
        return end is ChildEnd.Exited { Status: 0 } it
            ? Right<Cause, string>(it.Output)
            : Left<Cause, string>(Failed(end));
    }

    private async Task<Either<Cause, string>> FromDevenv(CancellationToken cancellation)
    {
        var withoutSecrets = await SwitchSecretsOff(cancellation);
        var end = await Devenv(Seq<string>(), cancellation);
        if (end is ChildEnd.Exited { Status: not 0 } failed && IsStale(failed))
            end = await Devenv(Seq1("--refresh-eval-cache"), cancellation);
        withoutSecrets.IfSome(File.Delete);
        return end is ChildEnd.Exited { Status: 0 } it
            ? DevenvOutput.Path(it.Output, Attribute).ToEither(Unusable(it.Output)).Bind(ReadFile)
            : Left<Cause, string>(Failed(end));
    }

    private Task<ChildEnd> Devenv(Seq<string> flags, CancellationToken cancellation) =>
        tools.Run("manifest", isQuiet: false, "devenv", Joined(flags, Seq("build", Attribute)), cancellation);

    // devenv merges this file over the project's own settings; without it, it would fail for the secrets that a
    // build must not have.
    private async Task<Option<string>> SwitchSecretsOff(CancellationToken cancellation)
    {
        var path = $"{tools.Source}/devenv.local.yaml";
        if (Path.Exists(path))
            return None;
        await File.WriteAllTextAsync(path, "secretspec:\n  enable: false\n", cancellation);
        return Some(path);
    }

    private static bool IsStale(ChildEnd.Exited end) =>
        end.LastErrorLines.Exists(line => line.Contains(StaleCache, StringComparison.Ordinal));

    private static Cause Unusable(string output) =>
        new Cause.ManifestInvalid(
            Seq1(Problem.Of($"devenv build {Attribute}", output.Trim(), "a store path, bare or in a JSON object"))
        );

    private static Either<Cause, string> ReadFile(StorePath built)
    {
        var path = Directory.Exists(built.Value) ? $"{built}/{ManifestReader.FileName}" : built.Value;
        if (!File.Exists(path))
            return Left<Cause, string>(
                new Cause.ManifestInvalid(
                    Seq1(Problem.Of(ManifestReader.FileName, path, "a file, or a directory with kennel.json in it"))
                )
            );
        using var file = File.OpenRead(path);
        var bytes = new byte[ManifestReader.SizeBytesMax + 1];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Right<Cause, string>(Encoding.UTF8.GetString(bytes, 0, length));
    }

    private Cause Failed(ChildEnd end) => BuildTools.Explain(end, options.TimeSeconds);
}
