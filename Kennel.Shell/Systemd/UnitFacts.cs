using System.Collections.Frozen;
using static Kennel.Shell.Systemd.PropertyValues;

namespace Kennel.Shell.Systemd;

/// <summary>
/// All that Kennel ever asks about one service. What systemd leaves unset, or the host does not count, is none.
/// </summary>
public sealed record UnitFacts
{
    /// <summary>How this start is going.</summary>
    public UnitLife Life { get; init; } = new();

    /// <summary>What its <c>Description=</c> says.</summary>
    public string Description { get; init; } = "";

    /// <summary>The main process of this start, even if it is over.</summary>
    public Option<uint> MainProcessId { get; init; }

    /// <summary>When it last became active, on the clock that never jumps.</summary>
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

    /// <summary>Bytes received; none also where the host cannot count them, which is where it cannot filter them.</summary>
    public Option<ulong> IngressBytes { get; init; }

    /// <summary>Reads the answer to GetAll.</summary>
    internal static UnitFacts Read(MessageReader reader) =>
        PropertyReader<UnitFacts>.ReadAll(Readers, new UnitFacts(), reader);

    private static readonly FrozenDictionary<string, PropertyReader<UnitFacts>> Readers = Joined(
            UnitLife.Readers.Map(OfLife),
            Seq(
                Of("Description", "s", reader => reader.Text(), (facts, it) => facts with { Description = it }),
                Of(
                    "ExecMainPID",
                    "u",
                    reader => NonZero(reader.Count()),
                    (facts, it) => facts with { MainProcessId = it }
                ),
                Of(
                    "ActiveEnterTimestampMonotonic",
                    "t",
                    reader => Span(reader.Large()),
                    (facts, it) => facts with { ActiveSinceMonotonic = it }
                ),
                Of(
                    "InactiveEnterTimestamp",
                    "t",
                    reader => Time(reader.Large()),
                    (facts, it) => facts with { InactiveSince = it }
                ),
                Of(
                    "StateChangeTimestamp",
                    "t",
                    reader => Time(reader.Large()),
                    (facts, it) => facts with { StateChangedAt = it }
                ),
                Of(
                    "ControlGroup",
                    "s",
                    reader => NonEmpty(reader.Text()),
                    (facts, it) => facts with { ControlGroup = it }
                ),
                Of("MemoryCurrent", "t", reader => Set(reader.Large()), (facts, it) => facts with { MemoryBytes = it }),
                Of(
                    "MemoryPeak",
                    "t",
                    reader => Set(reader.Large()),
                    (facts, it) => facts with { MemoryPeakBytes = it }
                ),
                Of(
                    "CPUUsageNSec",
                    "t",
                    reader => Set(reader.Large()),
                    (facts, it) => facts with { ProcessorNanoseconds = it }
                ),
                Of("TasksCurrent", "t", reader => Set(reader.Large()), (facts, it) => facts with { Tasks = it }),
                Of(
                    "IPIngressBytes",
                    "t",
                    reader => Set(reader.Large()),
                    (facts, it) => facts with { IngressBytes = it }
                )
            )
        )
        .ToFrozenDictionary(property => property.Name);

    private static PropertyReader<UnitFacts> OfLife(PropertyReader<UnitLife> property) =>
        PropertyReader<UnitFacts>.Of(
            property.Interface,
            property.Name,
            property.Signature,
            property.Read,
            (facts, put) => facts with { Life = put(facts.Life) }
        );

    // The interface does not matter here: GetAll is asked for all of them at once.
    private static PropertyReader<UnitFacts> Of<T>(
        string name,
        string signature,
        ReadBody<T> read,
        Func<UnitFacts, T, UnitFacts> put
    ) => PropertyReader<UnitFacts>.Of("", name, signature, read, put);
}
