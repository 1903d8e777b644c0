namespace Kennel.Shell.Systemd;

/// <summary>Why a call over the bus has no result. Closed.</summary>
public abstract record BusFailure
{
    private BusFailure() { }

    /// <summary>The other side said no; nothing happened.</summary>
    /// <param name="Error">What it said, as far as Kennel tells apart.</param>
    /// <param name="ErrorName">What it said, by its D-Bus name.</param>
    /// <param name="Message">What it said, for people.</param>
    public sealed record Refused(BusError Error, string ErrorName, string Message) : BusFailure;

    /// <summary>The call never left this program or found nobody; nothing happened.</summary>
    /// <param name="Why">Why, for people.</param>
    public sealed record NotSent(string Why) : BusFailure;

    /// <summary>The call was sent and its reply never came; whether anything happened is not known.</summary>
    /// <param name="Why">Why, for people.</param>
    public sealed record ReplyLost(string Why) : BusFailure;

    /// <summary>One line for people.</summary>
    public string Describe() =>
        this switch
        {
            Refused refused => $"{refused.Message} ({refused.ErrorName})",
            NotSent notSent => notSent.Why,
            ReplyLost lost => lost.Why,
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Sorts an error reply by what it says about the call.</summary>
    /// <param name="errorName">The D-Bus name of the error.</param>
    /// <param name="message">Its text.</param>
    internal static BusFailure OfError(string errorName, string message) =>
        errorName switch
        {
            // The bus or systemd went away with the call in hand, or sd-bus gave up waiting.
            "org.freedesktop.DBus.Error.NoReply"
            or "org.freedesktop.DBus.Error.Timeout"
            or "org.freedesktop.DBus.Error.TimedOut"
            or "org.freedesktop.DBus.Error.Disconnected" => new ReplyLost($"{message} ({errorName})"),
            "org.freedesktop.DBus.Error.ServiceUnknown" or "org.freedesktop.DBus.Error.NameHasNoOwner" => new NotSent(
                $"{message} ({errorName})"
            ),
            _ when errorName.StartsWith("org.freedesktop.DBus.Error.Spawn.", StringComparison.Ordinal) => new NotSent(
                $"{message} ({errorName})"
            ),
            _ => new Refused(KindOf(errorName), errorName, message),
        };

    private static BusError KindOf(string errorName) =>
        errorName switch
        {
            "org.freedesktop.systemd1.UnitExists" => BusError.UnitExists,
            "org.freedesktop.systemd1.NoSuchUnit" => BusError.NoSuchUnit,
            "org.freedesktop.systemd1.LoadFailed" => BusError.LoadFailed,
            "org.freedesktop.systemd1.AlreadySubscribed" => BusError.AlreadySubscribed,
            "org.freedesktop.systemd1.TransactionIsDestructive" => BusError.ShuttingDown,
            "org.freedesktop.systemd1.ShuttingDown" => BusError.ShuttingDown,
            "org.freedesktop.DBus.Error.AccessDenied" => BusError.AccessDenied,
            "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired" => BusError.AccessDenied,
            "org.freedesktop.DBus.Error.InvalidArgs" => BusError.InvalidProperty,
            "org.freedesktop.DBus.Error.PropertyReadOnly" => BusError.InvalidProperty,
            "org.freedesktop.DBus.Error.UnknownProperty" => BusError.InvalidProperty,
            "org.freedesktop.systemd1.BadUnitSetting" => BusError.InvalidProperty,
            "org.freedesktop.DBus.Error.LimitsExceeded" => BusError.LimitsExceeded,
            _ => BusError.Other,
        };
}

/// <summary>The errors that Kennel tells apart.</summary>
public enum BusError
{
    /// <summary>A unit of that name is loaded: running, failed or with a fragment file.</summary>
    UnitExists,

    /// <summary>No unit of that name is loaded.</summary>
    NoSuchUnit,

    /// <summary>The unit's file or properties could not be loaded.</summary>
    LoadFailed,

    /// <summary>This connection has asked for signals before.</summary>
    AlreadySubscribed,

    /// <summary>A job that cannot be reversed is in the way: as a rule the machine is going down.</summary>
    ShuttingDown,

    /// <summary>polkit or the bus's own policy does not allow it.</summary>
    AccessDenied,

    /// <summary>systemd does not know a property, or not with this value.</summary>
    InvalidProperty,

    /// <summary>A limit of the bus or of systemd was reached.</summary>
    LimitsExceeded,

    /// <summary>Anything else; the error's name says more.</summary>
    Other,
}
