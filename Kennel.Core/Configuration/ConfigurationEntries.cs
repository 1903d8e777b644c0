using System.Text.Json;

namespace Kennel.Core.Configuration;

/// <summary>One option: the reader, the defaults and the reference page all stand on this list.</summary>
/// <param name="Key">Its path in the file, such as <c>caddy.adminUrl</c>.</param>
/// <param name="Type">Its type, for people.</param>
/// <param name="Allowed">What is accepted, for people.</param>
/// <param name="Default">What holds where it is absent, as it would be written.</param>
/// <param name="Meaning">What it does.</param>
/// <param name="Set">Reads a value and puts it into a configuration.</param>
public sealed record ConfigurationEntry(
    string Key,
    string Type,
    string Allowed,
    string Default,
    string Meaning,
    Func<HostConfiguration, JsonElement, Option<HostConfiguration>> Set
);

/// <summary>Every option that there is.</summary>
public static class ConfigurationEntries
{
    private const int DaySeconds = 86_400;
    private const long Mebibyte = 1 << 20;
    private const long Tebibyte = 1L << 40;

    /// <summary>All options, in the order of the reference page.</summary>
    public static readonly Seq<ConfigurationEntry> All = Joined(
        Front(),
        DomainEntries.All(),
        Listening(),
        Building(),
        Limiting(),
        Fetching(),
        Running(),
        Releasing(),
        ExpiryEntries.All(),
        RequestEntries.All(),
        SecretEntries.All(),
        ResourceEntries.All()
    );

    private static Seq<ConfigurationEntry> Front() =>
        Seq(
            Entry(
                "domains.ephemeral",
                ValueKinds.Domain,
                it => it.Domains.Ephemeral,
                (it, value) => it with { Domains = new DomainsConfiguration(value) },
                "The domain below which every deployment gets its host names. A wildcard DNS record points to this host."
            ),
            Entry(
                "api.host",
                ValueKinds.ListenAddress,
                it => it.Api.Host,
                (it, value) => it with { Api = it.Api with { Host = value } },
                "The address on which Kennel listens for the forge. Only webhooks are answered there."
            ),
            Entry(
                "api.port",
                ValueKinds.PortNumber,
                it => it.Api.Port,
                (it, value) => it with { Api = it.Api with { Port = value } },
                "The port of that address."
            ),
            Entry(
                "api.publicUrl",
                ValueKinds.OptionalWebUrl,
                it => it.Api.PublicUrl,
                (it, value) => it with { Api = it.Api with { PublicUrl = value } },
                "Where the forge reaches that address, if not directly: behind a proxy, say. "
                    + "Webhooks go to `/webhook/PROJECT` below it."
            ),
            Entry(
                "projects.autoRegister",
                ValueKinds.Owners,
                it => it.Projects.AutoRegister,
                (it, value) => it with { Projects = new ProjectsConfiguration(value) },
                "Owners in the forge whose repositories register themselves with their first delivery, "
                    + "signed with the secret in `webhookSecretFile`. It needs `forgejo.url`."
            ),
            Entry(
                "forgejo.url",
                ValueKinds.OptionalWebUrl,
                it => it.Forgejo.Url,
                (it, value) => it with { Forgejo = it.Forgejo with { Url = value } },
                "Where Forgejo is. With `projects.autoRegister`, only its repositories register themselves."
            )
        );

    private static Seq<ConfigurationEntry> Listening() =>
        Seq(
            Entry(
                "forgejo.tokenFile",
                ValueKinds.OptionalPath,
                it => it.Forgejo.TokenFile,
                (it, value) => it with { Forgejo = it.Forgejo with { TokenFile = value } },
                "The file that holds a token of Forgejo's API with the scope write:repository. "
                    + "With it, Kennel makes and removes the webhooks of its projects by itself."
            ),
            Entry(
                "caddy.adminUrl",
                ValueKinds.AdminUrl,
                it => it.Caddy.AdminUrl,
                (it, value) => it with { Caddy = it.Caddy with { AdminUrl = value } },
                "Caddy's admin endpoint, over TCP or on a unix socket."
            ),
            Entry(
                "caddy.port",
                ValueKinds.PortNumber,
                it => it.Caddy.Port,
                (it, value) => it with { Caddy = it.Caddy with { Port = value } },
                "The port on which Caddy serves deployments. With 443 their addresses begin with https."
            ),
            Entry(
                "webhookSecretFile",
                ValueKinds.OptionalPath,
                it => it.WebhookSecretFile,
                (it, value) => it with { WebhookSecretFile = value },
                "The file that holds the secret of all webhooks whose project has none of its own. It may have two lines, each a secret, while one replaces the other. Without it every project gets a secret of its own."
            ),
            Entry(
                "environmentFile",
                ValueKinds.OptionalPath,
                it => it.EnvironmentFile,
                (it, value) => it with { EnvironmentFile = value },
                "The file from which systemd loads secrets before Kennel starts. Accepted; Kennel itself does not read it."
            )
        );

