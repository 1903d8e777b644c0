using Kennel.Core.Domain;

namespace Kennel.Core.Manifest;

/// <summary>What a project declares in <c>kennel.json</c>.</summary>
/// <param name="Services">Its services by name.</param>
/// <param name="Sites">Its static sites by name.</param>
/// <param name="Resources">The data services it wants, where it lists them.</param>
/// <param name="PreviewDeployments">Whether pull requests are deployed and not only built.</param>
public sealed record ProjectManifest(
    Map<ComponentName, ServiceManifest> Services,
    Map<ComponentName, SiteManifest> Sites,
    Option<Set<string>> Resources,
    bool PreviewDeployments
)
{
    /// <summary>The extensions that it wants in its database.</summary>
    public Set<ExtensionName> Extensions { get; init; }

    /// <summary>What the databases of its pull requests start with.</summary>
    public PreviewDatabase PreviewDatabase { get; init; } = PreviewDatabase.Default;

    /// <summary>The names of all components, in order.</summary>
    public Seq<ComponentName> Components => Services.Keys.Concat(Sites.Keys).Order().ToSeq();

    /// <summary>The custom domains of all components that have one, by component.</summary>
    public Seq<(ComponentName Component, HostName Domain)> CustomDomains =>
        Components.Bind(name => CustomDomain(name).Map(domain => (name, domain)).ToSeq()).Strict();

    /// <summary>The custom domain of a component.</summary>
    public Option<HostName> CustomDomain(ComponentName component) =>
        Services.Find(component).Bind(service => service.CustomDomain)
        | Sites.Find(component).Bind(site => site.CustomDomain);
}

/// <summary>One service.</summary>
/// <param name="CustomDomain">A host name of its own, used on the default branch only.</param>
/// <param name="Ready">How to tell that it is ready.</param>
/// <param name="IsPrimary">Whether it gets the plain host name.</param>
/// <param name="Environment">Plain variables, never secrets.</param>
/// <param name="Relaxations">What it may do beyond the strict sandbox.</param>
public sealed record ServiceManifest(
    Option<HostName> CustomDomain,
    Readiness Ready,
    bool IsPrimary,
    Map<string, string> Environment,
    Relaxations Relaxations
)
{
    /// <summary>Whether the old one is stopped before the new one is started.</summary>
    public bool IsStateful { get; init; }

    /// <summary>What runs once for each release, before it is started.</summary>
    public Option<StepManifest> PreDeploy { get; init; }

    /// <summary>What fills new data, once for a branch.</summary>
    public Option<StepManifest> Seed { get; init; }
}

/// <summary>A command of a service's package.</summary>
/// <param name="Program">Its path in the output of the package, such as <c>bin/migrate</c>.</param>
/// <param name="Arguments">What follows it.</param>
/// <param name="TimeoutSeconds">How long it may take.</param>
public sealed record StepManifest(string Program, Seq<string> Arguments, Option<int> TimeoutSeconds)
{
    /// <summary>The same command where the output is at this path.</summary>
    public ReleaseStep In(StorePath path) => new($"{path}/{Program}", Arguments, TimeoutSeconds);
}

/// <summary>One static site.</summary>
/// <param name="CustomDomain">A host name of its own, used on the default branch only.</param>
/// <param name="PackageAttribute">The flake package that holds its files.</param>
/// <param name="SinglePage">Whether unknown paths get <c>index.html</c>.</param>
/// <param name="IsPrimary">Whether it gets the plain host name.</param>
public sealed record SiteManifest(
    Option<HostName> CustomDomain,
    string PackageAttribute,
    bool SinglePage,
    bool IsPrimary
);

/// <summary>What a service may do beyond the strict sandbox; each is a named option of the manifest.</summary>
/// <param name="MemoryBytes">Its memory limit.</param>
/// <param name="TasksMax">Its limit of processes and threads.</param>
/// <param name="CpuPercent">Its processor time limit, 100 for one core.</param>
/// <param name="WritableMemoryExecutable">Whether it may make memory both writable and executable, as every JIT does.</param>
/// <param name="Namespaces">Whether it may make namespaces, as browsers and sandboxes do.</param>
/// <param name="Netlink">Whether it may ask the kernel for its network interfaces.</param>
public sealed record Relaxations(
    ulong MemoryBytes,
    ulong TasksMax,
    uint CpuPercent,
    bool WritableMemoryExecutable,
    bool Namespaces,
    bool Netlink
)
{
    /// <summary>What a service gets that asks for nothing.</summary>
    public static readonly Relaxations Default = new(1UL << 30, 512, 200, true, false, false);
}
