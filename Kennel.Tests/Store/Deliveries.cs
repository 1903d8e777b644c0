using Kennel.Core.Forge;
using Kennel.Shell.Store;

namespace Kennel.Tests.Store;

/// <summary>Puts deliveries and pull requests into a store as if the forge had told of them.</summary>
internal static class Deliveries
{
    public static Task Arrive(
        this StoreOnTrial store,
        string eventName,
        string? reference,
        string? meaning,
        long? project = 1
    ) =>
        store.Database.Write(
            session =>
                session.Execute(
                    """
                    INSERT INTO deliveries (delivery, event, project, reference, body, received_at, handled_at, meaning)
                    SELECT 'uuid-' || count(*), @event, @project, @reference, '', @at, @handled, @meaning FROM deliveries
                    """,
                    ("@event", eventName),
                    ("@project", project),
                    ("@reference", reference),
                    ("@at", Stored.Time(store.Clock.Now)),
                    ("@handled", meaning is null ? null : Stored.Time(store.Clock.Now)),
                    ("@meaning", meaning)
                ),
            _ => true,
            CancellationToken.None
        );

    public static Task Know(this StoreOnTrial store, PullRequest pullRequest) =>
        store.Database.Write(
            session =>
                session.Execute(
                    "INSERT OR REPLACE INTO pull_requests VALUES (1, @number, @state, @updated, @head, @base, @stranger)",
                    ("@number", pullRequest.Number),
                    ("@state", pullRequest.State.Word()),
                    ("@updated", Stored.Time(pullRequest.UpdatedAt)),
                    ("@head", pullRequest.HeadReference),
                    ("@base", pullRequest.BaseReference),
                    ("@stranger", pullRequest.Stranger.OrNull())
                ),
            _ => true,
            CancellationToken.None
        );
}
