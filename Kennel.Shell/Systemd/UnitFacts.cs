using System.Collections.Frozen;

namespace Kennel.Shell.Systemd;

/// <summary>
/// The properties of one service that Kennel looks at. What systemd leaves unset, or the host does not count, is none.
/// </summary>
public sealed record UnitFacts
{
    /// <summary>What its <c>Description=</c> says.</summary>
    public string Description { get; init; } = "";

    /// <summary><c>loaded</c>, <c>not-found</c>, <c>error</c>…</summary>
    public string LoadState { get; init; } = "";

    /// <summary><c>active</c>, <c>activating</c>, <c>deactivating</c>, <c>inactive</c>, <c>failed</c>…</summary>
    public string ActiveState { get; init; } = "";

    /// <summary>The service's own finer state, such as <c>running</c> or <c>auto-restart</c>.</summary>
    public string SubState { get; init; } = "";

    /// <summary>This start's id, 32 hexadecimal digits.</summary>
    public Option<string> InvocationId { get; init; }

    /// <summary>How the service ended or <c>success</c>.</summary>
    public Option<string> Result { get; init; }

    /// <summary>How often systemd restarted it by itself.</summary>
    public Option<uint> Restarts { get; init; }

    /// <summary>How the main process ended: exited, killed or dumped, as waitid(2) numbers them.</summary>
    public Option<int> MainExitCode { get; init; }

    /// <summary>The main process's exit status, or the signal that ended it.</summary>
    public Option<int> MainExitStatus { get; init; }

    /// <summary>The main process of this start, even if it is over.</summary>
    public Option<uint> MainProcessId { get; init; }

    /// <summary>The user that the service runs as.</summary>
    public Option<uint> UserId { get; init; }

    /// <summary>When it last became active.</summary>
    public Option<DateTimeOffset> ActiveSince { get; init; }

    /// <summary>The same on the clock that never jumps.</summary>
    public Option<TimeSpan> ActiveSinceMonotonic { get; init; }

    /// <summary>When it last became inactive.</summary>
    public Option<DateTimeOffset> InactiveSince { get; init; }

    /// <summary>When its state last changed.</summary>
    public Option<DateTimeOffset> StateChangedAt { get; init; }

    /// <summary>The path of its cgroup.</summary>
    public Option<string> ControlGroup { get; init; }

    /// <summary>Memory in use.</summary>
    public Option<ulong> MemoryBytes { get; init; }

    /// <summary>Most memory ever in use.</summary>
    public Option<ulong> MemoryPeakBytes { get; init; }

    /// <summary>Processor time used.</summary>
    public Option<ulong> ProcessorNanoseconds { get; init; }

    /// <summary>Tasks alive.</summary>
    public Option<ulong> Tasks { get; init; }

    /// <summary>Reads the answer to GetAll: <c>a{sv}</c>. Properties that Kennel does not know are passed over.</summary>
    internal static UnitFacts Read(MessageReader reader)
    {
        var facts = new UnitFacts();
        reader.Enter(BusContainer.Array, "{sv}");
        while (reader.Enter(BusContainer.Entry, "sv"))
        {
            facts = Readers.TryGetValue(reader.Text(), out var property)
                ? property.Read(facts, reader)
                : Skip(facts, reader);
            reader.Exit();
        }
        reader.Exit();
        return facts;
    }

    private static UnitFacts Skip(UnitFacts facts, MessageReader reader)
    {
        reader.Skip("v");
        return facts;
    }

    private delegate UnitFacts ReadProperty(UnitFacts facts, MessageReader reader);

    private sealed record PropertyReader(string Signature, ReadProperty Value)
    {
        internal UnitFacts Read(UnitFacts facts, MessageReader reader)
        {
            reader.Enter(BusContainer.Variant, Signature);
            var read = Value(facts, reader);
            reader.Exit();
            return read;
        }
    }

    private static readonly FrozenDictionary<string, PropertyReader> Readers = new Dictionary<string, PropertyReader>
    {
        ["Description"] = new("s", (facts, reader) => facts with { Description = reader.Text() }),
        ["LoadState"] = new("s", (facts, reader) => facts with { LoadState = reader.Text() }),
        ["ActiveState"] = new("s", (facts, reader) => facts with { ActiveState = reader.Text() }),
        ["SubState"] = new("s", (facts, reader) => facts with { SubState = reader.Text() }),
        ["InvocationID"] = new("ay", (facts, reader) => facts with { InvocationId = Hexadecimal(reader.Bytes()) }),
        ["Result"] = new("s", (facts, reader) => facts with { Result = NonEmpty(reader.Text()) }),
        ["NRestarts"] = new("u", (facts, reader) => facts with { Restarts = reader.Count() }),
        ["ExecMainCode"] = new("i", (facts, reader) => facts with { MainExitCode = reader.Signed() }),
        ["ExecMainStatus"] = new("i", (facts, reader) => facts with { MainExitStatus = reader.Signed() }),
        ["ExecMainPID"] = new("u", (facts, reader) => facts with { MainProcessId = NonZero(reader.Count()) }),
        ["UID"] = new("u", (facts, reader) => facts with { UserId = Set(reader.Count()) }),
        ["ActiveEnterTimestamp"] = new("t", (facts, reader) => facts with { ActiveSince = Time(reader.Large()) }),
        ["ActiveEnterTimestampMonotonic"] = new(
            "t",
            (facts, reader) => facts with { ActiveSinceMonotonic = Span(reader.Large()) }
        ),
        ["InactiveEnterTimestamp"] = new("t", (facts, reader) => facts with { InactiveSince = Time(reader.Large()) }),
        ["StateChangeTimestamp"] = new("t", (facts, reader) => facts with { StateChangedAt = Time(reader.Large()) }),
        ["ControlGroup"] = new("s", (facts, reader) => facts with { ControlGroup = NonEmpty(reader.Text()) }),
        ["MemoryCurrent"] = new("t", (facts, reader) => facts with { MemoryBytes = Set(reader.Large()) }),
        ["MemoryPeak"] = new("t", (facts, reader) => facts with { MemoryPeakBytes = Set(reader.Large()) }),
        ["CPUUsageNSec"] = new("t", (facts, reader) => facts with { ProcessorNanoseconds = Set(reader.Large()) }),
        ["TasksCurrent"] = new("t", (facts, reader) => facts with { Tasks = Set(reader.Large()) }),
    }.ToFrozenDictionary();

    private static Option<string> Hexadecimal(byte[] bytes) =>
        bytes.Length == 0 ? None : Convert.ToHexStringLower(bytes);

    private static Option<string> NonEmpty(string text) => text.Length == 0 ? None : text;

    private static Option<uint> NonZero(uint number) => number == 0 ? None : number;

    private static Option<uint> Set(uint number) => number == uint.MaxValue ? None : number;

    private static Option<ulong> Set(ulong number) => number == ulong.MaxValue ? None : number;

    private static Option<DateTimeOffset> Time(ulong microseconds) =>
        microseconds is 0 or ulong.MaxValue
            ? None
            : DateTimeOffset.UnixEpoch + TimeSpan.FromMicroseconds((long)microseconds);

    private static Option<TimeSpan> Span(ulong microseconds) =>
        microseconds is 0 or ulong.MaxValue ? None : TimeSpan.FromMicroseconds((long)microseconds);
}
