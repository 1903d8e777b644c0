using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Core.Units;

namespace Kennel.Core.Configuration;

/// <summary>What an operator configures on one host; the names are those of the NixOS module's options.</summary>
/// <param name="Api">Where the API for the forge listens.</param>
/// <param name="Projects">Which repositories register themselves.</param>
/// <param name="Forgejo">The forge, where Kennel may speak to it.</param>
/// <param name="Domains">Under which names deployments are reached.</param>
/// <param name="Caddy">The web server.</param>
/// <param name="Builder">How builds run.</param>
/// <param name="DevenvPackage">The devenv package; the one in PATH where none is given.</param>
/// <param name="WebhookSecretFile">The file that holds the secret of all webhooks.</param>
/// <param name="EnvironmentFile">The file that systemd loads secrets from before Kennel starts.</param>
/// <param name="Git">How repositories are fetched.</param>
/// <param name="StateDirectory">Where Kennel keeps its state.</param>
/// <param name="Socket">The socket that the command line talks to.</param>
/// <param name="Ports">The ports that services are given.</param>
/// <param name="Releases">How releases are tried and kept.</param>
/// <param name="Reconcile">How often Kennel looks without being asked.</param>
public sealed record HostConfiguration(
    ApiConfiguration Api,
    ProjectsConfiguration Projects,
    ForgejoConfiguration Forgejo,
    DomainsConfiguration Domains,
    CaddyConfiguration Caddy,
    BuilderConfiguration Builder,
    Option<string> DevenvPackage,
    Option<string> WebhookSecretFile,
    Option<string> EnvironmentFile,
    GitConfiguration Git,
    string StateDirectory,
    string Socket,
    PortsConfiguration Ports,
    ReleasesConfiguration Releases,
    ReconcileConfiguration Reconcile
)
{
    /// <summary>When branches that nobody uses hibernate and go.</summary>
    public ExpiryConfiguration Expiry { get; init; } =
        new(Seconds(ExpiryPeriods.Default.HibernateAfter), Seconds(ExpiryPeriods.Default.RemoveAfter));

    /// <summary>How branches that sleep are woken.</summary>
    public WakeConfiguration Wake { get; init; } = WakeConfiguration.Default;

    /// <summary>How Kennel hears what is used.</summary>
    public ActivityConfiguration Activity { get; init; } = ActivityConfiguration.Default;

    /// <summary>Where secrets are, and which ones branches get.</summary>
    public SecretConfiguration Secrets { get; init; } = SecretConfiguration.Default;

    /// <summary>The data services that branches get their own part of.</summary>
    public ResourcesConfiguration Resources { get; init; } = ResourcesConfiguration.Default;

    /// <summary>The copies of data that Kennel makes.</summary>
    public BackupsConfiguration Backups { get; init; } = new(7);

    /// <summary>What Kennel may write into DNS.</summary>
    public DnsConfiguration Dns { get; init; } = DnsConfiguration.None;

    /// <summary>The file in which the custom domains that are served stand.</summary>
    public Option<string> CustomDomainsFile { get; init; }

    /// <summary>A host that says nothing.</summary>
    public static readonly HostConfiguration Default = new(
        Api: new ApiConfiguration("127.0.0.1", PortOf(3000), None),
        Projects: new ProjectsConfiguration(Seq<string>()),
        Forgejo: new ForgejoConfiguration(None, None),
        Domains: new DomainsConfiguration(Sure(HostName.Parse("default", "scottylabs.net"))),
        Caddy: new CaddyConfiguration("http://localhost:2019", PortOf(443)),
        Builder: new BuilderConfiguration(
            "/var/lib/kennel/builds",
            QueueSettings.Default.BuildsMax,
            QueueSettings.Default.MinFreeBytes,
            QueueSettings.Default.MinFreePercent,
            BuildLimits.Default
        ),
        DevenvPackage: None,
        WebhookSecretFile: None,
        EnvironmentFile: None,
        Git: new GitConfiguration(None, Seq("https", "ssh", "file")),
        StateDirectory: "/var/lib/kennel",
        Socket: "/run/kennel/kennel.sock",
        Ports: new PortsConfiguration(PortOf(18000), PortOf(19999), Seconds(Periods.Default.PortCooling)),
        Releases: new ReleasesConfiguration(
            Seconds(Periods.Default.ReadyDeadline),
            Seconds(Periods.Default.StayUp),
            Seconds(Periods.Default.Drain),
            Keep: 3
        ),
        Reconcile: new ReconcileConfiguration(30, 600)
    );

    /// <summary>Where the output of a build is kept.</summary>
    public string BuildLog(BuildId build) => $"{StateDirectory}/logs/{build.Value}.log";

    /// <summary>What deliveries of unknown repositories may do, and how often repositories are looked at.</summary>
    public ForgeSettings ForgeSettings =>
        new(toSet(Projects.AutoRegister.Map(owner => owner.ToLowerInvariant())), Forgejo.Url)
        {
            LookInterval = TimeSpan.FromSeconds(Reconcile.RepositoriesSeconds),
        };

    /// <summary>The part of it that plans depend on.</summary>
    /// <param name="instance">The mark of the state database.</param>
    /// <param name="buildHost">What build units need to know of this machine.</param>
    public Settings ToSettings(InstanceId instance, BuildHost buildHost) =>
        new(
            instance,
            Domains.Ephemeral,
            Caddy.Port,
            Ports.First,
            Ports.Last,
            Periods.Default with
            {
                ReadyDeadline = TimeSpan.FromSeconds(Releases.ReadyDeadlineSeconds),
                StayUp = TimeSpan.FromSeconds(Releases.StayUpSeconds),
                Drain = TimeSpan.FromSeconds(Releases.DrainSeconds),
                PortCooling = TimeSpan.FromSeconds(Ports.CoolingSeconds),
                PreDeployTimeout = TimeSpan.FromSeconds(Releases.PreDeployTimeoutSeconds),
                OldAssets = TimeSpan.FromSeconds(Releases.AssetsSeconds),
            },
            Releases.Keep,
            Builder.Limits,
            new QueueSettings(Builder.MaxConcurrentBuilds, Builder.MinFreeBytes, Builder.MinFreePercent),
            ForgeSettings,
            buildHost
        )
        {
            Expiry = new ExpiryPeriods(
                TimeSpan.FromSeconds(Expiry.HibernateAfterSeconds),
                TimeSpan.FromSeconds(Expiry.RemoveAfterSeconds)
            ),
            Secrets = Secrets.Rules,
            Resources = Resources.ToSettings(),
            DumpsKept = Backups.Keep,
            OwnNames = OwnNames,
            Dns = Dns.Settings,
            DomainsFile = CustomDomainsFile,
        };

    private Set<HostName> OwnNames =>
        toSet(
            Seq(Api.PublicUrl, Forgejo.Url)
                .Somes()
                .Bind(url => HostName.Parse("", new Uri(url).Host).ToOption().ToSeq())
        );

    private static int Seconds(TimeSpan period) => (int)period.TotalSeconds;

    private static Port PortOf(int number) => Sure(Port.Parse("default", number));

    private static T Sure<T>(Validation<Problem, T> given) =>
        given.Match(value => value, _ => throw new System.Diagnostics.UnreachableException());
}

