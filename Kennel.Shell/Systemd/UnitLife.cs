using static Kennel.Shell.Systemd.PropertyValues;

namespace Kennel.Shell.Systemd;

/// <summary>How one start of a service is going, or how it ended.</summary>
public sealed record UnitLife
{
    /// <summary><c>loaded</c>, <c>not-found</c>, <c>error</c>…</summary>
    public string LoadState { get; init; } = "";

    /// <summary><c>active</c>, <c>activating</c>, <c>deactivating</c>, <c>inactive</c>, <c>failed</c>…</summary>
    public string ActiveState { get; init; } = "";

    /// <summary>The service's own finer state, such as <c>running</c> or <c>auto-restart</c>.</summary>
    public string SubState { get; init; } = "";

    /// <summary>This start's id, 32 hexadecimal digits.</summary>
    public Option<string> InvocationId { get; init; }

    /// <summary>When it last became active.</summary>
    public Option<DateTimeOffset> ActiveSince { get; init; }

    /// <summary>When it last left the state of rest, which is when this start began.</summary>
    public Option<DateTimeOffset> StartedAt { get; init; }

    /// <summary>How often systemd restarted it by itself.</summary>
    public uint Restarts { get; init; }

    /// <summary>How it ended: <c>success</c>, <c>exit-code</c>, <c>signal</c>, <c>oom-kill</c>, <c>timeout</c>…</summary>
    public string Result { get; init; } = "";

    /// <summary>How the main process ended: exited, killed or dumped, as waitid(2) numbers them; zero if it did not.</summary>
    public int MainExitCode { get; init; }

    /// <summary>The main process's exit status, or the signal that ended it.</summary>
    public int MainExitStatus { get; init; }

    /// <summary>The user that it runs as, while it runs.</summary>
    public Option<uint> UserId { get; init; }

    internal static readonly Seq<PropertyReader<UnitLife>> Readers = Seq(
        Unit("LoadState", "s", reader => reader.Text(), (life, it) => life with { LoadState = it }),
        Unit("ActiveState", "s", reader => reader.Text(), (life, it) => life with { ActiveState = it }),
        Unit("SubState", "s", reader => reader.Text(), (life, it) => life with { SubState = it }),
        Unit(
            "InvocationID",
            "ay",
            reader => Hexadecimal(reader.Bytes()),
            (life, it) => life with { InvocationId = it }
        ),
        Unit("ActiveEnterTimestamp", "t", reader => Time(reader.Large()), (life, it) => life with { ActiveSince = it }),
        Unit("InactiveExitTimestamp", "t", reader => Time(reader.Large()), (life, it) => life with { StartedAt = it }),
        Service("NRestarts", "u", reader => reader.Count(), (life, it) => life with { Restarts = it }),
        Service("Result", "s", reader => reader.Text(), (life, it) => life with { Result = it }),
        Service("ExecMainCode", "i", reader => reader.Signed(), (life, it) => life with { MainExitCode = it }),
        Service("ExecMainStatus", "i", reader => reader.Signed(), (life, it) => life with { MainExitStatus = it }),
        Service("UID", "u", reader => Set(reader.Count()), (life, it) => life with { UserId = it })
    );

    /// <summary>Tells whether two looks at a unit saw the same state of the same start.</summary>
    internal static readonly PropertyReader<Option<ulong>> ChangeStamp = PropertyReader<Option<ulong>>.Of(
        "Unit",
        "StateChangeTimestampMonotonic",
        "t",
        reader => reader.Large(),
        (_, it) => Some(it)
    );

    private static PropertyReader<UnitLife> Unit<T>(
        string name,
        string signature,
        ReadBody<T> read,
        Func<UnitLife, T, UnitLife> put
    ) => PropertyReader<UnitLife>.Of("Unit", name, signature, read, put);

    private static PropertyReader<UnitLife> Service<T>(
        string name,
        string signature,
        ReadBody<T> read,
        Func<UnitLife, T, UnitLife> put
    ) => PropertyReader<UnitLife>.Of("Service", name, signature, read, put);
}
