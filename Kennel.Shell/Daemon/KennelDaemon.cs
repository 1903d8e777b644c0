using Kennel.Core.Configuration;
using Kennel.Core.Planning;
using Kennel.Core.Routing;
using Kennel.Shell.Activity;
using Kennel.Shell.Api;
using Kennel.Shell.Commands;
using Kennel.Shell.Reconcile;
using Kennel.Shell.Store;
using Kennel.Shell.Systemd;

namespace Kennel.Shell.Daemon;

/// <summary><c>kennel serve</c>: the reconciler, the API on its socket, the webhook and the signals that wake the one for the other.</summary>
internal static partial class KennelDaemon
{
    private const string FaultFileVariable = "KENNEL_FAULT_FILE";

    /// <summary>Runs until it is cancelled; gives the exit code.</summary>
    public static async Task<int> Serve(HostConfiguration configuration, CancellationToken cancellation)
    {
        using var logs = LoggerFactory.Create(builder => builder.AddSystemdConsole());
        var log = logs.CreateLogger("kennel");
        try
        {
            using var database = Database.Open(DatabasePath(configuration), TimeProvider.System);
            TellOpening(log, database.Opening);
            await Serve(configuration, database, logs, log, cancellation);
            return ExitCode.Done;
        }
        catch (Exception problem) when (problem is StoreException or IOException or UnauthorizedAccessException)
        {
            LogCannotServe(log, problem.Message);
            return ExitCode.Failed;
        }
    }

    /// <summary>Looks without a daemon and without any effect, or says why that cannot be.</summary>
    public static async Task<Either<ApiProblem, Look>> Look(
        HostConfiguration configuration,
        CancellationToken cancellation
    )
    {
        var path = DatabasePath(configuration);
        if (!File.Exists(path))
            return LookProblem($"{path} cannot be read.", "Run this as root or as user kennel, on a host with Kennel.");
        try
        {
            using var logs = LoggerFactory.Create(_ => { });
            using var database = Database.Open(path, TimeProvider.System);
            await using var machine = new Machine(configuration, database, () => { }, new NoActivity(), logs);
            var pass = new Pass(machine.Outside, new Interpreter(machine.Outside, new NoFault()));
            return (await pass.Look(TimeProvider.System.GetUtcNow(), cancellation)).Look;
        }
        catch (Exception problem) when (problem is StoreException or IOException or UnauthorizedAccessException)
        {
            return LookProblem(problem.Message, "Start the daemon: systemctl start kennel");
        }
    }

    private static async Task Serve(
        HostConfiguration configuration,
        Database database,
        ILoggerFactory logs,
        ILogger log,
        CancellationToken cancellation
    )
    {
        var notifier = new ServiceNotifier();
        Reconciler? reconciler = null;
        var memory = new RequestMemory(TimeProvider.System, TimeSpan.FromSeconds(configuration.Activity.ProveSeconds));
        await using var machine = new Machine(configuration, database, () => reconciler?.Wake(), memory, logs);
        var pass = new Pass(machine.Outside, new Interpreter(machine.Outside, Fault()));
        reconciler = new Reconciler(
            pass,
            TimeProvider.System,
            TimeSpan.FromSeconds(configuration.Reconcile.IntervalSeconds),
            notifier,
            logs.CreateLogger<Reconciler>()
        );
        await using var webhook = await WebhookServer.Start(
            configuration.Api,
            new WebhookParts(
                database,
                configuration.ForgeSettings,
                configuration.WebhookSecretFile,
                TimeProvider.System,
                reconciler.Wake,
                text => LogComplaint(log, text)
            )
            {
                Served = machine.Served,
            },
            cancellation
        );
        await using var api = await ApiServer.Start(
            new ApiParts(configuration, machine.Intents, reconciler, text => LogComplaint(log, text))
            {
                History = machine.History,
                Marks = machine.Marks,
                Databases = machine.History,
                Dumps = machine.Outside.Dumps,
                Refused = webhook.Refused,
                LookAfresh = machine.Files.LookAfresh,
            },
            cancellation
        );
        await using var door = await OpenDoor(
            configuration,
            new Waker(machine.Store, machine.Intents, reconciler, TimeProvider.System),
            log,
            cancellation
        );
        notifier.Ready();
        LogServing(log, configuration.Socket, configuration.Api.Host, configuration.Api.Port.Number);
        await Task.WhenAll(
            Work(() => reconciler.Run(cancellation)),
            Work(() => TryLimits(machine.Units, log, cancellation)),
            Work(() => CheckResources(configuration, machine, log, cancellation)),
            Work(() => WatchSecrets(configuration, machine, reconciler, log, cancellation)),
            Work(() => Listen(configuration, memory, log, cancellation)),
            Work(() => PassOnSignals(machine.Bus, reconciler, cancellation))
        );
        notifier.Stopping();
    }

