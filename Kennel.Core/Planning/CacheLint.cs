using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>No plan empties a cache that is in use, takes it away, or gives one to two.</summary>
internal static class CacheLint
{
    public static Seq<string> Check(Seq<Action> actions, Desired desired) =>
        Joined(Losses(actions, InUse(desired)), GivenTwice(actions)).Strict();

    private static Seq<Resource.Valkey> InUse(Desired desired) =>
        desired
            .Branches.Filter(branch => !branch.IsLeaving)
            .Bind(branch => branch.Resources)
            .Filter(row => row.State == ResourceState.Present)
            .Bind(row => row.Resource is Resource.Valkey it ? Seq1(it) : Empty)
            .Strict();

    private static Seq<string> Losses(Seq<Action> actions, Seq<Resource.Valkey> inUse) =>
        actions.Bind(action =>
            action switch
            {
                Action.EmptyCache empty when inUse.Exists(it => it.Database == empty.Database) => Seq1(
                    $"Valkey's database {empty.Database} would be emptied and its branch was not removed"
                ),
                Action.DropCacheUser drop when inUse.Exists(it => it.User == drop.User) => Seq1(
                    $"the user {drop.User} of Valkey would be removed and its branch was not"
                ),
                _ => Seq<string>(),
            }
        );

    private static Seq<string> GivenTwice(Seq<Action> actions) =>
        actions
            .Bind(action => action is Action.AdmitCacheUser admit ? Seq1(admit) : Empty)
            .GroupBy(admit => admit.Database)
            .Where(group => group.Select(admit => admit.User).Distinct().Count() > 1)
            .Select(group => $"Valkey's database {group.Key} would be given to two")
            .ToSeq();
}
