using Kennel.Core.Planning;
using Kennel.Core.Ports;

namespace Kennel.Shell.Reconcile;

/// <summary>What one pass saw, planned and did.</summary>
/// <param name="Look">What was wanted, seen and planned.</param>
/// <param name="Findings">Rules that the plan broke; it was not executed then.</param>
/// <param name="Reports">How each executed action ended.</param>
public sealed record PassResult(Look Look, Seq<string> Findings, Seq<ActionReport> Reports)
{
    /// <summary>Whether anything happened, so that another look may find more to do.</summary>
    public bool ChangedSomething => Reports.Exists(report => report.Effect is not Effect.Failed);
}

/// <summary>Observe, plan, execute, record: once. It takes no event and keeps nothing.</summary>
public sealed class Pass(Outside outside, Interpreter interpreter)
{
    private readonly Observer observer = new(outside);

    /// <summary>Looks and plans, and changes nothing.</summary>
    public async Task<PassResult> Look(DateTimeOffset now, CancellationToken cancellation)
    {
        var desired = await outside.Store.Read(cancellation);
        var observed = await observer.Look(desired, now, cancellation);
        var plan = Planner.Plan(desired, observed);
        var findings = Lint.Check(plan, desired);
        return new PassResult(new Look(desired, observed, Lint.Tell(plan, findings)), findings, Seq<ActionReport>());
    }

    /// <summary>One whole pass. With nothing to do it writes nothing anywhere.</summary>
    public async Task<PassResult> Run(DateTimeOffset now, CancellationToken cancellation)
    {
        var looked = await Look(now, cancellation);
        if (looked.Look.Plan.IsEmpty || !looked.Findings.IsEmpty)
            return looked;
        var strands = await Task.WhenAll(looked.Look.Plan.Strands.Map(strand => Follow(strand, cancellation)));
        var routes = await Task.WhenAll(looked.Look.Plan.Routes.Map(step => Take(step, cancellation)));
        var reports = Joined(Joined(strands), Joined(routes.ToSeq()));
        await outside.Store.Note(reports, now, cancellation);
        return looked with { Reports = reports };
    }

    private async Task<Seq<ActionReport>> Follow(Strand strand, CancellationToken cancellation)
    {
        var reports = Seq<ActionReport>();
        foreach (var step in strand.Steps)
        {
            var report = await Take(step, cancellation);
            reports = reports.Add(report);
            if (report.Effect is not Effect.Done)
                break;
        }
        return reports;
    }

    private async Task<ActionReport> Take(PlannedAction step, CancellationToken cancellation) =>
        new(step, await interpreter.Execute(step.Action, cancellation));
}
