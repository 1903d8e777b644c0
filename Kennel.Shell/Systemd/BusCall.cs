using System.Runtime.InteropServices;

namespace Kennel.Shell.Systemd;

/// <summary>
/// One call and who waits for it. It is queued by any thread and from then on handled by the bus's thread only, but
/// for <see cref="GiveUp"/>.
/// </summary>
internal abstract class BusCall(BusMethod method, WriteBody write)
{
    private const int Queued = 0;
    private const int Sent = 1;
    private const int GivenUp = 2;
    private int state;

    internal BusMethod Method => method;

    /// <summary>sd-bus's hold on the call while it waits for the reply; zero otherwise.</summary>
    internal nint Slot { get; set; }

    /// <summary>Lets the native callback find this object; allocated exactly as long as <see cref="Slot"/>.</summary>
    internal GCHandle Self { get; set; }

    internal void Write(MessageWriter writer) => write(writer);

    /// <summary>Takes the right to send the call; false if nobody waits for it any more.</summary>
    internal bool TrySend() => Interlocked.CompareExchange(ref state, Sent, Queued) == Queued;

    /// <summary>The caller waits no longer; true if the call was not sent and never will be.</summary>
    internal bool GiveUp() => Interlocked.CompareExchange(ref state, GivenUp, Queued) == Queued;

    internal abstract void Answer(MessageReader reader);

    /// <summary>The other side answered with an error.</summary>
    internal virtual void Refuse(BusFailure failure, MessageReader reader) => Fail(failure);

    internal abstract void Fail(BusFailure failure);

    internal abstract void Throw(Exception exception);
}

/// <summary>A call whose reply is read as <typeparamref name="T"/>.</summary>
internal sealed class BusCall<T>(BusMethod method, WriteBody write, ReadBody<T> read) : BusCall(method, write)
{
    // The thread of the bus must never run what waits for the reply.
    private readonly TaskCompletionSource<Either<BusFailure, T>> reply = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    internal Task<Either<BusFailure, T>> Reply => reply.Task;

    internal override void Answer(MessageReader reader) => reply.TrySetResult(Right(read(reader)));

    internal override void Fail(BusFailure failure) => reply.TrySetResult(Left(failure));

    internal override void Throw(Exception exception) => reply.TrySetException(exception);
}
