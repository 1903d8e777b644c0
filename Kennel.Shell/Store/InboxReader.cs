using Kennel.Core.Domain;
using Kennel.Core.Forge;
using Kennel.Core.Planning;
using Microsoft.Data.Sqlite;

namespace Kennel.Shell.Store;

/// <summary>Reads what the forge delivered and nobody has handled yet, and what is known of pull requests.</summary>
internal static class InboxReader
{
    // More wait for the next pass: so a flood does not make one pass a long one, nor does a project whose repository
    // does not answer keep the deliveries of others from being read.
    private const int DeliveriesPerProjectMax = 100;

    private const string PullRequestColumns =
        "SELECT project, number, state, updated_at, head_reference, base_reference, stranger FROM pull_requests";

    internal static Seq<Delivery> Deliveries(Session session, List<string> damage) =>
        session
            .Query(
                """
                SELECT id, project, event, body, received_at FROM deliveries WHERE id IN (
                    SELECT id FROM (
                        SELECT id, row_number() OVER (PARTITION BY project ORDER BY id) AS place
                        FROM deliveries WHERE handled_at IS NULL
                    ) WHERE place <= @count
                ) ORDER BY id
                """,
                row => DesiredReader.Sound(damage, $"delivery {row.GetInt64(0)}", () => DeliveryOf(row)),
                ("@count", DeliveriesPerProjectMax)
            )
            .Somes()
            .ToSeq()
            .Strict();

    /// <summary>The pull requests that are open, and those that a delivery is about that nobody has handled yet.</summary>
    internal static Map<(ProjectId Project, int Number), PullRequest> PullRequests(Session session) =>
        toMap(
            session.Query(
                $"""
                {PullRequestColumns} WHERE state = 'open' OR (project, 'refs/pull/' || number || '/head') IN (
                    SELECT project, reference FROM deliveries WHERE handled_at IS NULL
                )
                """,
                ReadPullRequest
            )
        );

    /// <summary>One pull request, if a delivery told of it.</summary>
    internal static Option<PullRequest> PullRequest(Session session, ProjectId project, int number) =>
        session
            .First(
                $"{PullRequestColumns} WHERE project = @project AND number = @number",
                ReadPullRequest,
                ("@project", project.Value),
                ("@number", number)
            )
            .Map(found => found.PullRequest);

    private static Delivery DeliveryOf(SqliteDataReader row)
    {
        var id = row.GetInt64(0);
        return new Delivery(
            new DeliveryId(id),
            row.OptionalNumber(1).Map(project => new ProjectId(project)),
            ForgeEvents.Read(row.GetString(2), row.GetString(3)).IfFail(Unreadable),
            row.Time(4)
        );
    }

    // It was readable when it was accepted. Nothing that is deployed hangs on it, so it is no damage of the store.
    private static ForgeMessage Unreadable(Seq<Problem> problems) =>
        new(
            new ForgeRepository(0, "", "", "", None),
            new News.Nothing($"it cannot be read: {string.Join("; ", problems)}")
        );

    private static ((ProjectId Project, int Number) Key, PullRequest PullRequest) ReadPullRequest(
        SqliteDataReader row
    ) =>
        (
            (new ProjectId(row.GetInt64(0)), row.GetInt32(1)),
            new PullRequest(
                row.GetInt32(1),
                Stored.PullRequestStateOf(row.GetString(2)),
                row.Time(3),
                row.GetString(4),
                row.GetString(5),
                row.OptionalText(6)
            )
        );
}
