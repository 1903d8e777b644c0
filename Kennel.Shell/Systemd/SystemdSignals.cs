using System.Threading.Channels;

namespace Kennel.Shell.Systemd;

/// <summary>
/// What systemd tells by itself: jobs that ended and units that changed. Only systemd's own signals count: any local
/// user may send look-alikes to any connection. Used by the bus's thread alone.
/// </summary>
internal sealed partial class SystemdSignals(Func<string, bool> isWatched, int keptMax, ILogger log)
{
    private readonly ILogger log = log;

    private const string Sender = $"sender='{BusMethod.Systemd}'";
    private const string Bus = "org.freedesktop.DBus";

    private static readonly string[] Rules =
    [
        $"type='signal',{Sender},interface='org.freedesktop.systemd1.Manager',member='JobRemoved'",
        $"type='signal',{Sender},interface='org.freedesktop.systemd1.Manager',member='UnitRemoved'",
        // A change is told on the unit's general and on its special interface; one of them is enough.
        $"type='signal',{Sender},interface='org.freedesktop.DBus.Properties',member='PropertiesChanged',"
            + $"path_namespace='{UnitPath.Root}',arg0='org.freedesktop.systemd1.Unit'",
        $"type='signal',sender='{Bus}',interface='{Bus}',member='NameOwnerChanged',arg0='{BusMethod.Systemd}'",
    ];

    private readonly Channel<UnitSignal> changes = Channel.CreateBounded<UnitSignal>(
        new BoundedChannelOptions(keptMax) { FullMode = BoundedChannelFullMode.DropWrite, SingleWriter = true }
    );

    private BusConnection? connection;
    private string owner = "";

    internal ChannelReader<UnitSignal> Changes => changes.Reader;

    internal JobWaits Jobs { get; } = new();

    /// <summary>Asks a fresh connection for the signals, before any call is sent on it.</summary>
    internal void Subscribe(BusConnection fresh)
    {
        connection = fresh;
        owner = "";
        foreach (var rule in Rules)
        {
            fresh.Match(rule);
        }
        SubscribeAtSystemd(fresh);
    }

    internal void Receive(MessageReader signal)
    {
        var sender = signal.Sender;
        if (sender == Bus)
        {
            ReceiveOwner(signal);
        }
        else if (sender == owner)
        {
            ReceiveOwn(signal);
        }
    }

    internal void Lose(string why)
    {
        if (connection is not null)
        {
            LogLost(log, why);
        }
        connection = null;
        Jobs.Lose(why);
    }

    private void ReceiveOwn(MessageReader signal)
    {
        switch (signal.Member)
        {
            case "JobRemoved":
                signal.Skip("u");
                var job = signal.ObjectPath();
                signal.Skip("s");
                Jobs.Finish(job, signal.Text());
                break;
            case "UnitRemoved":
                Tell(signal.Text());
                break;
            case "PropertiesChanged":
                UnitPath.NameOf(signal.Path).Iter(Tell);
                break;
        }
    }

    // systemd leaves the bus and comes back under a new unique name when it is re-executed.
    private void ReceiveOwner(MessageReader signal)
    {
        signal.Skip("ss");
        var newOwner = signal.Text();
        if (newOwner.Length > 0 && newOwner != owner && connection is not null)
        {
            SubscribeAtSystemd(connection);
        }
    }

    private void SubscribeAtSystemd(BusConnection current) => current.Send(new SubscribeCall(this));

    private void Hear(string systemd)
    {
        owner = systemd;
        changes.Writer.TryWrite(new UnitSignal(None));
    }

    private void Tell(string unitName)
    {
        if (isWatched(unitName))
        {
            changes.Writer.TryWrite(new UnitSignal(unitName));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The system bus is gone and will be opened again: {Why}")]
    private static partial void LogLost(ILogger log, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "systemd sends no signals until it is back: {Why}")]
    private static partial void LogNotSubscribed(ILogger log, string why);

    /// <summary>
    /// Asks systemd to send signals. Whoever answers in systemd's name is systemd, so the answer's sender is the unique
    /// name that its signals carry.
    /// </summary>
    private sealed class SubscribeCall(SystemdSignals signals) : BusCall(BusMethod.OfSystemd("Subscribe"), _ => { })
    {
        internal override void Answer(MessageReader reader) => signals.Hear(reader.Sender);

        internal override void Refuse(BusFailure failure, MessageReader reader)
        {
            if (failure is BusFailure.Refused { Error: BusError.AlreadySubscribed })
            {
                signals.Hear(reader.Sender);
            }
            else
            {
                Fail(failure);
            }
        }

        // A systemd that is too busy to answer gives no other sign when it is free again. One that is gone does.
        internal override void Fail(BusFailure failure)
        {
            LogNotSubscribed(signals.log, failure.Describe());
            if (failure is BusFailure.ReplyLost && signals.connection is { } current)
            {
                signals.SubscribeAtSystemd(current);
            }
        }

        internal override void Throw(Exception exception) => LogNotSubscribed(signals.log, exception.Message);
    }
}
