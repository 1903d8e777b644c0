using Kennel.Core.Domain;
using Kennel.Core.Forge;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Store;

/// <summary>How deliveries become intent: the tables <c>deliveries</c> and <c>pull_requests</c>.</summary>
internal static class Inbox
{
    /// <summary>Writes what deliveries ask for and marks them handled, all or nothing.</summary>
    internal static Effect Handle(Session session, Action.RecordDeliveries action)
    {
        var open = action.Ends.Filter(end => IsOpen(session, end.Delivery));
        if (open.IsEmpty && !action.Ends.IsEmpty)
            return Effect.Happened;
        if (open.Count != action.Ends.Count)
            return Compared.Changed("the inbox");
        var isApplied = action.Project.Map(project => Apply(session, project, action)).IfNone(true);
        if (!isApplied)
            return Compared.Changed("the project");
        foreach (var end in action.Ends)
            End(session, end, action.At);
        return Effect.Happened;
    }

    /// <summary>Registers the repository of a delivery; all that wait for the same repository are then the new project's.</summary>
    internal static Effect Register(Session session, Settings settings, Action.RegisterProject action)
    {
        if (!IsOpen(session, action.Delivery))
            return Effect.Happened;
        var branch = action.Repository.DefaultBranch.IfNone(() =>
            BranchName.Parse("default branch", "main").OrDamaged()
        );
        return Registration
            .Add(
                session,
                settings,
                new NewProject(action.Name, action.Repository.Owner, action.Repository.CloneUrl, branch),
                action.At
            )
            .Match(
                Right: project =>
                {
                    session.Execute(
                        "UPDATE projects SET repository_id = @repository WHERE id = @id",
                        ("@id", project.Id.Value),
                        ("@repository", action.Repository.Id)
                    );
                    session.Execute(
                        """
                        UPDATE deliveries SET project = @project WHERE project IS NULL AND handled_at IS NULL
                            AND CASE WHEN json_valid(body) THEN json_extract(body, '$.repository.id') END = @repository
                        """,
                        ("@project", project.Id.Value),
                        ("@repository", action.Repository.Id)
                    );
                    return Effect.Happened;
                },
                Left: refusal =>
                {
                    End(session, new DeliveryEnd(action.Delivery, $"not registered: {refusal.What}"), action.At);
                    return Effect.Happened;
                }
            );
    }

    private static bool Apply(Session session, ProjectId project, Action.RecordDeliveries action)
    {
        var isThere = session.Exists(
            "SELECT 1 FROM projects WHERE id = @id AND removed_at IS NULL",
            ("@id", project.Value)
        );
        if (!isThere)
            return action.PullRequests.IsEmpty && action.Intents.IsEmpty;
        foreach (var pullRequest in action.PullRequests)
            Write(session, project, pullRequest);
        foreach (var intent in action.Intents)
            Apply(session, project, intent, action.At);
        foreach (var (branch, head) in action.Heads.Pairs.Map(pair => (pair.Key, pair.Value)))
            HeadRecords.Write(session, project, branch, head);
        return true;
    }

    private static void Apply(Session session, ProjectId project, BranchIntent intent, DateTimeOffset at)
    {
        switch (intent)
        {
            // What was seen before was queued before.
            case BranchIntent.Deploy deploy when HeadRecords.Is(session, project, deploy.Branch, deploy.Commit):
                break;
            case BranchIntent.Deploy deploy:
                var live = BranchIntents.LiveOrNew(session, project, deploy.Branch, at);
                BranchIntents.QueueAnnounced(session, live, deploy.Commit, at);
                break;
            case BranchIntent.Remove remove:
                BranchIntents.MarkRemoved(session, project, remove.Branch, remove.Reason, at);
                HeadRecords.Forget(session, project, remove.Branch);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void Write(Session session, ProjectId project, PullRequest pullRequest) =>
        session.Execute(
            """
            INSERT INTO pull_requests (project, number, state, updated_at, head_reference, base_reference, stranger)
            VALUES (@project, @number, @state, @updated, @head, @base, @stranger)
            ON CONFLICT (project, number) DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at,
                head_reference = excluded.head_reference, base_reference = excluded.base_reference,
                stranger = excluded.stranger
            WHERE excluded.updated_at >= pull_requests.updated_at
            """,
            ("@project", project.Value),
            ("@number", pullRequest.Number),
            ("@state", pullRequest.State.Word()),
            ("@updated", Stored.Time(pullRequest.UpdatedAt)),
            ("@head", pullRequest.HeadReference),
            ("@base", pullRequest.BaseReference),
            ("@stranger", pullRequest.Stranger.OrNull())
        );

    // The body has done its service; what it meant is kept for the answer to why.
    private static void End(Session session, DeliveryEnd end, DateTimeOffset at) =>
        session.Execute(
            "UPDATE deliveries SET handled_at = @at, meaning = @meaning, body = '' WHERE id = @id",
            ("@id", end.Delivery.Value),
            ("@at", Stored.Time(at)),
            ("@meaning", end.Meaning)
        );

    private static bool IsOpen(Session session, DeliveryId delivery) =>
        session.Exists("SELECT 1 FROM deliveries WHERE id = @id AND handled_at IS NULL", ("@id", delivery.Value));
}
