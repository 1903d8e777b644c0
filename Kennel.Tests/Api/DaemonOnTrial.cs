using Kennel.Core.Configuration;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Shell;
using Kennel.Shell.Api;
using Kennel.Shell.Postgres;
using Kennel.Shell.Store;
using Kennel.Tests.Commands;
using Kennel.Tests.Store;
using Kennel.Tests.Views;

namespace Kennel.Tests.Api;

/// <summary>The API with its real handlers and a real store, before a world in which nothing happens.</summary>
internal sealed class DaemonOnTrial : IAsyncDisposable, IReconciler
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("kennel-api");
    private readonly List<string> _complaints = [];
    private ApiServer? _server;

    private DaemonOnTrial()
    {
        Configuration = HostConfiguration.Default with { Socket = Socket, StateDirectory = _directory.FullName };
        Store = new StoreOnTrial(new SecretFiles(new StatePaths(_directory.FullName).Secrets, TimeProvider.System));
    }

    public StoreOnTrial Store { get; }

    public IDumps Dumps { get; set; } = new NoDumps();

    public int Wakes { get; private set; }

    public IReadOnlyList<string> Complaints => _complaints;

    public bool IsStoreLost { get; set; }

    public string Socket => Path.Combine(_directory.FullName, "kennel.sock");

    public HostConfiguration Configuration { get; private set; }

    public static Task<DaemonOnTrial> Start() => Start(configuration => configuration);

    public static async Task<DaemonOnTrial> Start(Func<HostConfiguration, HostConfiguration> configure)
    {
        var daemon = new DaemonOnTrial();
        daemon.Configuration = configure(daemon.Configuration);
        Directory.CreateDirectory(Path.Combine(daemon._directory.FullName, "logs"));
        await daemon.Serve();
        return daemon;
    }

    public async Task Serve() =>
        _server = await ApiServer.Start(
            new ApiParts(Configuration, Store.Intents, this, _complaints.Add)
            {
                History = Store.History,
                Marks = Store.Marks,
                Databases = Store.History,
                Dumps = Dumps,
            },
            CancellationToken.None
        );

    public async Task Stop() => await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);

    public Task<CommandLine> Kennel(params string[] arguments) =>
        CommandLine.Run(
            CommandLine.Parts(),
            ["--config", CommandLine.Configure(_directory.FullName, Socket), .. arguments]
        );

    public async Task<Look> Look(CancellationToken cancellation)
    {
        if (IsStoreLost)
        {
            throw new IOException("the disk is gone");
        }
        var desired = await Store.Read();
        var seen = Scene.Observed();
        return new Look(desired, seen, Planner.Plan(desired, seen));
    }

    public void Wake() => Wakes++;

    public async Task<PassSummary> PassNow(CancellationToken cancellation) =>
        new((await Look(cancellation)).Plan, Seq<ActionReport>());

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Store.Dispose();
        _directory.Delete(recursive: true);
    }
}
