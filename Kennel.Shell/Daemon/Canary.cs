using Kennel.Core.Units;
using Kennel.Shell.Systemd;

namespace Kennel.Shell.Daemon;

/// <summary>
/// A unit that tries to break its own limits, once at start: some hosts accept limits and filters and do not enforce
/// them, and only a try tells.
/// </summary>
internal static class Canary
{
    private const string Unit = "kennel-canary.service";
    private const ulong MemoryBytes = 32UL << 20;
    private const ulong TasksMax = 8;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    // Each try runs in a process of its own: breaking a limit may end it.
    private const string Tries = """
        broken=0
        sh -c 'head -c 134217728 /dev/zero | tail -c 134217728' >/dev/null 2>&1 && broken=$((broken + 1))
        sh -c 'for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do sleep 0.2 & done; wait' >/dev/null 2>&1 && broken=$((broken + 2))
        exit $broken
        """;

    /// <summary>What this host does not enforce, in words for people; an error says why it could not be found out.</summary>
    public static async Task<Either<string, Seq<string>>> Ask(SystemdUnits units, CancellationToken cancellation)
    {
        await units.ResetFailed(Unit, cancellation);
        var end = await units.Start(Unit, Properties, Deadline, cancellation);
        var facts = await units.Facts(Unit, cancellation);
        await units.QueueStop(Unit, cancellation);
        await units.ResetFailed(Unit, cancellation);
        return from job in end.MapLeft(failure => failure.Describe())
            from known in facts.MapLeft(failure => failure.Describe())
            from unit in known.ToEither(() => $"{Unit} left no trace")
            select CanaryFindings.Of(unit);
    }

    private static Seq<UnitProperty> Properties =>
        Seq(
            new UnitProperty("Description", new UnitValue.Text("Kennel tries what limits this host enforces")),
            new UnitProperty("Type", new UnitValue.Text("oneshot")),
            new UnitProperty("RemainAfterExit", new UnitValue.Flag(true)),
            new UnitProperty("Slice", new UnitValue.Text("kennel.slice")),
            new UnitProperty("DynamicUser", new UnitValue.Flag(true)),
            new UnitProperty("ProtectSystem", new UnitValue.Text("strict")),
            new UnitProperty("MemoryMax", new UnitValue.Large(MemoryBytes)),
            new UnitProperty("MemorySwapMax", new UnitValue.Large(0)),
            new UnitProperty("TasksMax", new UnitValue.Large(TasksMax)),
            new UnitProperty("IPAccounting", new UnitValue.Flag(true)),
            new UnitProperty("OOMPolicy", new UnitValue.Text("continue")),
            new UnitProperty("TimeoutStartUSec", new UnitValue.Large(20_000_000)),
            new UnitProperty(
                "ExecStart",
                new UnitValue.Commands(Seq1(new CommandLine("/bin/sh", Seq("sh", "-c", Tries), false)))
            )
        );
}