    // Without it sleeping branches are not woken, which is no reason to do nothing else either.
    private static async Task<WakeServer?> OpenDoor(
        HostConfiguration configuration,
        IWaker waker,
        ILogger log,
        CancellationToken cancellation
    )
    {
        try
        {
            return await WakeServer.Start(
                WakeDoor.Socket,
                waker,
                WakeLimits.Of(configuration.Wake),
                text => LogComplaint(log, text),
                cancellation
            );
        }
        catch (Exception error)
            when (error is IOException or System.Net.Sockets.SocketException or UnauthorizedAccessException)
        {
            LogComplaint(
                log,
                $"Sleeping branches cannot be woken by requests, for {WakeDoor.Socket} cannot be had: {error.Message}"
            );
            return null;
        }
    }

    private static async Task Work(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // The daemon was told to stop.
        }
    }

    private static async Task Listen(
        HostConfiguration configuration,
        RequestMemory memory,
        ILogger log,
        CancellationToken cancellation
    )
    {
        using var listener = new ActivityListener(
            new ActivityOptions(configuration.Activity, configuration.Domains.Ephemeral, configuration.Caddy.Port),
            memory,
            text => LogComplaint(log, text)
        );
        await listener.Run(cancellation);
    }

    private static async Task TryLimits(SystemdUnits units, ILogger log, CancellationToken cancellation)
    {
        var found = await Canary.Ask(units, cancellation);
        found.Match(broken => broken.Iter(what => LogNotEnforced(log, what)), error => LogCanaryFailed(log, error));
    }

    private static async Task CheckResources(
        HostConfiguration configuration,
        Machine machine,
        ILogger log,
        CancellationToken cancellation
    )
    {
        if (!configuration.Resources.Postgres.Enable)
            return;
        foreach (var what in await machine.Postgres.Shortcomings(cancellation))
            LogComplaint(log, what);
    }

    private static Task WatchSecrets(
        HostConfiguration configuration,
        Machine machine,
        Reconciler reconciler,
        ILogger log,
        CancellationToken cancellation
    ) =>
        configuration.Secrets is { IsEnabled: true, IsWatched: true }
            ? new SecretWatch(
                machine.Store.Read,
                machine.History,
                machine.Secrets.Read,
                text =>
                {
                    LogTold(log, text);
                    reconciler.Wake();
                }
            ).Run(TimeProvider.System, cancellation)
            : Task.CompletedTask;

    private static async Task PassOnSignals(SystemBus bus, Reconciler reconciler, CancellationToken cancellation)
    {
        await foreach (var _ in bus.Changes.ReadAllAsync(cancellation))
            reconciler.Wake();
    }

    private static IFaultHook Fault() =>
        Environment.GetEnvironmentVariable(FaultFileVariable) is { Length: > 0 } path
            ? new FaultFile(path, FaultFile.KillSelf)
            : new NoFault();

    private static string DatabasePath(HostConfiguration configuration) =>
        new StatePaths(configuration.StateDirectory).Database;

    private static ApiProblem LookProblem(string detail, string remedy) =>
        new(0, "cannot-look", "Kennel cannot look by itself", detail, remedy, Seq<Core.Domain.Problem>());

    private static void TellOpening(ILogger log, Opening opening)
    {
        if (opening is Opening.Replaced replaced)
            LogReplaced(log, replaced.SetAside, replaced.Finding);
        else if (opening is Opening.Created)
            LogCreated(log);
    }

    [LoggerMessage(LogLevel.Information, "Serving on {Socket}, and the forge on {Host}:{Port}")]
    private static partial void LogServing(ILogger log, string socket, string host, int port);

    [LoggerMessage(LogLevel.Warning, "A new state database was made; whatever runs here already is an orphan to it")]
    private static partial void LogCreated(ILogger log);

    [LoggerMessage(
        LogLevel.Error,
        "The state database was damaged ({Finding}) and set aside as {SetAside}; a new one was made, and whatever runs here already is an orphan to it"
    )]
    private static partial void LogReplaced(ILogger log, string setAside, string finding);

    [LoggerMessage(LogLevel.Critical, "Kennel cannot serve: {Problem}")]
    private static partial void LogCannotServe(ILogger log, string problem);

    [LoggerMessage(
        LogLevel.Warning,
        "This host does not enforce {What}: a deployment can take more than its share. See docs/operations"
    )]
    private static partial void LogNotEnforced(ILogger log, string what);

    [LoggerMessage(LogLevel.Warning, "Whether this host enforces limits could not be tried: {Problem}")]
    private static partial void LogCanaryFailed(ILogger log, string problem);

    [LoggerMessage(LogLevel.Information, "{Text}")]
    private static partial void LogTold(ILogger log, string text);

    [LoggerMessage(LogLevel.Error, "{Complaint}")]
    private static partial void LogComplaint(ILogger log, string complaint);
}
