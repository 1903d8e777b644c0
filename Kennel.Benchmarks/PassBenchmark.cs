using System.Globalization;
using Kennel.Core.Configuration;
using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Shell.Activity;
using Kennel.Shell.Daemon;
using Kennel.Shell.Reconcile;
using Kennel.Shell.Store;
using Microsoft.Extensions.Logging;

namespace Kennel.Benchmarks;

/// <summary>
/// A pass with nothing to do, on this host as it is and a copy of its database, against the least that any pass must
/// do; then the parts of a pass, each by itself.
/// </summary>
internal static class PassBenchmark
{
    private const int RoundsBefore = 300;

    public static async Task<int> Run(
        HostConfiguration configuration,
        string databasePath,
        int rounds,
        CancellationToken cancellation
    )
    {
        using var logs = LoggerFactory.Create(_ => { });
        var database = Database.Open(databasePath, TimeProvider.System);
        await using var machine = new Machine(configuration, database, () => { }, new NoActivity(), logs);
        using var plain = new PlainLook(configuration, machine.Bus, databasePath);
        var pass = new Pass(machine.Outside, new Interpreter(machine.Outside, new NoFault()));
        var looked = await pass.Look(TimeProvider.System.GetUtcNow(), cancellation);
        if (!looked.Look.Plan.IsEmpty)
        {
            await Console.Error.WriteLineAsync("There is something to do here, so that a pass would change the host.");
            return 1;
        }
        var deployments = looked.Look.Desired.Branches.Sum(branch => branch.Deployments.Count);
        Console.WriteLine($"{deployments} deployments; medians of {rounds} rounds in turns, after {RoundsBefore} more");
        await Compare(pass, plain, rounds, cancellation);
        await Divide(machine, database, plain, looked.Look, rounds, cancellation);
        return 0;
    }

    private static async Task Compare(Pass pass, PlainLook plain, int rounds, CancellationToken cancellation)
    {
        var whole = new Subject("a pass with nothing to do", () => Pass(pass, cancellation));
        var together = new Subject("listing + GET + SELECT, at once", plain.All);
        var inTurn = new Subject("listing + GET + SELECT, in turn", plain.OneAfterTheOther);
        Subject[] subjects = [whole, together, inTurn];
        await Subject.Measure(subjects, rounds, RoundsBefore);
        Print(subjects);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"ratio  {whole.Milliseconds / together.Milliseconds:0.00} (at once)  {whole.Milliseconds / inTurn.Milliseconds:0.00} (in turn)"
            )
        );
    }

    private static async Task Pass(Pass pass, CancellationToken cancellation)
    {
        var result = await pass.Run(TimeProvider.System.GetUtcNow(), cancellation);
        if (!result.Reports.IsEmpty)
            throw new InvalidOperationException("A pass did something.");
    }

    // What is measured is what a pass calls, so that the sum can be held against the whole.
    private static async Task Divide(
        Machine machine,
        Database database,
        PlainLook plain,
        Look look,
        int rounds,
        CancellationToken cancellation
    )
    {
        var outside = machine.Outside;
        var reader = new DesiredReader();
        Desired Again(Session session) => reader.Read(session, look.Desired.Settings);
        var units = look.Observed.Units.Match(known => known, _ => throw new InvalidOperationException("no units"));
        var sight = new Sight(look.Desired, look.Observed);
        var wanted = look.Desired.Branches.Bind(Wanted.Units).Strict();
        Subject[] subjects =
        [
            new("systemd: plain listing", plain.List),
            new("systemd: listing as units of ours", () => outside.Systemd.ListUnits(cancellation)),
            new("Caddy: plain GET", plain.Get),
            new("Caddy: routing", () => outside.Caddy.Routing(cancellation)),
            new("SQLite: plain SELECT", () => plain.Select()),
            new("SQLite: nothing changed", () => outside.Store.Read(cancellation)),
            new("SQLite: read again after a change", () => database.Read(Again, cancellation)),
            new("disk: roots", () => outside.Nix.Roots(cancellation)),
            new("disk: state directories", () => outside.Files.StateDirectories(cancellation)),
            new("disk: build directories", () => outside.Files.BuildDirectories(cancellation)),
            new("core: inquiry", () => Done(Inquiry.Of(look.Desired, units))),
            new("core: plan", () => Done(Planner.Plan(look.Desired, look.Observed))),
            new("core: plan: sight", () => Done(new Sight(look.Desired, look.Observed))),
            new("core: plan: branches", () => Done(Branches(sight))),
            new("core: plan: ports", () => Done(PortPlanner.GiveBack(sight, wanted).Strict())),
            new("core: plan: roots", () => Done(RootPlanner.Plan(sight).Strict())),
            new("core: plan: routes", () => Done(RoutePlanner.Plan(sight))),
            new("core: plan: orphans", () => Done(OrphanPlanner.Plan(sight))),
            new("core: lint", () => Done(Lint.Check(look.Plan, look.Desired))),
        ];
        await Subject.Measure(subjects, rounds, RoundsBefore);
        Console.WriteLine();
        Print(subjects);
    }

    private static Seq<Part> Branches(Sight sight) =>
        sight.Desired.Branches.Bind(branch => BranchPlanner.Plan(sight, branch, Map<UnitName, Port>())).Strict();

    private static Task Done<T>(T result)
    {
        GC.KeepAlive(result);
        return Task.CompletedTask;
    }

    private static void Print(IEnumerable<Subject> subjects)
    {
        Console.WriteLine($"{"", -36}{"wall ms", 10}{"processor ms", 14}{"allocated KiB", 15}");
        foreach (var subject in subjects)
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{subject.Name, -36}{subject.Milliseconds, 10:0.000}{subject.ProcessorMilliseconds, 14:0.000}{subject.AllocatedKibibytes, 15:0}"
                )
            );
    }
}
