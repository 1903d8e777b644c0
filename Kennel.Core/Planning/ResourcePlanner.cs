using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>What a branch's data services are about, in one pass.</summary>
/// <param name="Parts">What is to be done about them.</param>
/// <param name="Usable">The kinds that may be used now.</param>
/// <param name="IsHeld">Whether new releases wait until what they could spoil is in safety.</param>
public sealed record ResourceTurn(Seq<Part> Parts, Set<ResourceKind> Usable, bool IsHeld)
{
    /// <summary>The extensions that its database has.</summary>
    public Set<ExtensionName> Extensions { get; init; }

    /// <summary>Whether a unit may be started, as far as its data services are concerned.</summary>
    public bool Allows(WantedUnit wanted) =>
        wanted.Specification.Resources.IsSubsetOf(Usable)
        && wanted.Specification.Extensions.IsSubsetOf(Extensions)
        && !(IsHeld && wanted.Release.Outcome is Outcome.Untried && !wanted.Specification.Resources.IsEmpty);
}

/// <summary>
/// The data services of branches. A row of the ledger comes before anything is made, and what a unit needs is complete
/// before it is started; at the end all of it goes before the row. What cannot be seen is neither made nor removed, and
/// holds up only the units that need it.
/// </summary>
public static class ResourcePlanner
{
    /// <summary>What the units of a living branch need.</summary>
    /// <param name="sight">Desired and observed.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="wanted">The units it should have.</param>
    /// <param name="units">The units there are.</param>
    public static ResourceTurn Plan(
        Sight sight,
        DesiredBranch branch,
        Seq<WantedUnit> wanted,
        Map<UnitName, ObservedUnit> units
    )
    {
        var needed = wanted.Bind(unit => unit.Specification.Resources.ToSeq()).Distinct().Order().ToSeq().Strict();
        var turns = needed
            .Map(kind =>
                (
                    Kind: kind,
                    Turn: Keep(
                        sight,
                        branch,
                        kind,
                        units,
                        toSet(wanted.Bind(unit => unit.Specification.Extensions.ToSeq()).Distinct()),
                        Needing(wanted, kind),
                        Needing(wanted, kind).Filter(unit => !units.ContainsKey(unit.Unit))
                    )
                )
            )
            .Strict();
        var usable = toSet(turns.Filter(one => one.Turn.IsUsable).Map(one => one.Kind));
        var dump = usable.Contains(ResourceKind.Postgres)
            ? Dump(sight, branch, wanted, units)
            : (Part: Part.Nothing, IsDone: true);
        var left = CopyPlanner.Tidy(sight, branch, Needing(wanted, ResourceKind.Postgres));
        return new ResourceTurn(Joined(turns.Map(one => one.Turn.Part), Seq(dump.Part, left)), usable, !dump.IsDone)
        {
            Extensions = Extensions(sight, branch),
        };
    }

    private static Seq<WantedUnit> Needing(Seq<WantedUnit> wanted, ResourceKind kind) =>
        wanted.Filter(unit => unit.Specification.Resources.Contains(kind)).Strict();

    private static Set<ExtensionName> Extensions(Sight sight, DesiredBranch branch) =>
        (
            from name in branch.Database
            from database in sight.Observed.Databases.Match(seen => seen.Databases.Find(name), _ => None)
            select database.Extensions
        ).IfNone(Set<ExtensionName>());

    private static (Part Part, bool IsDone) Dump(
        Sight sight,
        DesiredBranch branch,
        Seq<WantedUnit> wanted,
        Map<UnitName, ObservedUnit> units
    ) =>
        (
            from unit in wanted.Find(unit =>
                unit.Release.Outcome is Outcome.Untried
                && unit.Specification.Resources.Contains(ResourceKind.Postgres)
                && !units.ContainsKey(unit.Unit)
            )
            from database in branch.Database
            select DumpPlanner.BeforeBuild(sight, branch, database, unit.Release)
        ).IfNone((Part.Nothing, IsDone: true));