    private static Seq<ConfigurationEntry> Building() =>
        Seq(
            Entry(
                "builder.workDir",
                ValueKinds.Path,
                it => it.Builder.WorkDirectory,
                (it, value) => it with { Builder = it.Builder with { WorkDirectory = value } },
                "The directory in which builds leave their results."
            ),
            Entry(
                "builder.maxConcurrentBuilds",
                ValueKinds.Whole(1, 64),
                it => it.Builder.MaxConcurrentBuilds,
                (it, value) => it with { Builder = it.Builder with { MaxConcurrentBuilds = value } },
                "How many builds may run at once."
            ),
            Entry(
                "builder.minFreeDisk",
                ValueKinds.Large(0, 1L << 50),
                it => it.Builder.MinFreeBytes,
                (it, value) => it with { Builder = it.Builder with { MinFreeBytes = value } },
                "How many bytes must be free on the disks that builds fill before one begins. 0: builds never wait for room."
            ),
            Entry(
                "builder.minFreeDiskPercent",
                ValueKinds.Whole(0, 100),
                it => it.Builder.MinFreePercent,
                (it, value) => it with { Builder = it.Builder with { MinFreePercent = value } },
                "The same as a share of the disk: a build waits only while less than both is free. 0: builds never wait for room."
            )
        );

    private static Seq<ConfigurationEntry> Limiting() =>
        Seq(
            Limit(
                "builder.timeoutSeconds",
                ValueKinds.Whole(1, DaySeconds),
                it => it.TimeSeconds,
                (it, value) => it with { TimeSeconds = value },
                "How long a build may take in all."
            ),
            Limit(
                "builder.silentSeconds",
                ValueKinds.Whole(1, DaySeconds),
                it => it.SilentSeconds,
                (it, value) => it with { SilentSeconds = value },
                "How long a build may print nothing."
            ),
            Limit(
                "builder.memoryBytes",
                ValueKinds.Large(64 * Mebibyte, Tebibyte),
                it => (long)it.MemoryBytes,
                (it, value) => it with { MemoryBytes = (ulong)value },
                "How much memory the evaluation of a build may use."
            ),
            Limit(
                "builder.tasksMax",
                ValueKinds.Large(16, 1_000_000),
                it => (long)it.TasksMax,
                (it, value) => it with { TasksMax = (ulong)value },
                "How many processes and threads a build may have."
            ),
            Limit(
                "builder.logBytes",
                ValueKinds.Large(4096, 1L << 34),
                it => it.LogBytes,
                (it, value) => it with { LogBytes = value },
                "How much of a build's output is kept."
            )
        );

    private static Seq<ConfigurationEntry> Fetching() =>
        Seq(
            Entry(
                "devenvPackage",
                ValueKinds.OptionalPath,
                it => it.DevenvPackage,
                (it, value) => it with { DevenvPackage = value },
                "The devenv package that evaluates projects; without it the devenv in PATH, if there is one."
            ),
            Entry(
                "git.credentialsFile",
                ValueKinds.OptionalPath,
                it => it.Git.CredentialsFile,
                (it, value) => it with { Git = it.Git with { CredentialsFile = value } },
                "The credentials of private repositories, in the format of git-credential-store, readable by Kennel only."
            ),
            Entry(
                "git.allowedProtocols",
                ValueKinds.Protocols,
                it => it.Git.AllowedProtocols,
                (it, value) => it with { Git = it.Git with { AllowedProtocols = value } },
                "The protocols that clone URLs may use. \"file\" allows repositories on this host."
            )
        );

