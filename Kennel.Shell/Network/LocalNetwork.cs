using System.Net;
using System.Net.Sockets;
using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Units;

namespace Kennel.Shell.Network;

/// <summary>This machine's own TCP: who listens, and whether generations on trial answer.</summary>
public sealed class LocalNetwork : INetwork, IDisposable
{
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    private readonly TimeSpan probeTimeout;
    private readonly HttpClient client;

    /// <summary>Makes the probe's client: no proxy, no redirects, no cookies, a connection for each question.</summary>
    /// <param name="probeTimeout">How long one generation may take to answer.</param>
    public LocalNetwork(TimeSpan probeTimeout)
    {
        this.probeTimeout = probeTimeout;
        client = new HttpClient(
            new SocketsHttpHandler
            {
                UseProxy = false,
                AllowAutoRedirect = false,
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.Zero,
            }
        )
        {
            Timeout = probeTimeout,
        };
    }

    /// <inheritdoc/>
    public async Task<Observation<Map<Port, uint>>> Listeners(CancellationToken cancellation)
    {
        try
        {
            var tables = await Task.WhenAll(
                Tables.Where(File.Exists).Select(path => File.ReadAllTextAsync(path, cancellation))
            );
            return Observation.Known(
                tables.Select(SocketTable.Listeners).Fold(Map<Port, uint>(), (all, some) => all.AddOrUpdateRange(some))
            );
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Observation.Unknown<Map<Port, uint>>(problem.Message);
        }
    }

    /// <inheritdoc/>
    public async Task<Map<UnitName, ProbeAnswer>> Probe(Seq<ProbeQuestion> questions, CancellationToken cancellation)
    {
        var answers = await Task.WhenAll(questions.Map(question => Ask(question, cancellation)));
        return toMap(questions.Map(question => question.Unit).Zip(answers));
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<ProbeAnswer> Ask(ProbeQuestion question, CancellationToken cancellation)
    {
        try
        {
            return question.Readiness switch
            {
                Readiness.Http http => await Get(question.Port, http.Path, cancellation),
                Readiness.Tcp => await Connect(question.Port, cancellation),
                Readiness.Notify => new ProbeAnswer.Silent("it tells systemd, and is not asked"),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ProbeAnswer.Silent($"no answer within {probeTimeout.TotalSeconds:0.#} s");
        }
        catch (Exception problem) when (problem is HttpRequestException or SocketException or IOException)
        {
            return new ProbeAnswer.Silent(Reason(problem));
        }
    }

    private async Task<ProbeAnswer> Get(Port port, string path, CancellationToken cancellation)
    {
        var address = new Uri($"http://{ServiceUnit.ListenHost}:{port}{path}");
        using var reply = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellation);
        return new ProbeAnswer.Status((int)reply.StatusCode);
    }

    private async Task<ProbeAnswer> Connect(Port port, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(probeTimeout);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port.Number), limit.Token);
        return new ProbeAnswer.Connected();
    }

    private static string Reason(Exception problem) =>
        problem is HttpRequestException { InnerException: SocketException socket } ? socket.Message : problem.Message;
}
