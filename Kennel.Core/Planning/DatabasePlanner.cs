using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>
/// A branch's role and database in PostgreSQL: made, opened to that role alone, and dropped. What another made is never
/// touched, whatever its name.
/// </summary>
public static class DatabasePlanner
{
    /// <summary>How PostgreSQL is called in notes.</summary>
    public const string System = "PostgreSQL";

    /// <summary>What is missing of a database; nothing to do and nothing to say where it is complete.</summary>
    /// <param name="sight">Desired and observed.</param>
    /// <param name="branch">Its branch.</param>
    /// <param name="name">Its name.</param>
    /// <param name="seen">What PostgreSQL has.</param>
    /// <param name="mayCreate">Whether it may be made; one that was complete once is not made anew unasked.</param>
    /// <param name="extensions">What it needs.</param>
    public static Part Complete(
        Sight sight,
        DesiredBranch branch,
        DatabaseName name,
        ObservedDatabases seen,
        bool mayCreate,
        Set<ExtensionName> extensions
    ) =>
        branch.Role.Match(
            role =>
                seen.Databases.Find(name)
                    .Match(
                        database =>
                            IsOf(sight, role, seen, database)
                                ? Prepared(sight, branch, role, database, extensions)
                                : Foreign(sight, branch, $"the database {name}", seen.MakerOf(database)),
                        () =>
                            mayCreate
                                ? Create(sight, branch, role, name, seen, None)
                                    + Extend(sight, branch, role, name, extensions, Set<ExtensionName>())
                                : Part.Block(
                                    branch.Subject,
                                    new BlockedBy.ResourceLost($"the database {name}", branch.Title)
                                )
                    ),
            () => Part.Nothing
        );

    /// <summary>
    /// A database that is begun anew. One that was begun and never complete goes first, whatever is in it: what it was to
    /// start with, and how far that came, is not known.
    /// </summary>
    /// <param name="sight">Desired and observed.</param>
    /// <param name="branch">Its branch.</param>
    /// <param name="name">Its name.</param>
    /// <param name="seen">What PostgreSQL has.</param>
    /// <param name="template">The database that it is a copy of.</param>
    /// <returns>What is to be done, and whether the database is there after that.</returns>
    public static (Part Part, bool IsThere) BeginAnew(
        Sight sight,
        DesiredBranch branch,
        DatabaseName name,
        ObservedDatabases seen,
        Option<TemplateName> template
    ) =>
        branch.Role.Match(
            role =>
                seen.Databases.Find(name)
                    .Match(
                        database =>
                            (
                                IsOf(sight, role, seen, database)
                                    ? Part.Step(branch.Subject, Drop(database), "it was begun and is not complete")
                                    : Foreign(sight, branch, $"the database {name}", seen.MakerOf(database)),
                                IsThere: false
                            ),
                        () =>
                            Create(sight, branch, role, name, seen, template) is var making && making.Notes.IsEmpty
                                ? (making, IsThere: true)
                                : (making, IsThere: false)
                    ),
            () => (Part.Nothing, IsThere: false)
        );

    /// <summary>The extensions that a database lacks.</summary>
    /// <param name="sight">Desired and observed.</param>
    /// <param name="branch">Its branch.</param>
    /// <param name="name">Its name.</param>
    /// <param name="wanted">Those that it needs.</param>
    public static Part AddExtensions(Sight sight, DesiredBranch branch, DatabaseName name, Set<ExtensionName> wanted) =>
        branch.Role.Match(role => Extend(sight, branch, role, name, wanted, Set<ExtensionName>()), () => Part.Nothing);

    /// <summary>Whether a branch's database is there, its own and open to it.</summary>
    public static bool IsUsable(Sight sight, DesiredBranch branch, DatabaseName name, ObservedDatabases seen) =>
        branch.Role.Exists(role =>
            seen.Databases.Find(name).Exists(database => database.IsOpen && IsOf(sight, role, seen, database))
        );

    /// <summary>Whether a branch's own database is there, whether anybody can connect or not.</summary>
    public static bool IsThere(Sight sight, DesiredBranch branch, DatabaseName name, ObservedDatabases seen) =>
        branch.Role.Exists(role => seen.Databases.Find(name).Exists(database => IsOf(sight, role, seen, database)));

    /// <summary>What is left of a branch's database and role; nothing where both are gone.</summary>
    public static Part Remove(Sight sight, DesiredBranch branch, DatabaseName name, ObservedDatabases seen)
    {
        var why = $"the branch was removed: {branch.Removed.Match(removal => removal.Reason, () => "")}";
        return branch.Role.Match(
            role =>
                Part.Concat(
                    Joined(
                        seen.Databases.Find(name)
                            .Filter(database => IsOf(sight, role, seen, database))
                            .Map(database => Part.Step(branch.Subject, Drop(database), why))
                            .ToSeq(),
                        seen.Roles.Find(role)
                            .Filter(one => one.Mark == Some(sight.Settings.Instance))
                            .Map(one =>
                                Part.Step(branch.Subject, new Action.DropRole(role, sight.Settings.Instance), why)
                            )
                            .ToSeq()
                    )
                ),
            () => Part.Nothing
        );
    }

