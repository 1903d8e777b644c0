using Kennel.Core.Units;

namespace Kennel.Core.Domain;

/// <summary>One component of one build.</summary>
/// <param name="Id">The store's number.</param>
/// <param name="Build">The build it came from.</param>
/// <param name="Commit">The commit it was built from; not part of the digest.</param>
/// <param name="Digest">Stands for identity, store path, specification and epoch.</param>
/// <param name="StorePath">What was built.</param>
/// <param name="Specification">How it runs or is served, rendered once.</param>
/// <param name="Hosts">The claimed host names that lead to it, the one to show first.</param>
/// <param name="Outcome">Whether it proved good.</param>
public sealed record Release(
    ReleaseId Id,
    BuildId Build,
    CommitId Commit,
    Digest Digest,
    StorePath StorePath,
    Specification Specification,
    Seq<HostName> Hosts,
    Outcome Outcome
)
{
    /// <summary>How far its step is.</summary>
    public StepProgress Step { get; init; } = new StepProgress.Waiting();

    /// <summary>The custom domain that it declares; among <see cref="Hosts"/> only while its branch holds it.</summary>
    public Option<HostName> Domain { get; init; }
}

/// <summary>How a release is brought to the world; rendered when the build is done and stored, never rendered again.</summary>
public abstract record Specification
{
    private Specification() { }

    /// <summary>A unit.</summary>
    /// <param name="Properties">All its properties but the environment, which is known only when it starts.</param>
    /// <param name="Environment">The environment that does not depend on port or commit, <c>NAME=value</c> each.</param>
    /// <param name="Ready">How to tell that it is ready.</param>
    /// <param name="StateDirectory">The name below <c>/var/lib/knl</c> that holds its data.</param>
    public sealed record Service(
        Seq<UnitProperty> Properties,
        Seq<string> Environment,
        Readiness Ready,
        string StateDirectory
    ) : Specification
    {
        /// <summary>Whether two generations of it must never run at once.</summary>
        public bool IsStateful { get; init; }

        /// <summary>The secrets that it is given, if any.</summary>
        public Option<Secrets.ReleaseSecrets> Secrets { get; init; }

        /// <summary>What runs once before it is started.</summary>
        public Option<ReleaseStep> PreDeploy { get; init; }

        /// <summary>What fills new data: it runs once, after that, with the first release of the branch.</summary>
        public Option<ReleaseStep> Seed { get; init; }

        /// <summary>The data services that its branch must have before it is started.</summary>
        public Set<ResourceKind> Resources { get; init; }

        /// <summary>The extensions that it needs in its database.</summary>
        public Set<ExtensionName> Extensions { get; init; }

        /// <summary>What its branch's database starts with, where it has none yet.</summary>
        public PreviewDatabase DatabaseStart { get; init; } = PreviewDatabase.Default;
    }

    /// <summary>Files served by Caddy.</summary>
    /// <param name="Root">The directory, a store path.</param>
    /// <param name="SinglePage">Whether unknown paths get <c>index.html</c>.</param>
    public sealed record Site(StorePath Root, bool SinglePage) : Specification;
}