    private static Seq<ConfigurationEntry> Running() =>
        Seq(
            Entry(
                "stateDirectory",
                ValueKinds.Path,
                it => it.StateDirectory,
                (it, value) => it with { StateDirectory = value },
                "Where Kennel keeps its database, mirrors and logs."
            ),
            Entry(
                "socket",
                ValueKinds.Path,
                it => it.Socket,
                (it, value) => it with { Socket = value },
                "The socket that the command line talks to."
            ),
            Entry(
                "ports.first",
                ValueKinds.PortNumber,
                it => it.Ports.First,
                (it, value) => it with { Ports = it.Ports with { First = value } },
                "The first port that services may be given."
            ),
            Entry(
                "ports.last",
                ValueKinds.PortNumber,
                it => it.Ports.Last,
                (it, value) => it with { Ports = it.Ports with { Last = value } },
                "The last one; not below the first."
            ),
            Entry(
                "ports.coolingSeconds",
                ValueKinds.Whole(0, DaySeconds),
                it => it.Ports.CoolingSeconds,
                (it, value) => it with { Ports = it.Ports with { CoolingSeconds = value } },
                "How long a port rests before it is given to another service."
            )
        );

    private static Seq<ConfigurationEntry> Releasing() =>
        Seq(
            Release(
                "releases.readyDeadlineSeconds",
                ValueKinds.Whole(1, DaySeconds),
                it => it.ReadyDeadlineSeconds,
                (it, value) => it with { ReadyDeadlineSeconds = value },
                "How long a new release may take to be ready."
            ),
            Release(
                "releases.stayUpSeconds",
                ValueKinds.Whole(0, 3600),
                it => it.StayUpSeconds,
                (it, value) => it with { StayUpSeconds = value },
                "How long it must then stay up before traffic is sent to it."
            ),
            Release(
                "releases.drainSeconds",
                ValueKinds.Whole(0, DaySeconds),
                it => it.DrainSeconds,
                (it, value) => it with { DrainSeconds = value },
                "How long an old release may finish its requests."
            ),
            Release(
                "releases.preDeployTimeoutSeconds",
                ValueKinds.Whole(1, DaySeconds),
                it => it.PreDeployTimeoutSeconds,
                (it, value) => it with { PreDeployTimeoutSeconds = value },
                "How long the preDeploy command of a release may take, where its service says nothing else."
            ),
            Release(
                "releases.keep",
                ValueKinds.Whole(1, 100),
                it => it.Keep,
                (it, value) => it with { Keep = value },
                "How many accepted releases of a deployment stay protected from garbage collection."
            ),
            Release(
                "releases.assetsSeconds",
                ValueKinds.Whole(0, DaySeconds),
                it => it.AssetsSeconds,
                (it, value) => it with { AssetsSeconds = value },
                "How long scripts, styles and pictures of a site stay reachable after the next release of it serves, for pages that are open."
            ),
            Entry(
                "reconcile.intervalSeconds",
                ValueKinds.Whole(1, 3600),
                it => it.Reconcile.IntervalSeconds,
                (it, value) => it with { Reconcile = it.Reconcile with { IntervalSeconds = value } },
                "How often Kennel looks at everything without being asked."
            ),
            Entry(
                "reconcile.repositoriesSeconds",
                ValueKinds.Whole(0, DaySeconds),
                it => it.Reconcile.RepositoriesSeconds,
                (it, value) => it with { Reconcile = it.Reconcile with { RepositoriesSeconds = value } },
                "How often Kennel looks at the repositories without a delivery, for one may have been lost; 0 for never."
            )
        );

    private static ConfigurationEntry Limit<T>(
        string key,
        ValueKind<T> kind,
        Func<Planning.BuildLimits, T> get,
        Func<Planning.BuildLimits, T, Planning.BuildLimits> set,
        string meaning
    ) =>
        Entry(
            key,
            kind,
            it => get(it.Builder.Limits),
            (it, value) => it with { Builder = it.Builder with { Limits = set(it.Builder.Limits, value) } },
            meaning
        );

    private static ConfigurationEntry Release<T>(
        string key,
        ValueKind<T> kind,
        Func<ReleasesConfiguration, T> get,
        Func<ReleasesConfiguration, T, ReleasesConfiguration> set,
        string meaning
    ) =>
        Entry(
            key,
            kind,
            it => get(it.Releases),
            (it, value) => it with { Releases = set(it.Releases, value) },
            meaning
        );

    /// <summary>One option, whose default is what a host has that says nothing.</summary>
    internal static ConfigurationEntry Entry<T>(
        string key,
        ValueKind<T> kind,
        Func<HostConfiguration, T> get,
        Func<HostConfiguration, T, HostConfiguration> set,
        string meaning
    ) =>
        new(
            key,
            kind.Type,
            kind.Allowed,
            kind.Show(get(HostConfiguration.Default)),
            meaning,
            (configuration, element) => kind.Read(element).Map(value => set(configuration, value))
        );
}
