using Kennel.Core.Domain;
using Kennel.Core.Units;

namespace Kennel.Core.Planning;

/// <summary>
/// The databases of previews, which may start as copies. One that was begun is complete when the ledger says so and not
/// before: whatever came in between, it is dropped and begun anew. A clone is dumped by Kennel, and restored in a unit of
/// the preview's own user, in one transaction.
/// </summary>
public static class CopyPlanner
{
    private static readonly TimeSpan Timeout = TimeSpan.FromHours(2);

    /// <summary>Why the releases that need a copy cannot have it, if they cannot: those on trial fail for it.</summary>
    /// <param name="sight">Desired and observed.</param>
    /// <param name="branch">The preview.</param>
    /// <param name="seen">What PostgreSQL has.</param>
    /// <param name="wanted">The units that need the database.</param>
    public static Option<Part> Refusal(
        Sight sight,
        DesiredBranch branch,
        ObservedDatabases seen,
        Seq<WantedUnit> wanted
    ) =>
        from newest in Newest(wanted)
        let start = newest.Specification.DatabaseStart
        from reason in CopySource.Obstacle(sight, branch, seen, start)
        let cause = new Cause.CopyRefused(start, reason)
        select CopySource.IsComing(sight, branch, start)
            ? Part.Block(branch.Subject, new BlockedBy.NoCopy(cause.Describe()))
            : Refuse(sight, branch, wanted, cause, None);

    /// <summary>The next steps towards a database that is complete, the record of it included.</summary>
    /// <param name="sight">Desired and observed.</param>
    /// <param name="branch">The preview.</param>
    /// <param name="resource">Its database.</param>
    /// <param name="seen">What PostgreSQL has.</param>
    /// <param name="wanted">The units that need it; not refused.</param>
    /// <param name="extensions">The extensions that they need.</param>
    public static Part Fill(
        Sight sight,
        DesiredBranch branch,
        Resource.Postgres resource,
        ObservedDatabases seen,
        Seq<WantedUnit> wanted,
        Set<ExtensionName> extensions
    )
    {
        var stale = Stale(sight, branch, wanted);
        Part End(Part making) =>
            ResourcePlanner.Begin(
                branch,
                resource,
                making + DatabasePlanner.AddExtensions(sight, branch, resource.Database, extensions)
            );
        Part Begin(Option<TemplateName> template) =>
            DatabasePlanner.BeginAnew(sight, branch, resource.Database, seen, template) is var begun && begun.IsThere
                ? End(begun.Part)
                : begun.Part;
        return !stale.IsEmpty
            ? Part.Concat(stale.Map(unit => Part.Wait(branch.Subject, new WaitingOn.UnitChange(unit.Name, unit.State))))
            : Newest(wanted)
                .Match(
                    newest =>
                        newest.Specification.DatabaseStart switch
                        {
                            PreviewDatabase.Empty => Begin(None),
                            PreviewDatabase.Template it => Begin(it.Name),
                            PreviewDatabase.CloneOf it => CopySource
                                .Of(sight, branch, it)
                                .Match(
                                    source => Clone(sight, branch, resource, seen, wanted, newest, source, End),
                                    () => Part.Nothing
                                ),
                            _ => throw new System.Diagnostics.UnreachableException(),
                        },
                    () => Part.Nothing
                );
    }

    /// <summary>What is left of copies that are complete, or not wanted any more.</summary>
    /// <param name="sight">Desired and observed.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="wanted">The units that need its database.</param>
    public static Part Tidy(Sight sight, DesiredBranch branch, Seq<WantedUnit> wanted)
    {
        if (branch.Environment != DeployEnvironment.Preview)
            return Part.Nothing;
        var needed = NeededDump(sight, branch, wanted);
        return Part.Concat(
                Stale(sight, branch, wanted).Map(unit => Retirement.Of(branch.Subject, unit, () => None, sight.Now))
            )
            + (
                sight.Observed.Dumps.ToOption().IsSome
                    ? DumpPlanner.RemoveCopies(sight, branch, needed, "no database is filled with it any more")
                    : Part.Nothing
            );
    }

    /// <summary>The dumps that are left of copies for a branch that was removed; nothing where there are none.</summary>
    public static Part Remove(Sight sight, DesiredBranch branch) =>
        branch.Environment == DeployEnvironment.Preview
            ? DumpPlanner.RemoveCopies(sight, branch, None, "the branch was removed")
            : Part.Nothing;

    private static Part Clone(
        Sight sight,
        DesiredBranch branch,
        Resource.Postgres resource,
        ObservedDatabases seen,
        Seq<WantedUnit> wanted,
        WantedUnit newest,
        CopySource source,
        Func<Part, Part> end
    ) =>
        sight
            .CopiesOf(branch)
            .Find(unit => unit.Name == UnitOf(sight, newest))
            .Match(
                unit => Follow(sight, branch, resource, seen, wanted, newest, unit, end),
                () =>
                    DumpPlanner.ForCopy(sight, branch, source.Database, source.Dump(resource.Database)) is var dump
                    && dump.IsDone
                        ? Restore(sight, branch, resource, seen, wanted, newest, source)
                        : dump.Part
            );

