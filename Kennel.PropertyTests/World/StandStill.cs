using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.World;

/// <summary>What a deployment serves, and whether its branch may move.</summary>
/// <param name="Deployment">The deployment.</param>
/// <param name="Serving">The release it serves, if any.</param>
/// <param name="Build">The build that release came from.</param>
/// <param name="Pin">The build that its branch is pinned to.</param>
/// <param name="PinHasIt">Whether that build has the component.</param>
/// <param name="IsLocked">Whether its project is locked.</param>
public sealed record ServingRow(
    long Deployment,
    Option<long> Serving,
    Option<long> Build,
    Option<long> Pin,
    bool PinHasIt,
    bool IsLocked
);

/// <summary>
/// A pinned or locked branch does not move: after every effect, what it serves is what it served before, or what it is
/// pinned to; and while its project is locked nothing is built.
/// </summary>
/// <param name="read">What is served.</param>
public sealed class StandStill(Func<Seq<ServingRow>> read)
{
    private Map<long, Option<long>> before;

    /// <summary>What is wrong after this effect.</summary>
    public Seq<string> Check(Action action, Effect effect)
    {
        // Nothing else can change what is served.
        if (
            action is not (Action.RecordServing or Action.ForgetDeployment or Action.ForgetBranch or Action.RecordBuilt)
        )
            return effect is Effect.Done && action is Action.RecordBuilding ? Began() : Seq<string>();
        var rows = read();
        var moved = rows.Filter(row => before.Find(row.Deployment).Exists(serving => serving != row.Serving));
        before = toMap(rows.Map(row => (row.Deployment, row.Serving)));
        return moved
            .Filter(row => !MayMove(row))
            .Map(row => $"deployment {row.Deployment} moved to {row.Build}: {row}");
    }

    private Seq<string> Began() =>
        read().Exists(row => row.IsLocked) ? Seq1("a build began and the project is locked") : Seq<string>();

    private static bool MayMove(ServingRow row) =>
        !row.IsLocked && row.Pin.ForAll(pin => row.Build.Match(build => build == pin, () => !row.PinHasIt));
}
