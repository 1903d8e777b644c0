using Kennel.Core.Configuration;
using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Units;
using Kennel.Shell.Activity;
using Kennel.Shell.Caddy;
using Kennel.Shell.Cloudflare;
using Kennel.Shell.Garage;
using Kennel.Shell.Git;
using Kennel.Shell.Network;
using Kennel.Shell.Nix;
using Kennel.Shell.OpenBao;
using Kennel.Shell.Postgres;
using Kennel.Shell.Reconcile;
using Kennel.Shell.Store;
using Kennel.Shell.Systemd;
using Kennel.Shell.Valkey;

namespace Kennel.Shell.Daemon;

/// <summary>The real ports of this machine, wired together.</summary>
internal sealed class Machine : IAsyncDisposable
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan JournalTimeout = TimeSpan.FromSeconds(10);

    private readonly Database database;
    private readonly CaddyClient caddy;
    private readonly LocalNetwork network = new(ProbeTimeout);
    private readonly Mirrors mirrors;
    private readonly NixStore nix;
    private readonly DumpFiles dumps;
    private readonly Option<CloudflareDns> dns;

    /// <summary>Wires the ports; nothing outside is touched yet but the database.</summary>
    /// <param name="configuration">The host's configuration.</param>
    /// <param name="database">The open state database; this object disposes it.</param>
    /// <param name="wake">Called when there is a reason to look again.</param>
    /// <param name="activity">Tells what is used.</param>
    /// <param name="logs">Where the parts log to.</param>
    public Machine(
        HostConfiguration configuration,
        Database database,
        System.Action wake,
        IActivity activity,
        ILoggerFactory logs
    )
    {
        this.database = database;
        var paths = new StatePaths(configuration.StateDirectory) { Builds = configuration.Builder.WorkDirectory };
        var buildHost = BuildHosts.Of(configuration);
        var restore = RestoreHosts.Of(paths);
        Settings SettingsOf(InstanceId instance) =>
            configuration.ToSettings(instance, buildHost) with
            {
                Restore = restore,
            };
        Bus = new SystemBus(new SystemBusOptions(), logs.CreateLogger<SystemBus>());
        Units = new SystemdUnits(Bus);
        caddy = CaddyOf(configuration, paths);
        dns = CloudflareOptions.Of(configuration.Dns).Map(it => new CloudflareDns(it, TimeProvider.System, wake));
        mirrors = new Mirrors(
            new MirrorOptions(paths.Mirrors, configuration.Git.CredentialsFile, configuration.Git.AllowedProtocols),
            TimeProvider.System,
            wake
        );
        var secrets = new SecretFiles(paths.Secrets, TimeProvider.System);
        Store = new StateStore(database, SettingsOf, Targets.Of, TimeProvider.System, secrets);
        Intents = new IntentStore(database, SettingsOf, TimeProvider.System, secrets);
        Files = new BuildFiles(paths);
        Marks = new MarkStore(database, TimeProvider.System);
        Postgres = new PostgresClient(
            new PostgresOptions(configuration.Resources.Postgres.SocketDirectory, Environment.UserName),
            TimeProvider.System,
            wake
        );
        dumps = new DumpFiles(
            new DumpOptions(paths.Backups, configuration.Resources.Postgres.SocketDirectory, Environment.UserName),
            TimeProvider.System,
            wake
        );
        Valkey = ValkeyOf(configuration.Resources.Valkey, paths);
        Garage = GarageOf(configuration.Resources.Garage);
        Secrets = SecretsOf(
            configuration,
            new ResourceSecrets(Valkey, configuration.Resources.Valkey.SocketPath, Garage),
            wake
        );
        History = new HistoryStore(database, SettingsOf, Targets.Of, TimeProvider.System, Secrets.Read);
        nix = new NixStore(paths, TimeProvider.System, wake);
        Outside = new Outside(
            Store,
            new SystemdClient(Units, new Journal(JournalTimeout)),
            caddy,
            network,
            nix,
            mirrors,
            Files,
            activity
        )
        {
            Secrets = Secrets,
            Postgres = Postgres,
            Dumps = dumps,
            Valkey = Valkey,
            Garage = Garage,
            Dns = dns.Match<IDns>(it => it, () => new NoDns()),
        };
    }

    /// <summary>The bus, for its signals.</summary>
    public SystemBus Bus { get; }

    /// <summary>systemd.</summary>
    public SystemdUnits Units { get; }

    /// <summary>The state database as passes use it.</summary>
    public StateStore Store { get; }

    /// <summary>The state database as people use it.</summary>
    public IntentStore Intents { get; }

    /// <summary>Kennel's own directories.</summary>
    public BuildFiles Files { get; }

    /// <summary>The releases of branches, as people ask about them.</summary>
    public HistoryStore History { get; }

    /// <summary>The marks that people set.</summary>
    public MarkStore Marks { get; }

    /// <summary>The secret store.</summary>
    public SecretStore Secrets { get; }

    /// <summary>PostgreSQL.</summary>
    public PostgresClient Postgres { get; }

    /// <summary>Valkey.</summary>
    public ValkeyClient Valkey { get; }

    /// <summary>Garage.</summary>
    public GarageClient Garage { get; }

    /// <summary>What certificates may be had for.</summary>
    public ServedHosts Served => caddy.Served;

    /// <summary>All ports.</summary>
    public Outside Outside { get; }

    private static ValkeyClient ValkeyOf(ValkeyConfiguration valkey, StatePaths paths) =>
        new(
            new ValkeyOptions(valkey.SocketPath, valkey.User, valkey.PasswordFile),
            new HostKeyFile(paths.HostKey),
            TimeProvider.System
        );

    private static GarageClient GarageOf(GarageConfiguration garage) =>
        new(
            new GarageOptions(garage.AdminEndpoint, garage.AdminTokenFile, garage.S3Endpoint, garage.Region),
            TimeProvider.System
        );

    private static SecretStore SecretsOf(
        HostConfiguration configuration,
        ResourceSecrets resources,
        System.Action wake
    ) =>
        new(
            configuration.Secrets.Store.Map(uri => new StoreOptions(
                uri,
                configuration.Secrets.Files,
                name => Environment.GetEnvironmentVariable(name) is { } text ? Some(text) : None
            )),
            new SecretMemory(SecretProperties.Directory),
            resources,
            TimeProvider.System,
            wake
        );

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await mirrors.DisposeAsync();
        await nix.DisposeAsync();
        await Secrets.DisposeAsync();
        await dumps.DisposeAsync();
        await Postgres.DisposeAsync();
        Garage.Dispose();
        await dns.Match(it => it.DisposeAsync().AsTask(), () => Task.CompletedTask);
        Bus.Dispose();
        caddy.Dispose();
        network.Dispose();
        database.Dispose();
    }

    private static CaddyClient CaddyOf(HostConfiguration configuration, StatePaths paths)
    {
        var client = new CaddyClient(
            new CaddyOptions(configuration.Caddy.AdminUrl, configuration.Caddy.Port, paths.Routes)
            {
                Served = new ServedHosts(ActivityOptions.ProofHost(configuration.Domains.Ephemeral)),
            }
        );
        client.Remember();
        return client;
    }
}
