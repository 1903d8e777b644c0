using Kennel.Core.Planning;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Core.Views;

/// <summary>What Kennel would clear away.</summary>
/// <param name="LookedAt">When everything was looked at.</param>
/// <param name="Steps">What nothing refers to any more: it goes by itself, and at once with <c>kennel gc</c>.</param>
/// <param name="Orphans">What carries Kennel's mark and is not this database's: it goes only when a person says so.</param>
public sealed record GarbageView(DateTimeOffset LookedAt, Seq<StepView> Steps, Seq<string> Orphans)
{
    /// <summary>The view of a look.</summary>
    public static GarbageView Of(Look look) =>
        new(
            look.Observed.Now,
            look.Plan.Actions.Filter(step => IsClearing(step.Action)).Map(StepView.Of),
            OrphanPlanner
                .Find(new Sight(look.Desired, look.Observed))
                .Map(orphan => orphan.Title)
                .Order(StringComparer.Ordinal)
                .ToSeq()
                .Strict()
        );

    private static bool IsClearing(Action action) =>
        action
            is Action.RemoveFile
                or Action.RemoveRoot
                or Action.RemoveBuildDirectory
                or Action.CollectGarbage
                or Action.ResetUnit
                or Action.ForgetLease;
}
