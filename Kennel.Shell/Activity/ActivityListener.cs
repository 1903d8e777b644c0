using System.Net.Sockets;
using Kennel.Core.Routing;

namespace Kennel.Shell.Activity;

/// <summary>
/// Hears of requests by the access log that Caddy sends, and proves again and again with one of its own that it does.
/// Whoever does not listen holds nobody up: records that nobody takes are lost.
/// </summary>
internal sealed class ActivityListener(ActivityOptions options, RequestMemory memory, Action<string> complain)
    : IDisposable
{
    private const int DatagramBytesMax = 64 << 10;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);

    private readonly ProofRequest proof = new(options.ProofAddress, options.RecordLimit);
    private volatile Expected? expected;

    /// <summary>How many datagrams made no sense.</summary>
    public long Rubbish { get; private set; }

    /// <summary>Listens until cancelled.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        try
        {
            using var socket = ActivitySocket.Open(options.Configuration.Port);
            await Run(socket, cancellation);
        }
        catch (SocketException error)
        {
            var problem = $"UDP port {options.Configuration.Port} cannot be had: {error.Message}";
            memory.Doubt(problem);
            complain($"Kennel does not hear of requests, so that nothing hibernates or expires: {problem}");
        }
    }

    public void Dispose() => proof.Dispose();

    /// <summary>Listens at a socket that is open already.</summary>
    internal Task Run(Socket socket, CancellationToken cancellation) =>
        Task.WhenAll(Listen(socket, cancellation), Prove(cancellation));

    private async Task Listen(Socket socket, CancellationToken cancellation)
    {
        var buffer = new byte[DatagramBytesMax];
        while (!cancellation.IsCancellationRequested)
            try
            {
                Take(buffer.AsSpan(0, await socket.ReceiveAsync(buffer, cancellation)));
            }
            catch (SocketException)
            {
                // If it lasts, the next proof fails.
                await Task.Delay(FirstRetry, cancellation);
            }
    }

    private void Take(ReadOnlySpan<byte> datagram)
    {
        switch (AccessRecord.Read(datagram))
        {
            case AccessRecord.Request request when expected is { } one && one.Agent == request.Agent:
                one.Arrived.TrySetResult();
                break;
            case AccessRecord.Request request:
                memory.Hear(request);
                break;
            case AccessRecord.Other:
                break;
            case AccessRecord.Rubbish:
                if (Rubbish++ == 0)
                    complain($"What arrives at UDP port {options.Configuration.Port} is not all of Caddy's access log");
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task Prove(CancellationToken cancellation)
    {
        var retry = FirstRetry;
        while (!cancellation.IsCancellationRequested)
        {
            var problem = await ProveOnce(cancellation);
            problem.Match(memory.Doubt, memory.Prove);
            retry = problem.IsSome ? retry * 2 : FirstRetry;
            var rest = problem.IsSome && retry < options.ProveInterval ? retry / 2 : options.ProveInterval;
            await Task.Delay(rest, cancellation);
        }
    }

    private async Task<Option<string>> ProveOnce(CancellationToken cancellation)
    {
        // A mark that nobody knows: a proof cannot be made up.
        var mark = Guid.NewGuid().ToString("N");
        var one = expected = new Expected($"{AccessLog.ProofAgent} {mark}");
        var problem = await proof.Send(mark, cancellation);
        if (problem.IsSome)
            return problem;
        try
        {
            await one.Arrived.Task.WaitAsync(options.RecordLimit, cancellation);
            return None;
        }
        catch (TimeoutException)
        {
            return $"the access log of Caddy does not arrive at udp/127.0.0.1:{options.Configuration.Port}, so that nothing "
                + "hibernates or expires; docs/operations says what to add to Caddy's configuration";
        }
    }

    private sealed record Expected(string Agent)
    {
        public TaskCompletionSource Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
