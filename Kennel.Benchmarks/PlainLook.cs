using System.Net.Sockets;
using Kennel.Core.Configuration;
using Kennel.Shell.Systemd;
using Microsoft.Data.Sqlite;

namespace Kennel.Benchmarks;

/// <summary>The least that any pass must do, done plainly: one listing, one GET, one SELECT; nothing is made of them.</summary>
internal sealed class PlainLook : IDisposable
{
    private const string UnixPrefix = "unix/";

    private readonly SystemdUnits units;
    private readonly HttpClient caddy;
    private readonly SqliteConnection database;
    private readonly SqliteCommand select;

    public PlainLook(HostConfiguration configuration, SystemBus bus, string databasePath)
    {
        units = new SystemdUnits(bus);
        caddy = Client(configuration.Caddy.AdminUrl);
        database = new SqliteConnection($"Data Source={databasePath};Mode=ReadOnly;Pooling=False");
        database.Open();
        select = database.CreateCommand();
        select.CommandText = "SELECT id, branch, component, stem, target, serving FROM deployments";
        select.Prepare();
    }

    /// <summary>How many rows the last SELECT gave.</summary>
    public int RowCount { get; private set; }

    public Task All() => Task.WhenAll(List(), Get(), Select());

    public async Task OneAfterTheOther()
    {
        await List();
        await Get();
        await Select();
    }

    public async Task List() =>
        (await units.List(Seq<string>(), Seq1("kennel-*.service"), CancellationToken.None)).IfLeft(failure =>
            throw new InvalidOperationException(failure.Describe())
        );

    public Task Get() => caddy.GetStringAsync(new Uri("/id/kennel", UriKind.Relative));

    public Task Select()
    {
        RowCount = 0;
        using var rows = select.ExecuteReader();
        while (rows.Read())
        {
            rows.GetString(2);
            RowCount++;
        }
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        select.Dispose();
        database.Dispose();
        caddy.Dispose();
    }

    private static HttpClient Client(string address)
    {
        if (!address.StartsWith(UnixPrefix, StringComparison.Ordinal))
            return new HttpClient { BaseAddress = new Uri(address) };
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(address[UnixPrefix.Length..]), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = new Uri("http://localhost") };
    }
}
