using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>No plan drops data of a branch that was not removed, or that nobody gave up or wanted anew.</summary>
internal static class ResourceLint
{
    public static Seq<string> Check(Seq<Action> actions, Desired desired) =>
        Joined(
                Drops(actions, desired),
                Rows(actions, desired),
                MadeTwice(actions),
                CacheLint.Check(actions, desired),
                BucketLint.Check(actions, desired)
            )
            .Strict();

    private static Seq<string> Drops(Seq<Action> actions, Desired desired) =>
        actions.Bind(action =>
            action switch
            {
                Action.DropDatabase drop when !MayGo(desired, drop) => Seq1(
                    $"the database {drop.Database} would be dropped and its branch was not removed"
                ),
                Action.DropRole drop when Keepers(desired).Exists(branch => branch.Role == Some(drop.Role)) => Seq1(
                    $"the role {drop.Role} would be dropped and its branch was not removed"
                ),
                _ => Seq<string>(),
            }
        );

    // What somebody gave up may have the name that a branch waits for.
    private static bool MayGo(Desired desired, Action.DropDatabase drop) =>
        desired.GivenUp.Contains(Orphan.TitleOf(drop.Database))
        || Owner(desired, drop.Database).Exists(branch => branch.IsLeaving || IsMadeAnew(branch, drop.Database));

    // A preview's that was never complete is begun anew whenever it was begun.
    private static bool IsMadeAnew(DesiredBranch branch, DatabaseName database) =>
        branch.Resources.Exists(row =>
            row.Resource == new Resource.Postgres(database)
            && (
                row.State == ResourceState.Leaving
                || (branch.Environment == DeployEnvironment.Preview && row.State == ResourceState.Wanted)
            )
        );

    private static Option<DesiredBranch> Owner(Desired desired, DatabaseName database) =>
        desired.Branches.Find(branch =>
            branch.Resources.Exists(row => row.Resource == new Resource.Postgres(database))
        );

    private static Seq<DesiredBranch> Keepers(Desired desired) =>
        desired.Branches.Filter(branch =>
            !branch.IsLeaving && branch.Resources.Exists(row => row.Resource.Kind == ResourceKind.Postgres)
        );

    private static Seq<string> Rows(Seq<Action> actions, Desired desired) =>
        actions.Bind(action =>
            action is Action.ForgetResource forget
            && desired.Branches.Exists(branch => branch.Id == forget.Branch && !branch.IsLeaving)
                ? Seq1($"{forget.Resource} would be forgotten and its branch was not removed")
                : Seq<string>()
        );

    private static Seq<string> MadeTwice(Seq<Action> actions) =>
        actions
            .Bind(action => action is Action.CreateDatabase create ? Seq1(create.Database) : Seq<DatabaseName>())
            .GroupBy(name => name)
            .Where(group => group.Count() > 1)
            .Select(group => $"the database {group.Key} would be made twice")
            .ToSeq();
}
