using Kennel.Core.Domain;
using Kennel.Core.Manifest;
using Kennel.Shell.Processes;

namespace Kennel.Shell.Nix;

/// <summary>Builds the packages of all components in one go and finds out which of them failed.</summary>
internal sealed class PackageBuild(BuildStepOptions options, BuildTools tools)
{
    /// <summary>The flake reference of a package.</summary>
    public string Reference(string attribute) => $".#.packages.{options.System}.{attribute}";

    /// <summary>The store path of each component; all or a cause.</summary>
    public async Task<Either<Cause, Map<ComponentName, StorePath>>> Run(
        ProjectManifest manifest,
        CancellationToken cancellation
    )
    {
        var components = manifest.Components.Map(name => (Name: name, Attribute: AttributeOf(manifest, name))).Strict();
        var attributes = components.Map(component => component.Attribute).Distinct().Strict();
        if (attributes.IsEmpty)
            return Right<Cause, Map<ComponentName, StorePath>>(Map<ComponentName, StorePath>());
        if (!File.Exists($"{tools.Source}/flake.nix"))
            return Left<Cause, Map<ComponentName, StorePath>>(new Cause.NoFlake());
        var built = await BuildAll(attributes, cancellation);
        var looks = Map<string, Either<Cause, Option<StorePath>>>();
        foreach (var attribute in attributes)
            looks = looks.Add(attribute, await Look(attribute, isBuilt: IsGood(built), cancellation));
        return Judge(built, components.Map(component => (component.Name, looks[component.Attribute])).Strict());
    }

    /// <summary>The program that a package names as its main one.</summary>
    public async Task<Option<string>> MainProgram(string attribute, CancellationToken cancellation)
    {
        var reference = Reference(attribute) + ".meta.mainProgram";
        var end = await tools.Nix(attribute, isQuiet: true, Seq("eval", "--raw", reference), cancellation);
        return end is ChildEnd.Exited { Status: 0 } it ? Some(it.Output.Trim()) : None;
    }

    private static string AttributeOf(ProjectManifest manifest, ComponentName component) =>
        manifest.Sites.Find(component).Match(site => site.PackageAttribute, () => component.Value);

    private Task<ChildEnd> BuildAll(Seq<string> attributes, CancellationToken cancellation) =>
        tools.Nix(
            "build",
            isQuiet: false,
            Joined(
                Seq("build", "--keep-going", "--print-build-logs", "--out-link", $"{options.Directory}/built"),
                attributes.Map(Reference)
            ),
            cancellation
        );

    // With several packages Nix does not say which result is whose, nor, when one fails, which were built. Asked for
    // one at a time it does, at once, for the evaluation is cached.
    private async Task<Either<Cause, Option<StorePath>>> Look(
        string attribute,
        bool isBuilt,
        CancellationToken cancellation
    )
    {
        var how = isBuilt ? Seq("--out-link", $"{options.Directory}/out-{attribute}") : Seq1("--dry-run");
        var end = await tools.Nix(
            attribute,
            isQuiet: true,
            Joined(Seq("build", "--json"), how, Seq1(Reference(attribute))),
            cancellation
        );
        return end is ChildEnd.Exited { Status: 0 } it
            ? Right<Cause, Option<StorePath>>(NixOutput.Path(it.Output).Filter(path => Path.Exists(path.Value)))
            : Left<Cause, Option<StorePath>>(BuildTools.Explain(end, options.TimeSeconds));
    }

    private Either<Cause, Map<ComponentName, StorePath>> Judge(
        ChildEnd built,
        Seq<(ComponentName Name, Either<Cause, Option<StorePath>> Look)> looks
    )
    {
        var outputs = looks.Bind(it => it.Look.ToOption().Flatten().Map(path => (it.Name, path)).ToSeq()).Strict();
        if (IsGood(built) && outputs.Count == looks.Count)
            return Right<Cause, Map<ComponentName, StorePath>>(toMap(outputs));
        var cause = built is ChildEnd.Exited and not { Status: 137 }
            ? CauseOf(built, looks)
            : BuildTools.Explain(built, options.TimeSeconds);
        return Left<Cause, Map<ComponentName, StorePath>>(cause);
    }

    private Cause CauseOf(ChildEnd built, Seq<(ComponentName Name, Either<Cause, Option<StorePath>> Look)> looks)
    {
        var unevaluated = looks.Bind(it => it.Look.Match(_ => Seq<Cause>(), cause => Seq1(Prefixed(it.Name, cause))));
        var unbuilt = looks.Filter(it => it.Look.ToOption().Exists(path => path.IsNone)).Map(it => it.Name).Strict();
        var overall = BuildTools.Explain(built, options.TimeSeconds);
        if (overall is Cause.Unreachable or Cause.Refused || (unevaluated.IsEmpty && unbuilt.IsEmpty))
            return overall;
        // Nix builds nothing when one of the packages cannot be evaluated: the others are not to blame.
        return unevaluated.HeadOrNone().IfNone(() => new Cause.ComponentsFailed(unbuilt));
    }

    private static Cause Prefixed(ComponentName component, Cause cause) =>
        cause is Cause.EvaluationFailed it ? new Cause.EvaluationFailed($"{component}: {it.Detail}") : cause;

    private static bool IsGood(ChildEnd end) => end is ChildEnd.Exited { Status: 0 };
}
