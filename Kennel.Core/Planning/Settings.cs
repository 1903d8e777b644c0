using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Secrets;
using Kennel.Core.Units;

namespace Kennel.Core.Planning;

/// <summary>What the host's configuration says that plans depend on.</summary>
/// <param name="Instance">The mark of this state database.</param>
/// <param name="Domain">The domain below which every deployment gets its host names.</param>
/// <param name="WebPort">The port Caddy listens on; 443 makes <c>https</c> addresses.</param>
/// <param name="FirstPort">The first port that services may be given.</param>
/// <param name="LastPort">The last one.</param>
/// <param name="Periods">How long things take or last.</param>
/// <param name="KeepReleases">How many accepted releases stay protected from garbage collection.</param>
/// <param name="BuildLimits">What a build may use.</param>
/// <param name="Queue">How many builds run at once, and with how much room.</param>
/// <param name="Forge">Which repositories may register themselves.</param>
/// <param name="BuildHost">What build units need to know of the host.</param>
public sealed record Settings(
    InstanceId Instance,
    HostName Domain,
    Port WebPort,
    Port FirstPort,
    Port LastPort,
    Periods Periods,
    int KeepReleases,
    BuildLimits BuildLimits,
    QueueSettings Queue,
    ForgeSettings Forge,
    BuildHost BuildHost
)
{
    /// <summary>After how long without activity branches expire, where their project says nothing else.</summary>
    public ExpiryPeriods Expiry { get; init; } = ExpiryPeriods.Never;

    /// <summary>Which secrets branches get.</summary>
    public SecretRules Secrets { get; init; } = SecretRules.Default;

    /// <summary>How many dumps of each database are kept; with 0 none are made.</summary>
    public int DumpsKept { get; init; } = 7;

    /// <summary>The data services of this host.</summary>
    public ResourceSettings Resources { get; init; } = ResourceSettings.None;

    /// <summary>What fills the databases of previews.</summary>
    public RestoreHost Restore { get; init; } = RestoreHost.Default;

    /// <summary>What the releases of a finished build get of secrets; nothing where it declares none that it can use.</summary>
    public Validation<Problem, Option<SecretPlan>> SecretsOf(
        BuildResult.Built built,
        DesiredProject project,
        DeployEnvironment environment
    ) =>
        Secrets.Plan(
            built,
            project.SecretsProject.IfNone(project.Name),
            environment,
            Resources.Of(built.Manifest.Resources)
        );

    /// <summary>What Kennel writes into DNS; none where people do so themselves.</summary>
    public Option<DnsSettings> Dns { get; init; }

    /// <summary>The file in which the custom domains that are served stand.</summary>
    public Option<string> DomainsFile { get; init; }

    /// <summary>Names that no project may bring along: Kennel's own and the forge's.</summary>
    public Set<HostName> OwnNames { get; init; }

    /// <summary>The address a person types to reach a host.</summary>
    public string Address(HostName host) =>
        WebPort.Number switch
        {
            443 => $"https://{host}",
            80 => $"http://{host}",
            var port => $"http://{host}:{port}",
        };
}

/// <summary>The periods that plans reckon with.</summary>
/// <param name="ReadyDeadline">How long a new generation may take to be ready.</param>
/// <param name="StayUp">How long it must then stay up before it is accepted.</param>
/// <param name="Drain">How long an old generation may finish its requests.</param>
/// <param name="PortCooling">How long a port rests before it is given to another unit.</param>
/// <param name="ProbeInterval">How long between two looks at a generation on trial.</param>
/// <param name="BackOffFirst">The wait after a first failure; it doubles with each further one.</param>
/// <param name="BackOffLongest">The longest wait after failures.</param>
public sealed record Periods(
    TimeSpan ReadyDeadline,
    TimeSpan StayUp,
    TimeSpan Drain,
    TimeSpan PortCooling,
    TimeSpan ProbeInterval,
    TimeSpan BackOffFirst,
    TimeSpan BackOffLongest
)
{
    /// <summary>How long a release's step may take.</summary>
    public TimeSpan PreDeployTimeout { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>How long the files of a site stay reachable after the next release of it serves.</summary>
    public TimeSpan OldAssets { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The periods of a host that says nothing else.</summary>
    public static readonly Periods Default = new(
        ReadyDeadline: TimeSpan.FromSeconds(60),
        StayUp: TimeSpan.FromSeconds(5),
        Drain: TimeSpan.FromSeconds(30),
        PortCooling: TimeSpan.FromSeconds(60),
        ProbeInterval: TimeSpan.FromMilliseconds(250),
        BackOffFirst: TimeSpan.FromSeconds(1),
        BackOffLongest: TimeSpan.FromMinutes(5)
    );
}

/// <summary>What one build may use.</summary>
/// <param name="TimeSeconds">How long it may take in all.</param>
/// <param name="SilentSeconds">How long it may print nothing.</param>
/// <param name="MemoryBytes">How much memory its evaluation may use.</param>
/// <param name="TasksMax">How many processes it may have.</param>
/// <param name="LogBytes">How much of its output is kept.</param>
public sealed record BuildLimits(int TimeSeconds, int SilentSeconds, ulong MemoryBytes, ulong TasksMax, long LogBytes)
{
    /// <summary>The limits of a host that says nothing else.</summary>
    public static readonly BuildLimits Default = new(3 * 3600, 20 * 60, 4UL << 30, 4096, 32L << 20);
}

/// <summary>When a queued build may begin.</summary>
/// <param name="BuildsMax">How many builds run at once.</param>
/// <param name="MinFreeBytes">A build waits while less than this is free on a disk that it fills…</param>
/// <param name="MinFreePercent">…and less than this share of it.</param>
public sealed record QueueSettings(int BuildsMax, long MinFreeBytes, int MinFreePercent)
{
    /// <summary>The rules of a host that says nothing else.</summary>
    public static readonly QueueSettings Default = new(2, 5L << 30, 5);

    /// <summary>How much must be free on a disk before a build begins.</summary>
    public long NeededBytes(FreeSpace space) => Math.Min(MinFreeBytes, space.SizeBytes / 100 * MinFreePercent);
}

/// <summary>What deliveries of unknown repositories may do.</summary>
/// <param name="AutoRegister">The owners whose repositories register themselves, in lower case.</param>
/// <param name="Url">Where the forge is, such as <c>https://git.example.org</c>; only its repositories register themselves.</param>
public sealed record ForgeSettings(Set<string> AutoRegister, Option<string> Url)
{
    /// <summary>No repository registers itself, and none is looked at without a delivery.</summary>
    public static readonly ForgeSettings Default = new(Set<string>(), None);

    /// <summary>How often repositories are looked at without a delivery; zero for never.</summary>
    public TimeSpan LookInterval { get; init; } = TimeSpan.Zero;
}
