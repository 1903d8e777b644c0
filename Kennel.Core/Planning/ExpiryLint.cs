using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>Rules about expiry that every plan keeps, whatever it was made from.</summary>
internal static class ExpiryLint
{
    /// <summary>What is wrong: what may never expire would, or more than one branch would go at once.</summary>
    public static Seq<string> Check(Seq<Action> actions, Desired desired)
    {
        var spared = toSet(desired.Branches.Filter(one => !ExpiryPlanner.MayExpire(one)).Map(one => one.Id));
        var going = actions.Filter(action => action is Action.ExpireBranch).Count;
        return Joined(
            actions
                .Bind(action => Expiring(action).ToSeq())
                .Filter(spared.Contains)
                .Map(id => $"branch {id.Value} would expire and may not"),
            going > 1 ? Seq1($"{going} branches would expire at once") : Seq<string>()
        );
    }

    private static Option<BranchId> Expiring(Action action) =>
        action switch
        {
            Action.MarkExpiring it => it.Branch,
            Action.Hibernate it => it.Branch,
            Action.ExpireBranch it => it.Branch,
            _ => None,
        };
}
