using System.Diagnostics;
using System.Runtime.InteropServices;
using Kennel.Shell.Systemd.Native;

namespace Kennel.Shell.Systemd;

/// <summary>Makes a bus object that is open or about to be; a result below zero is a negative error number.</summary>
internal delegate int OpenBus(out nint bus);

/// <summary>Receives the signals of a connection, on the bus's thread.</summary>
internal delegate void ReceiveSignal(MessageReader signal);

/// <summary>
/// One connection from opening to loss. Not safe for threads: made, used and disposed of by the bus's thread alone,
/// because sd-bus counts references without locks.
/// </summary>
internal sealed unsafe class BusConnection : IDisposable
{
    private readonly nint bus;
    private readonly GCHandle self;
    private readonly List<nint> matches = [];
    private readonly System.Collections.Generic.HashSet<BusCall> inFlight = [];
    private readonly ReceiveSignal receive;
    private readonly ulong timeoutMicroseconds;
    private Exception? signalFault;

    private BusConnection(nint bus, ReceiveSignal receive, TimeSpan callTimeout)
    {
        this.bus = bus;
        this.receive = receive;
        timeoutMicroseconds = (ulong)callTimeout.TotalMicroseconds;
        self = GCHandle.Alloc(this);
    }

    internal int CallsInFlight => inFlight.Count;

    internal bool IsOpen => LibSystemd.IsOpen(bus) > 0;

    internal int Descriptor => LibSystemd.GetDescriptor(bus);

    internal int Events => LibSystemd.GetEvents(bus);

    /// <summary>Opens a connection; greeting the bus goes on while calls are already accepted.</summary>
    internal static Either<string, BusConnection> Open(OpenBus open, ReceiveSignal receive, TimeSpan callTimeout)
    {
        var result = open(out var bus);
        return result < 0
            ? Left($"cannot open the system bus: {Marshal.GetPInvokeErrorMessage(-result)}")
            : Right(new BusConnection(bus, receive, callTimeout));
    }

    /// <summary>Asks for signals. Where the bus refuses, sd-bus ends the connection.</summary>
    internal void Match(string rule)
    {
        var result = LibSystemd.AddMatchAsync(bus, out var slot, rule, &OnSignal, null, GCHandle.ToIntPtr(self));
        if (result < 0)
        {
            throw new BusMessageException($"Cannot match {rule}: {Marshal.GetPInvokeErrorMessage(-result)}");
        }
        matches.Add(slot);
    }

    /// <summary>Sends a call; its reply, or its failure, reaches whoever waits for it.</summary>
    internal void Send(BusCall call)
    {
        if (!call.TrySend())
        {
            return;
        }
        nint message = 0;
        try
        {
            var (destination, path, @interface, member) = call.Method;
            var result = BusMessages.NewMethodCall(bus, out message, destination, path, @interface, member);
            if (result < 0)
            {
                call.Fail(new BusFailure.NotSent($"cannot make a call: {Marshal.GetPInvokeErrorMessage(-result)}"));
                return;
            }
            call.Write(new MessageWriter(message));
            Dispatch(call, message);
        }
        catch (Exception exception) when (exception is BusMessageException or ArgumentException)
        {
            call.Throw(exception);
        }
        finally
        {
            BusMessages.Unref(message);
        }
    }

    /// <summary>Forgets a call that nobody waits for; its reply, if one comes, is dropped by sd-bus.</summary>
    internal void Forget(BusCall call)
    {
        if (inFlight.Contains(call))
        {
            Release(call);
        }
    }

    /// <summary>Handles one message or time-out; false when there is nothing to do until the next event.</summary>
    internal Either<string, bool> Process()
    {
        var result = LibSystemd.Process(bus, null);
        if (signalFault is { } fault)
        {
            return Left($"a signal could not be read: {fault.Message}");
        }
        return result < 0 ? Left(Marshal.GetPInvokeErrorMessage(-result)) : Right(result > 0);
    }

    /// <summary>How long sd-bus can be left alone; below zero for ever.</summary>
    internal int IdleMilliseconds()
    {
        if (LibSystemd.GetTimeout(bus, out var atMicroseconds) < 0)
        {
            return 0;
        }
        if (atMicroseconds == ulong.MaxValue)
        {
            return -1;
        }
        var nowMicroseconds = (ulong)(Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000));
        var idleMicroseconds = atMicroseconds > nowMicroseconds ? atMicroseconds - nowMicroseconds : 0;
        return (int)Math.Min((idleMicroseconds + 999) / 1000, int.MaxValue);
    }

    /// <summary>Ends the connection: every call in flight is told that its reply is lost.</summary>
    internal void Lose(string why)
    {
        foreach (var call in inFlight.ToArray())
        {
            Release(call);
            call.Fail(new BusFailure.ReplyLost(why));
        }
        Dispose();
    }

    public void Dispose()
    {
        foreach (var slot in matches)
        {
            LibSystemd.SlotUnref(slot);
        }
        matches.Clear();
        LibSystemd.CloseUnref(bus);
        self.Free();
    }

    private void Dispatch(BusCall call, nint message)
    {
        call.Self = GCHandle.Alloc(new InFlight(this, call));
        var user = GCHandle.ToIntPtr(call.Self);
        var result = LibSystemd.CallAsync(bus, out var slot, message, &OnReply, user, timeoutMicroseconds);
        if (result < 0)
        {
            call.Self.Free();
            call.Fail(new BusFailure.NotSent($"cannot send: {Marshal.GetPInvokeErrorMessage(-result)}"));
            return;
        }
        call.Slot = slot;
        inFlight.Add(call);
    }

    private void Release(BusCall call)
    {
        inFlight.Remove(call);
        LibSystemd.SlotUnref(call.Slot);
        call.Slot = 0;
        call.Self.Free();
    }

    private static void Complete(BusCall call, nint message)
    {
        var error = BusMessages.GetError(message);
        if (error is null)
        {
            call.Answer(new MessageReader(message));
            return;
        }
        var name = Marshal.PtrToStringUTF8(error->Name) ?? "";
        var text = Marshal.PtrToStringUTF8(error->Message) ?? "";
        call.Refuse(BusFailure.OfError(name, text), new MessageReader(message));
    }

    // No exception may cross into native code: it reaches whoever waits for the call instead.
    [UnmanagedCallersOnly]
    private static int OnReply(nint message, nint user, nint error)
    {
        var (connection, call) = (InFlight)GCHandle.FromIntPtr(user).Target!;
        try
        {
            connection.Release(call);
            Complete(call, message);
        }
        catch (Exception exception)
        {
            call.Throw(exception);
        }
        return 0;
    }

    // No exception may cross into native code: the event loop finds it and ends the connection.
    [UnmanagedCallersOnly]
    private static int OnSignal(nint message, nint user, nint error)
    {
        var connection = (BusConnection)GCHandle.FromIntPtr(user).Target!;
        try
        {
            connection.receive(new MessageReader(message));
        }
        catch (Exception exception)
        {
            connection.signalFault = exception;
        }
        return 0;
    }

    private sealed record InFlight(BusConnection Connection, BusCall Call);
}