    private static Part Follow(
        Sight sight,
        DesiredBranch branch,
        Resource.Postgres resource,
        ObservedDatabases seen,
        Seq<WantedUnit> wanted,
        WantedUnit newest,
        ObservedUnit unit,
        Func<Part, Part> end
    )
    {
        var start = newest.Specification.DatabaseStart;
        return unit.State switch
        {
            UnitState.Running => DatabasePlanner.IsUsable(sight, branch, resource.Database, seen)
                ? end(Part.Nothing)
                : Part.Step(branch.Subject, new Action.StopUnit(unit.Name), "the database that it filled is gone"),
            UnitState.Failed => unit.Detail.Match(
                detail =>
                    Refuse(
                        sight,
                        branch,
                        wanted,
                        new Cause.CopyFailed(start, detail.Result, detail.ExitStatus),
                        Some(unit.Name)
                    ),
                () => Part.Wait(branch.Subject, new WaitingOn.UnitChange(unit.Name, unit.State))
            ),
            _ => Part.Wait(branch.Subject, new WaitingOn.Copy(start, unit.Name)),
        };
    }

    // While the unit is there, the database is neither dropped nor made: what it filled is what is there.
    private static Part Restore(
        Sight sight,
        DesiredBranch branch,
        Resource.Postgres resource,
        ObservedDatabases seen,
        Seq<WantedUnit> wanted,
        WantedUnit newest,
        CopySource source
    )
    {
        var unit = UnitOf(sight, newest);
        var error = BackOff.GaveUp(sight.Desired, unit);
        if (error.IsSome)
            return Refuse(sight, branch, wanted, new Cause.StartFailed(error.IfNone("")), Some(unit));
        var (begun, isThere) = DatabasePlanner.BeginAnew(sight, branch, resource.Database, seen, None);
        return isThere ? begun + Start(sight, branch, resource, newest, source) : begun;
    }

    private static Part Start(
        Sight sight,
        DesiredBranch branch,
        Resource.Postgres resource,
        WantedUnit newest,
        CopySource source
    ) =>
        (
            from role in branch.Role
            from settings in sight.Settings.Resources.Postgres
            select Part.Step(
                branch.Subject,
                new Action.StartUnit(
                    UnitOf(sight, newest),
                    CopyUnit.AtStart(
                        sight.Settings.Restore,
                        settings.SocketDirectory,
                        role,
                        resource.Database,
                        source.Dump(resource.Database),
                        branch.Project.Name,
                        branch.Branch,
                        $"{newest.Specification.DatabaseStart} for {branch.Title} [{sight.Settings.Instance}]",
                        Timeout
                    )
                ),
                $"its database starts as {newest.Specification.DatabaseStart}"
            )
        ).IfNone(Part.Nothing);

    // A release on trial fails for it; what proved good once waits.
    private static Part Refuse(
        Sight sight,
        DesiredBranch branch,
        Seq<WantedUnit> wanted,
        Cause cause,
        Option<UnitName> unit
    )
    {
        var onTrial = wanted.Filter(one => one.Release.Outcome is Outcome.Untried).Strict();
        // While a row cannot be read, the branch that is missing may be in it.
        return onTrial.IsEmpty || !sight.Desired.Damage.IsEmpty
            ? Part.Block(branch.Subject, new BlockedBy.NoCopy(cause.Describe()))
            : Part.Concat(
                onTrial.Map(one =>
                    Part.Step(
                        branch.Subject,
                        new Action.RecordRejected(one.Release.Id, unit, cause, sight.Now),
                        cause.Describe().Sentence
                    )
                )
            );
    }

    private static Seq<ObservedUnit> Stale(Sight sight, DesiredBranch branch, Seq<WantedUnit> wanted)
    {
        var needed = IsToBeFilled(branch) ? Newest(wanted).Map(newest => UnitOf(sight, newest)) : None;
        return sight.CopiesOf(branch).Filter(unit => Some(unit.Name) != needed).Strict();
    }

    private static Option<DumpName> NeededDump(Sight sight, DesiredBranch branch, Seq<WantedUnit> wanted) =>
        from newest in IsToBeFilled(branch) ? Newest(wanted) : None
        from clone in newest.Specification.DatabaseStart is PreviewDatabase.CloneOf it ? Some(it) : None
        from source in CopySource.Of(sight, branch, clone)
        from database in branch.Database
        select source.Dump(database);

    private static bool IsToBeFilled(DesiredBranch branch) =>
        !branch.Resources.Exists(row =>
            row.Resource.Kind == ResourceKind.Postgres && row.State != ResourceState.Wanted
        );

    private static Option<WantedUnit> Newest(Seq<WantedUnit> wanted) =>
        wanted.OrderByDescending(unit => unit.Release.Id.Value).ToSeq().HeadOrNone();

    private static UnitName UnitOf(Sight sight, WantedUnit newest) =>
        UnitName.OfCopy(sight.Settings.Instance, newest.Branch.Id, newest.Release.Id);
}
