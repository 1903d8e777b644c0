using Kennel.Core.Domain;
using Kennel.Core.Manifest;
using Kennel.Core.Planning;

namespace Kennel.Shell.Nix;

/// <summary>
/// What runs inside a build unit: from a commit in the mirror to a result file with store paths or a cause.
/// </summary>
internal sealed class BuildStep
{
    private const int WrongUsage = 64;
    private const int NotWritten = 74;
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly BuildStepOptions options;
    private readonly BuildLog log;
    private readonly BuildTools tools;
    private readonly PackageBuild packages;

    /// <summary>Prepares a build.</summary>
    /// <param name="options">What to build.</param>
    /// <param name="output">Where the log goes.</param>
    public BuildStep(BuildStepOptions options, Stream output)
    {
        this.options = options;
        log = new BuildLog(output, options.LogBytes);
        tools = new BuildTools(options, log);
        packages = new PackageBuild(options, tools);
    }

    /// <summary>The hidden command <c>build-step</c>: 0 when the result was written, whatever it says.</summary>
    /// <param name="arguments">What follows <c>build-step</c>.</param>
    public static Task<int> Start(Seq<string> arguments) =>
        BuildStepOptions
            .Parse(arguments)
            .Match(
                options => new BuildStep(options, Console.OpenStandardOutput()).Run(),
                problems =>
                {
                    Console.Error.WriteLine(string.Join('\n', problems));
                    return Task.FromResult(WrongUsage);
                }
            );

    /// <summary>Builds, and writes the result.</summary>
    public async Task<int> Run()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(options.TimeSeconds));
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        var watch = WatchSilence(silence);
        var text = await Attempt(silence.Token);
        var limitSeconds = limit.IsCancellationRequested ? options.TimeSeconds : options.SilentSeconds;
        var isWritten = Write(text.IfNone(() => Failed(new Cause.TimedOut(limitSeconds))));
        await silence.CancelAsync();
        await watch;
        return isWritten ? 0 : NotWritten;
    }

    private async Task<Option<string>> Attempt(CancellationToken cancellation)
    {
        try
        {
            return (await Build(cancellation)).Match(text => text, Failed);
        }
        catch (OperationCanceledException)
        {
            return None;
        }
        catch (IOException error)
        {
            return Failed(new Cause.Refused("the disk", error.Message));
        }
    }

    private async Task<Either<Cause, string>> Build(CancellationToken cancellation)
    {
        log.Write("kennel", $"build {options.Build.Value} of commit {options.Commit}");
        tools.MakeDirectories();
        var checkedOut = await new Checkout(options, tools).Run(cancellation);
        var text = await checkedOut.BindAsync(_ => new ManifestSource(options, tools).Text(cancellation));
        return await text.BindAsync(manifestText =>
            ReadManifest(manifestText)
                .BindAsync(async manifest =>
                    await (await new SecretsSource(options, tools).Text(cancellation)).BindAsync(secretsText =>
                        BuildComponents(new Declared(manifestText, secretsText, manifest), cancellation)
                    )
                )
        );
    }

    private Either<Cause, ProjectManifest> ReadManifest(string text) =>
        ManifestReader
            .Read(text)
            .Match(
                read =>
                {
                    foreach (var warning in read.Warnings)
                        log.Write("manifest", $"warning: {warning}");
                    return Right<Cause, ProjectManifest>(read.Manifest);
                },
                problems => Left<Cause, ProjectManifest>(new Cause.ManifestInvalid(problems))
            );

    private async Task<Either<Cause, string>> BuildComponents(Declared declared, CancellationToken cancellation)
    {
        log.Write("kennel", $"components: {string.Join(", ", declared.Manifest.Components)}");
        var outputs = await packages.Run(declared.Manifest, cancellation);
        return await outputs.BindAsync(paths => Finish(declared, paths, cancellation));
    }

    private async Task<Either<Cause, string>> Finish(
        Declared declared,
        Map<ComponentName, StorePath> paths,
        CancellationToken cancellation
    )
    {
        var manifest = declared.Manifest;
        var notDirectories = manifest.Sites.Keys.Filter(site => !Directory.Exists(paths[site].Value)).ToSeq().Strict();
        if (!notDirectories.IsEmpty)
            return Left<Cause, string>(
                new Cause.ManifestInvalid(notDirectories.Map(site => NotDirectory(site, paths[site])).Strict())
            );
        var noSteps = StepRule.Check(manifest, paths);
        if (!noSteps.IsEmpty)
            return Left<Cause, string>(new Cause.ManifestInvalid(noSteps));
        var programs = Map<ComponentName, string>();
        foreach (var service in manifest.Services.Keys)
        {
            var found = await ProgramRule.Find(
                service,
                paths[service],
                () => packages.MainProgram(service.Value, cancellation)
            );
            if (found.IsLeft)
                return found;
            programs = programs.Add(service, found.IfLeft(""));
        }
        log.Write("kennel", "built");
        return Right<Cause, string>(
            BuildResultText.Built(declared.ManifestText, paths, programs, declared.SecretsText)
        );
    }

    private sealed record Declared(string ManifestText, Option<string> SecretsText, ProjectManifest Manifest);

    private static Problem NotDirectory(ComponentName site, StorePath path) =>
        Problem.Of(
            $"{ManifestReader.FileName}: static_sites.{site}",
            $"{path}, which is a file",
            "a package whose output is a directory of files"
        );

    private string Failed(Cause cause)
    {
        var lines = cause is Cause.ManifestInvalid invalid
            ? invalid.Problems.Map(problem => problem.ToString())
            : cause.Describe().Sentence.Split('\n').ToSeq();
        foreach (var line in lines)
            log.Write("kennel", $"failed: {line}");
        return BuildResultText.Failed(cause);
    }

    private async Task WatchSilence(CancellationTokenSource silence)
    {
        while (!silence.IsCancellationRequested)
        {
            if (log.Silence > TimeSpan.FromSeconds(options.SilentSeconds))
                await silence.CancelAsync();
            else
                await Task.Delay(LookInterval, silence.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool Write(string text)
    {
        var path = $"{options.Directory}/{BuildResultText.FileName}";
        try
        {
            File.WriteAllText($"{path}.new", text);
            File.Move($"{path}.new", path, overwrite: true);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log.Write("kennel", $"the result could not be written: {error.Message}");
            return false;
        }
    }
}