    /// <summary>Drops exactly the database that was seen.</summary>
    public static Action.DropDatabase Drop(ObservedDatabase database) =>
        new Action.DropDatabase(database.Name, database.Owner, database.Number);

    private static bool IsOf(Sight sight, RoleName role, ObservedDatabases seen, ObservedDatabase database) =>
        database.Owner == role.Value && seen.MakerOf(database) == Some(sight.Settings.Instance);

    private static Part Create(
        Sight sight,
        DesiredBranch branch,
        RoleName role,
        DatabaseName name,
        ObservedDatabases seen,
        Option<TemplateName> template
    ) =>
        seen
            .Roles.Find(role)
            .Match(
                one =>
                    one.Mark == Some(sight.Settings.Instance)
                        ? Part.Nothing
                        : Foreign(sight, branch, $"the database role {role}", one.Mark),
                () =>
                    Part.Step(
                        branch.Subject,
                        new Action.CreateRole(role, sight.Settings.Instance, branch.Title),
                        "its database needs an owner"
                    )
            )
            is var owner
        && !owner.Notes.IsEmpty
            ? owner
            : owner
                + Part.Step(
                    branch.Subject,
                    new Action.CreateDatabase(name, role) { Template = template },
                    "a release of it needs a database"
                )
                + Prepare(sight, branch, role, name, "it is new and open to nobody")
                + Part.Concat(
                    template
                        .ToSeq()
                        .Map(one =>
                            Part.Step(
                                branch.Subject,
                                new Action.AdoptObjects(name, role, one),
                                "what is in a copy belongs to others"
                            )
                        )
                );

    // Preparing writes the mark anew, without extensions.
    private static Part Prepared(
        Sight sight,
        DesiredBranch branch,
        RoleName role,
        ObservedDatabase database,
        Set<ExtensionName> extensions
    )
    {
        var preparing = Prepared(sight, branch, role, database);
        var there = preparing.Steps.IsEmpty ? database.Extensions : Set<ExtensionName>();
        return preparing + Extend(sight, branch, role, database.Name, extensions, there);
    }

    // What is not asked for any more stays: data may depend on it.
    private static Part Extend(
        Sight sight,
        DesiredBranch branch,
        RoleName role,
        DatabaseName name,
        Set<ExtensionName> wanted,
        Set<ExtensionName> there
    ) =>
        wanted.IsSubsetOf(there)
            ? Part.Nothing
            : Part.Step(
                branch.Subject,
                new Action.AddExtensions(name, role, sight.Settings.Instance, branch.Title, there.Union(wanted)),
                "a release of it needs them"
            );

    private static Part Prepared(Sight sight, DesiredBranch branch, RoleName role, ObservedDatabase database) =>
        !database.IsOpen ? Prepare(sight, branch, role, database.Name, "it is new and open to nobody")
        : database.IsPublic ? Prepare(sight, branch, role, database.Name, "it is open to everybody")
        : database.Mark != Some(sight.Settings.Instance)
            ? Prepare(sight, branch, role, database.Name, "it lacks the mark")
        : HasOtherLimits(sight, branch, database) ? Prepare(sight, branch, role, database.Name, "its limits are others")
        : Part.Nothing;

    // Only previews are limited; any other application may limit itself.
    private static bool HasOtherLimits(Sight sight, DesiredBranch branch, ObservedDatabase database) =>
        branch.Environment == DeployEnvironment.Preview && database.Limits != Limits(sight, branch);

    private static Part Prepare(Sight sight, DesiredBranch branch, RoleName role, DatabaseName name, string reason) =>
        Part.Step(
            branch.Subject,
            new Action.PrepareDatabase(name, role, sight.Settings.Instance, branch.Title, Limits(sight, branch)),
            reason
        );

    private static DatabaseLimits Limits(Sight sight, DesiredBranch branch) =>
        sight.Settings.Resources.Postgres.Match(
            settings => settings.LimitsOf(branch.Environment),
            () => DatabaseLimits.None
        );

    private static Part Foreign(Sight sight, DesiredBranch branch, string what, Option<InstanceId> maker) =>
        Part.Block(
            branch.Subject,
            new BlockedBy.ForeignResource(
                what,
                maker.Match(
                    mark =>
                        mark == sight.Settings.Instance
                            ? "another branch's, or its owner was changed"
                            : $"made by another Kennel or an earlier database ({mark})",
                    () => "Kennel did not make it"
                )
            )
        );
}
