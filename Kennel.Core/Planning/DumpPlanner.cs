using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>
/// Dumps the databases of production and staging before a new release is tried on them and before they go, and keeps the
/// newest of them. The file is the record: what is there is not made again.
/// </summary>
public static class DumpPlanner
{
    private const string System = "database dumps";

    /// <summary>The dump before the releases of a build are tried; nothing where there is nothing to lose.</summary>
    /// <param name="sight">Desired and observed.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="database">Its database.</param>
    /// <param name="release">One of the releases.</param>
    /// <returns>What is to be done, and whether the releases may be tried.</returns>
    public static (Part Part, bool IsDone) BeforeBuild(
        Sight sight,
        DesiredBranch branch,
        DatabaseName database,
        Release release
    ) =>
        branch.Deployments.Exists(deployment => deployment.Serving.IsSome)
            ? Make(
                sight,
                branch,
                database,
                DumpName.BeforeBuild(database, release.Build, release.Commit),
                $"build {release.Build.Value} is about to be tried on its data"
            )
            : (Part.Nothing, IsDone: true);

    /// <summary>The dump before a database goes with its branch.</summary>
    public static (Part Part, bool IsDone) BeforeRemoval(
        Sight sight,
        DesiredBranch branch,
        DatabaseName database,
        Removal removal
    ) =>
        Make(
            sight,
            branch,
            database,
            DumpName.BeforeRemoval(database, branch.Id, removal.At),
            "its database is about to go with the branch"
        );

    /// <summary>The dump before a database is made anew.</summary>
    public static (Part Part, bool IsDone) BeforeReset(Sight sight, DesiredBranch branch, ObservedDatabase database) =>
        Make(
            sight,
            branch,
            database.Name,
            DumpName.BeforeReset(database.Name, database.Number),
            "its database is about to be made anew"
        );

    /// <summary>What the database of a preview is to be filled with.</summary>
    /// <param name="sight">Desired and observed.</param>
    /// <param name="branch">The preview.</param>
    /// <param name="source">The database that is dumped.</param>
    /// <param name="name">The dump.</param>
    public static (Part Part, bool IsDone) ForCopy(
        Sight sight,
        DesiredBranch branch,
        DatabaseName source,
        DumpName name
    ) => MakeNow(sight, branch, source, name, "the database of a preview is to start with what it has");

    /// <summary>The dumps that were made to fill a branch's database and are of no more use.</summary>
    /// <param name="sight">Desired and observed.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="needed">The one that is still needed.</param>
    /// <param name="reason">Why they go.</param>
    public static Part RemoveCopies(Sight sight, DesiredBranch branch, Option<DumpName> needed, string reason) =>
        sight.Observed.Dumps.Match(
            known: dumps =>
                Part.Concat(
                    dumps
                        .Filter((name, _) => IsCopyFor(branch, name) && Some(name) != needed)
                        .Pairs.Map(pair =>
                            pair.Value switch
                            {
                                DumpState.Done => Part.Step(branch.Subject, new Action.RemoveDump(pair.Key), reason),
                                DumpState.Running => Part.Wait(branch.Subject, new WaitingOn.DumpEnd(pair.Key)),
                                DumpState.Failed => Part.Nothing,
                                _ => throw new global::System.Diagnostics.UnreachableException(),
                            }
                        )
                ),
            unknown: why => Blind(branch, why)
        );

    private static bool IsCopyFor(DesiredBranch branch, DumpName name) =>
        name.IsForCopy && branch.Resources.Exists(row => row.Resource.Name == name.Database);

    /// <summary>What is older than the newest dumps of its database goes.</summary>
    public static Seq<Part> Retire(Sight sight) =>
        sight.Observed.Dumps.Match(
            dumps =>
                Done(dumps)
                    .Filter(dump => !dump.Name.IsForCopy)
                    .GroupBy(dump => dump.Name.Database, StringComparer.Ordinal)
                    .SelectMany(group => Old(group, sight.Settings.DumpsKept, sight.Now))
                    .Select(dump =>
                        Part.Step(
                            new Subject.Host(),
                            new Action.RemoveDump(dump),
                            $"there are {sight.Settings.DumpsKept} newer ones of the database"
                        )
                    )
                    .ToSeq()
                    .Strict(),
            _ => Seq<Part>()
        );

    // Where none are to be made any more, those that there are stay; and where the clock was ahead, nobody knows which is new.
    private static IEnumerable<DumpName> Old(
        IEnumerable<(DumpName Name, DateTimeOffset At)> dumps,
        int kept,
        DateTimeOffset now
    ) =>
        kept == 0 || dumps.Any(dump => dump.At > now)
            ? []
            : dumps
                .OrderByDescending(dump => dump.At)
                .ThenByDescending(dump => dump.Name)
                .Skip(kept)
                .Select(dump => dump.Name);

    private static Seq<(DumpName Name, DateTimeOffset At)> Done(Map<DumpName, DumpState> dumps) =>
        dumps
            .Pairs.ToSeq()
            .Bind(pair =>
                pair.Value is DumpState.Done done ? Seq1((pair.Key, done.At)) : Seq<(DumpName, DateTimeOffset)>()
            )
            .Strict();

    private static (Part Part, bool IsDone) Make(
        Sight sight,
        DesiredBranch branch,
        DatabaseName database,
        DumpName name,
        string reason
    ) =>
        sight.Settings.DumpsKept > 0 && branch.Environment is DeployEnvironment.Prod or DeployEnvironment.Staging
            ? MakeNow(sight, branch, database, name, reason)
            : (Part.Nothing, IsDone: true);

    private static (Part Part, bool IsDone) MakeNow(
        Sight sight,
        DesiredBranch branch,
        DatabaseName database,
        DumpName name,
        string reason
    ) =>
        sight.Observed.Dumps.Match(
            known: dumps =>
                dumps
                    .Find(name)
                    .Match(
                        state => Follow(sight, branch, database, name, state, reason),
                        () => (Start(branch, database, name, reason), IsDone: false)
                    ),
            unknown: why => (Blind(branch, why), IsDone: false)
        );

    private static Part Blind(DesiredBranch branch, string reason) =>
        Part.Wait(branch.Subject, new WaitingOn.Sight(System, reason));

    private static (Part Part, bool IsDone) Follow(
        Sight sight,
        DesiredBranch branch,
        DatabaseName database,
        DumpName name,
        DumpState state,
        string reason
    ) =>
        state switch
        {
            DumpState.Done => (Part.Nothing, IsDone: true),
            DumpState.Running => (Part.Wait(branch.Subject, new WaitingOn.Dump(database)), IsDone: false),
            DumpState.Failed failed => (Again(sight, branch, database, name, failed, reason), IsDone: false),
            _ => throw new global::System.Diagnostics.UnreachableException(),
        };

    private static Part Again(
        Sight sight,
        DesiredBranch branch,
        DatabaseName database,
        DumpName name,
        DumpState.Failed failed,
        string reason
    )
    {
        var error = failed.Cause.Describe().Sentence;
        var until = BackOff.Until(new Attempts(failed.Failures, failed.At, error), sight.Settings.Periods);
        return until <= sight.Now
            ? Start(branch, database, name, reason)
            : Part.WaitUntil(
                branch.Subject,
                new WaitingOn.Retry($"the dump of the database {database}", error, until),
                until
            );
    }

    private static Part Start(DesiredBranch branch, DatabaseName database, DumpName name, string reason) =>
        Part.Step(branch.Subject, new Action.StartDump(database, name), reason);
}
