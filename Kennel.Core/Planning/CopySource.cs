using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>The branch of the same project whose database a preview starts with.</summary>
/// <param name="Branch">The branch.</param>
/// <param name="Database">Its database.</param>
public sealed record CopySource(DesiredBranch Branch, DatabaseName Database)
{
    /// <summary>The dump of it with which a preview's database is filled.</summary>
    public DumpName Dump(DatabaseName preview) => DumpName.ForCopy(preview, Branch.Id);

    /// <summary>The branch that a clone names, where it is there and its database was complete once.</summary>
    public static Option<CopySource> Of(Sight sight, DesiredBranch preview, PreviewDatabase.CloneOf clone) =>
        from branch in Named(sight, preview, clone)
        from database in branch
            .Resources.Filter(row => row.State == ResourceState.Present)
            .Bind(row => row.Resource is Resource.Postgres it ? Seq1(it.Database) : Empty)
            .HeadOrNone()
        select new CopySource(branch, database);

    /// <summary>Why a preview's database may not, or cannot, start so; nothing where it can.</summary>
    public static Option<string> Obstacle(
        Sight sight,
        DesiredBranch preview,
        ObservedDatabases seen,
        PreviewDatabase start
    ) =>
        sight.Settings.Resources.Postgres.Match(
            settings =>
                start switch
                {
                    PreviewDatabase.Empty => None,
                    PreviewDatabase.Template it => settings.Templates.Contains(it.Name)
                        ? None
                        : Some($"this host does not allow it (resources.postgres.templates): {Allowed(settings)}"),
                    PreviewDatabase.CloneOf it => Obstacle(sight, preview, seen, settings, it),
                    _ => throw new System.Diagnostics.UnreachableException(),
                },
            () => start.IsCopy ? Some("this host gives no databases any more (resources.postgres.enable)") : None
        );

    private static Option<string> Obstacle(
        Sight sight,
        DesiredBranch preview,
        ObservedDatabases seen,
        PostgresSettings settings,
        PreviewDatabase.CloneOf clone
    ) =>
        IsProduction(sight, preview, clone) && !settings.MayCloneProduction
            ? Some("this host does not allow copies of production (resources.postgres.cloneProduction)")
        : Named(sight, preview, clone).IsNone ? Some($"{preview.Project.Name} has no branch {clone.Branch} here")
        : Of(sight, preview, clone).Exists(it => DatabasePlanner.IsUsable(sight, it.Branch, it.Database, seen)) ? None
        : Some($"{preview.Project.Name}/{clone.Branch} has no database that is complete");

    /// <summary>Whether the branch that a clone names is about to have a database, so that waiting helps.</summary>
    public static bool IsComing(Sight sight, DesiredBranch preview, PreviewDatabase start) =>
        start is PreviewDatabase.CloneOf clone
        && !IsProduction(sight, preview, clone)
        && Named(sight, preview, clone)
            .Exists(branch =>
                branch.Resources.Exists(row =>
                    row.Resource.Kind == ResourceKind.Postgres && row.State != ResourceState.Present
                )
                || Wanted
                    .Units(branch)
                    .Exists(unit =>
                        unit.Release.Outcome is Outcome.Untried
                        && unit.Specification.Resources.Contains(ResourceKind.Postgres)
                    )
                || sight.Desired.Builds.Exists(build => build.Branch == branch.Id)
            );

    private static bool IsProduction(Sight sight, DesiredBranch preview, PreviewDatabase.CloneOf clone) =>
        preview.Project.DefaultBranch == clone.Branch
        || Named(sight, preview, clone).Exists(branch => branch.Environment == DeployEnvironment.Prod);

    private static Option<DesiredBranch> Named(Sight sight, DesiredBranch preview, PreviewDatabase.CloneOf clone) =>
        sight
            .LivingBranches(preview.Project.Id)
            .Find(branch => branch.Branch is Branch.Git git && git.Name == clone.Branch);

    private static string Allowed(PostgresSettings settings) =>
        settings.Templates.IsEmpty ? "it allows none" : $"it allows {string.Join(", ", settings.Templates)}";
}
