using System.Collections.Concurrent;
using System.Threading.Channels;
using Kennel.Shell.Systemd.Native;

namespace Kennel.Shell.Systemd;

/// <summary>
/// The one connection to the system bus that all of Kennel shares. A thread of its own makes every sd-bus call; other
/// threads hand it work through a bounded queue, so calls are pipelined and none waits for another's reply. A lost bus
/// is opened again by the next call, or by itself after a pause.
/// </summary>
public sealed class SystemBus : IDisposable
{
    private const int SignalsKeptMax = 1024;

    private readonly SystemBusOptions options;
    private readonly OpenBus open;
    private readonly Channel<BusCall> queue;
    private readonly ConcurrentQueue<BusCall> givenUp = new();
    private readonly EventDescriptor wake = new();
    private readonly SystemdSignals signals;
    private readonly Thread thread;
    private BusConnection? connection;
    private long reconnectAtMilliseconds;
    private volatile bool isClosing;

    /// <summary>Starts the thread; the bus is opened in the background.</summary>
    public SystemBus(SystemBusOptions options, ILogger<SystemBus> log)
        : this(options, log, LibSystemd.OpenSystem) { }

    internal SystemBus(SystemBusOptions options, ILogger<SystemBus> log, OpenBus open)
    {
        this.options = options;
        this.open = open;
        queue = Channel.CreateBounded<BusCall>(
            new BoundedChannelOptions(options.CallsQueuedMax) { SingleReader = true }
        );
        signals = new SystemdSignals(options.IsWatched, SignalsKeptMax, log);
        thread = new Thread(Run) { IsBackground = true, Name = "system bus" };
        thread.Start();
    }

    /// <summary>
    /// Units that changed. Bounded: when nobody reads, further signals are dropped, which loses nothing because those
    /// kept already say to look again.
    /// </summary>
    public ChannelReader<UnitSignal> Changes => signals.Changes;

    internal JobWaits Jobs => signals.Jobs;

    /// <summary>Asks and waits for the reply, at most the configured time.</summary>
    internal async Task<Either<BusFailure, T>> Call<T>(
        BusMethod method,
        WriteBody write,
        ReadBody<T> read,
        CancellationToken cancellation
    )
    {
        cancellation.ThrowIfCancellationRequested();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(options.CallTimeout);
        var call = new BusCall<T>(method, write, read);
        try
        {
            await queue.Writer.WriteAsync(call, deadline.Token);
            wake.Signal();
            return await call.Reply.WaitAsync(deadline.Token);
        }
        catch (ChannelClosedException)
        {
            return Left<BusFailure>(new BusFailure.NotSent("the bus was closed"));
        }
        catch (OperationCanceledException)
        {
            var failure = GiveUp(call);
            cancellation.ThrowIfCancellationRequested();
            return Left(failure);
        }
    }

    /// <summary>Ends the thread; calls under way are told so.</summary>
    public void Dispose()
    {
        if (isClosing)
        {
            return;
        }
        isClosing = true;
        queue.Writer.TryComplete();
        wake.Signal();
        thread.Join();
    }

    private BusFailure GiveUp(BusCall call)
    {
        var seconds = options.CallTimeout.TotalSeconds;
        if (call.GiveUp())
        {
            return new BusFailure.NotSent($"{call.Method.Member} could not be sent within {seconds} s");
        }
        givenUp.Enqueue(call);
        wake.Signal();
        return new BusFailure.ReplyLost($"no reply to {call.Method.Member} within {seconds} s");
    }

    private void Run()
    {
        while (!isClosing)
        {
            Connect();
            SendQueued();
            Process();
            Sleep();
        }
        Lose("the bus was closed");
        FailQueued("the bus was closed");
    }

    private void Connect()
    {
        if (connection is not null || (PauseMilliseconds() > 0 && !queue.Reader.TryPeek(out _)))
        {
            return;
        }
        BusConnection
            .Open(open, signals.Receive, options.CallTimeout)
            .Match(
                Begin,
                why =>
                {
                    Pause();
                    FailQueued(why);
                }
            );
    }

    private void Begin(BusConnection opened)
    {
        connection = opened;
        try
        {
            signals.Subscribe(opened);
        }
        catch (BusMessageException exception)
        {
            Lose(exception.Message);
        }
    }

    private void Pause() =>
        reconnectAtMilliseconds = Environment.TickCount64 + (long)options.ReconnectDelay.TotalMilliseconds;

    private long PauseMilliseconds() => Math.Max(reconnectAtMilliseconds - Environment.TickCount64, 0);

    private void ForgetGivenUp()
    {
        while (givenUp.TryDequeue(out var call))
        {
            connection?.Forget(call);
        }
    }

    private void SendQueued()
    {
        while (
            connection is not null
            && connection.CallsInFlight < options.CallsInFlightMax
            && queue.Reader.TryRead(out var call)
        )
        {
            connection.Send(call);
        }
    }

    private void Process()
    {
        var goesOn = connection is not null;
        while (goesOn && connection is not null && !isClosing)
        {
            ForgetGivenUp();
            goesOn = connection.Process().Match(didSomething => didSomething, LoseAndStop);
            SendQueued();
        }
        if (connection is { IsOpen: false })
        {
            Lose("the connection to the bus was lost");
        }
    }

    private bool LoseAndStop(string why)
    {
        Lose($"the connection to the bus was lost: {why}");
        return false;
    }

    private void Sleep()
    {
        if (connection is not null)
        {
            wake.Sleep(connection.Descriptor, connection.Events, connection.IdleMilliseconds());
        }
        else if (!queue.Reader.TryPeek(out _))
        {
            wake.Sleep(-1, 0, (int)PauseMilliseconds());
        }
    }

    private void Lose(string why)
    {
        // First of all nobody may send on it any more, not even in answer to the loss of a call.
        signals.Lose(why);
        connection?.Lose(why);
        connection = null;
        Pause();
    }

    private void FailQueued(string why)
    {
        while (queue.Reader.TryRead(out var call))
        {
            if (call.TrySend())
            {
                call.Fail(new BusFailure.NotSent(why));
            }
        }
    }
}