/// <summary>Where the API for the forge listens.</summary>
/// <param name="Host">The address.</param>
/// <param name="Port">The port.</param>
/// <param name="PublicUrl">Where the forge reaches it, if not at that address.</param>
public sealed record ApiConfiguration(string Host, Port Port, Option<string> PublicUrl)
{
    /// <summary>Where the forge delivers what concerns one project.</summary>
    public string WebhookUrl(ProjectName project) => $"{PublicUrl.IfNone(OwnUrl)}/webhook/{project}";

    private string OwnUrl() => Host.Contains(':') ? $"http://[{Host}]:{Port}" : $"http://{Host}:{Port}";
}

/// <summary>Which repositories register themselves.</summary>
/// <param name="AutoRegister">The owners whose repositories do, as they were written.</param>
public sealed record ProjectsConfiguration(Seq<string> AutoRegister);

/// <summary>The forge, where Kennel may speak to it.</summary>
/// <param name="Url">Where it is, without a slash at the end.</param>
/// <param name="TokenFile">The file that holds a token of its API.</param>
public sealed record ForgejoConfiguration(Option<string> Url, Option<string> TokenFile);

/// <summary>Under which names deployments are reached.</summary>
/// <param name="Ephemeral">The domain below which every deployment gets its host names.</param>
public sealed record DomainsConfiguration(HostName Ephemeral);

/// <summary>The web server.</summary>
/// <param name="AdminUrl">Its admin endpoint, <c>http://…</c> or <c>unix//path</c>.</param>
/// <param name="Port">The port on which it serves deployments.</param>
public sealed record CaddyConfiguration(string AdminUrl, Port Port);

/// <summary>How builds run.</summary>
/// <param name="WorkDirectory">Where builds leave their results.</param>
/// <param name="MaxConcurrentBuilds">How many may run at once.</param>
/// <param name="MinFreeBytes">A build waits while less than this is free on a disk…</param>
/// <param name="MinFreePercent">…and less than this share of it.</param>
/// <param name="Limits">What one build may use.</param>
public sealed record BuilderConfiguration(
    string WorkDirectory,
    int MaxConcurrentBuilds,
    long MinFreeBytes,
    int MinFreePercent,
    BuildLimits Limits
);

/// <summary>How repositories are fetched.</summary>
/// <param name="CredentialsFile">A file in the format of git-credential-store.</param>
/// <param name="AllowedProtocols">The protocols that clone URLs may use.</param>
public sealed record GitConfiguration(Option<string> CredentialsFile, Seq<string> AllowedProtocols);

/// <summary>The ports that services are given.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last.</param>
/// <param name="CoolingSeconds">How long a port rests before it is given again.</param>
public sealed record PortsConfiguration(Port First, Port Last, int CoolingSeconds);

/// <summary>How releases are tried and kept.</summary>
/// <param name="ReadyDeadlineSeconds">How long a new release may take to be ready.</param>
/// <param name="StayUpSeconds">How long it must then stay up.</param>
/// <param name="DrainSeconds">How long an old one may finish its requests.</param>
/// <param name="Keep">How many accepted releases stay protected.</param>
public sealed record ReleasesConfiguration(int ReadyDeadlineSeconds, int StayUpSeconds, int DrainSeconds, int Keep)
{
    /// <summary>How long a release's step may take.</summary>
    public int PreDeployTimeoutSeconds { get; init; } = (int)Periods.Default.PreDeployTimeout.TotalSeconds;

    /// <summary>How long the files of a site stay reachable after the next release of it serves.</summary>
    public int AssetsSeconds { get; init; } = 3600;
}

/// <summary>How often Kennel looks without being asked.</summary>
/// <param name="IntervalSeconds">The period of looks at this machine.</param>
/// <param name="RepositoriesSeconds">The period of looks at repositories; 0 for never.</param>
public sealed record ReconcileConfiguration(int IntervalSeconds, int RepositoriesSeconds);

/// <summary>When branches that nobody uses hibernate and go; 0 for never.</summary>
/// <param name="HibernateAfterSeconds">After how long without activity they hibernate.</param>
/// <param name="RemoveAfterSeconds">After how long they are removed.</param>
public sealed record ExpiryConfiguration(int HibernateAfterSeconds, int RemoveAfterSeconds);
