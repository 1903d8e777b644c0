using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Shell.Store;

/// <summary>The ledger's rows of databases, as people ask about them.</summary>
internal static class DatabaseIntentRows
{
    /// <summary>The database of a branch, which there must be.</summary>
    internal static Either<Refusal, DatabaseRow> Of(DesiredBranch branch) =>
        (
            from row in branch.Resources.Find(one => one.Resource.Kind == ResourceKind.Postgres)
            from role in branch.Role
            select row.Resource switch
            {
                Resource.Postgres it => new DatabaseRow(
                    branch.Project.Name,
                    branch.Branch,
                    branch.Environment,
                    it.Database,
                    role,
                    row.State
                ),
                _ => throw new System.Diagnostics.UnreachableException(),
            }
        ).ToEither(() =>
            new Refusal(
                "no-database",
                $"{branch.Title} has no database.",
                "Where resources.postgres.enable is set, a branch with services gets one with its next release."
            )
        );

    /// <summary>Marks a database to go and come anew; one that was never complete cannot.</summary>
    internal static Either<Refusal, DatabaseRow> Leave(Session session, DesiredBranch branch, DatabaseRow row)
    {
        var rowCount = session.Execute(
            "UPDATE resources SET state = 'leaving' WHERE branch = @branch AND kind = 'postgres' AND state = 'present'",
            ("@branch", branch.Id.Value)
        );
        return rowCount > 0
            ? row with
            {
                State = ResourceState.Leaving,
            }
            : new Refusal(
                "database-not-complete",
                $"The database of {branch.Title} is being made, or made anew.",
                $"Wait until it is complete: kennel why {branch.Title}"
            );
    }
}