    /// <summary>The next step towards the end of what a removed branch has; none where the ledger has nothing of it.</summary>
    public static Option<Part> Remove(Sight sight, DesiredBranch branch) =>
        branch.Resources.IsEmpty ? None : Some(Part.Concat(branch.Resources.Map(row => Remove(sight, branch, row))));

    private static (Part Part, bool IsUsable) Keep(
        Sight sight,
        DesiredBranch branch,
        ResourceKind kind,
        Map<UnitName, ObservedUnit> units,
        Set<ExtensionName> extensions,
        Seq<WantedUnit> wanted,
        Seq<WantedUnit> awaiting
    ) =>
        kind switch
        {
            ResourceKind.Valkey when CacheInstancePlanner.IsFor(sight, branch) => CacheInstancePlanner.Keep(
                sight,
                branch,
                units
            ),
            ResourceKind.Valkey => CachePlanner.Keep(sight, branch, awaiting),
            ResourceKind.Garage => BucketPlanner.Keep(sight, branch, awaiting),
            ResourceKind.Postgres => sight.Observed.Databases.Match(
                known: seen => Keep(sight, branch, seen, wanted, extensions),
                unknown: reason =>
                    (awaiting.IsEmpty ? Part.Nothing : Blind(branch, DatabasePlanner.System, reason), IsUsable: false)
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static (Part Part, bool IsUsable) Keep(
        Sight sight,
        DesiredBranch branch,
        ObservedDatabases seen,
        Seq<WantedUnit> wanted,
        Set<ExtensionName> extensions
    ) =>
        branch
            .Resources.Find(row => row.Resource.Kind == ResourceKind.Postgres)
            .Match(
                row =>
                    row.Resource switch
                    {
                        Resource.Postgres it when row.State == ResourceState.Leaving => (
                            Renew(sight, branch, it, seen),
                            false
                        ),
                        Resource.Postgres it => (
                            row.State == ResourceState.Wanted
                                ? Make(sight, branch, it, seen, wanted, extensions)
                                : DatabasePlanner.Complete(
                                    sight,
                                    branch,
                                    it.Database,
                                    seen,
                                    mayCreate: false,
                                    extensions
                                ),
                            row.State == ResourceState.Present
                                && DatabasePlanner.IsUsable(sight, branch, it.Database, seen)
                        ),
                        _ => throw new System.Diagnostics.UnreachableException(),
                    },
                () =>
                    branch.Database.Match(
                        name =>
                            (
                                Recorded(sight, branch, new Resource.Postgres(name), seen, wanted, extensions),
                                IsUsable: false
                            ),
                        () => (Blind(branch, DatabasePlanner.System, "its database has no name yet"), IsUsable: false)
                    )
            );

    private static Part Recorded(
        Sight sight,
        DesiredBranch branch,
        Resource.Postgres resource,
        ObservedDatabases seen,
        Seq<WantedUnit> wanted,
        Set<ExtensionName> extensions
    ) =>
        IsFilled(sight, branch, resource, seen)
            ? Before(sight, branch, resource, Complete(sight, branch, resource, seen, extensions))
            : CopyPlanner
                .Refusal(sight, branch, seen, wanted)
                .IfNone(() => Before(sight, branch, resource, Make(sight, branch, resource, seen, wanted, extensions)));

    // One that is there without a row was there before the ledger was lost: what it holds stays.
    private static bool IsFilled(
        Sight sight,
        DesiredBranch branch,
        Resource.Postgres resource,
        ObservedDatabases seen
    ) =>
        branch.Environment != DeployEnvironment.Preview
        || DatabasePlanner.IsThere(sight, branch, resource.Database, seen);

    private static Part Complete(
        Sight sight,
        DesiredBranch branch,
        Resource.Postgres resource,
        ObservedDatabases seen,
        Set<ExtensionName> extensions
    ) =>
        Begin(
            branch,
            resource,
            DatabasePlanner.Complete(sight, branch, resource.Database, seen, mayCreate: true, extensions)
        );

    private static Part Make(
        Sight sight,
        DesiredBranch branch,
        Resource.Postgres resource,
        ObservedDatabases seen,
        Seq<WantedUnit> wanted,
        Set<ExtensionName> extensions
    ) =>
        branch.Environment == DeployEnvironment.Preview
            ? CopyPlanner
                .Refusal(sight, branch, seen, wanted)
                .IfNone(() => CopyPlanner.Fill(sight, branch, resource, seen, wanted, extensions))
            : Complete(sight, branch, resource, seen, extensions);

    internal static Part Record(Sight sight, DesiredBranch branch, Resource resource, Part making) =>
        Before(sight, branch, resource, Begin(branch, resource, making));

    // What is in the way of a resource comes before its row.
    private static Part Before(Sight sight, DesiredBranch branch, Resource resource, Part making) =>
        making.Notes.IsEmpty
            ? Part.Step(
                branch.Subject,
                new Action.RecordResource(branch.Id, resource, sight.Now),
                $"a release of it needs {resource.Kind.Word()}"
            ) + making
            : making;

    internal static Part Begin(DesiredBranch branch, Resource resource, Part making) =>
        making.Notes.IsEmpty
            ? making
                + Part.Step(
                    branch.Subject,
                    new Action.RecordResourcePresent(branch.Id, resource),
                    "everything of it is there"
                )
            : making;

    private static Part Remove(Sight sight, DesiredBranch branch, DesiredResource row) =>
        row.Resource switch
        {
            Resource.Valkey it => CachePlanner.Remove(sight, branch, it),
            Resource.ValkeyInstance it => CacheInstancePlanner.Remove(sight, branch, it),
            Resource.Garage it => BucketPlanner.Remove(sight, branch, it, row.State),
            Resource.Postgres it => sight.Observed.Databases.Match(
                known: seen => RemoveDatabase(sight, branch, it, row.State, seen),
                unknown: reason => Blind(branch, DatabasePlanner.System, reason)
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static Part RemoveDatabase(
        Sight sight,
        DesiredBranch branch,
        Resource.Postgres resource,
        ResourceState state,
        ObservedDatabases seen
    )
    {
        // What was never complete holds nothing.
        var hasData = state != ResourceState.Wanted && DatabasePlanner.IsThere(sight, branch, resource.Database, seen);
        var (dump, isDone) = branch
            .Removed.Filter(_ => hasData)
            .Match(
                removal => DumpPlanner.BeforeRemoval(sight, branch, resource.Database, removal),
                () => (Part.Nothing, true)
            );
        var copies = CopyPlanner.Remove(sight, branch);
        return !isDone ? dump
            : copies != Part.Nothing ? copies
            : Forget(branch, resource, DatabasePlanner.Remove(sight, branch, resource.Database, seen));
    }

    // The role stays. What serves goes on, and is without its database meanwhile.
    private static Part Renew(Sight sight, DesiredBranch branch, Resource.Postgres resource, ObservedDatabases seen) =>
        seen
            .Databases.Find(resource.Database)
            .Filter(_ => DatabasePlanner.IsThere(sight, branch, resource.Database, seen))
            .Match(
                database =>
                    DumpPlanner.BeforeReset(sight, branch, database) is { IsDone: false } waiting
                        ? waiting.Part
                        : Part.Step(
                            branch.Subject,
                            DatabasePlanner.Drop(database),
                            "somebody asked for a new one in its place"
                        ),
                () =>
                    Part.Step(
                        branch.Subject,
                        new Action.RecordResourceWanted(branch.Id, resource),
                        "the one that was there is gone"
                    )
            );

    internal static Part Forget(DesiredBranch branch, Resource resource, Part left) =>
        left.Steps.IsEmpty
            ? Part.Step(branch.Subject, new Action.ForgetResource(branch.Id, resource), "nothing of it is left")
            : left;

    internal static Part Blind(DesiredBranch branch, string system, string reason) =>
        Part.Wait(branch.Subject, new WaitingOn.Sight(system, reason));
}
