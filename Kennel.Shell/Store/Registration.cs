using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Shell.Store;

/// <summary>The table <c>projects</c>, and the names that a registration reserves.</summary>
internal static class Registration
{
    /// <summary>
    /// Registers a repository and reserves the names of its default branch, so that no preview can take them. The
    /// same registration again is a success.
    /// </summary>
    internal static Either<Refusal, ProjectRow> Add(
        Session session,
        Settings settings,
        NewProject project,
        DateTimeOffset now
    ) =>
        IntentRows
            .Project(session, project.Name)
            .Match(
                Right: found => Again(found, project),
                Left: _ => Reserve(session, settings, Insert(session, project, now), now)
            );

    /// <summary>Marks all branches; a project without any goes at once.</summary>
    internal static ProjectRow Remove(Session session, ProjectRow project, string reason, DateTimeOffset now)
    {
        session.Execute(
            "UPDATE projects SET removed_at = @now, removed_reason = @reason WHERE id = @id AND removed_at IS NULL",
            ("@id", project.Id.Value),
            ("@now", Stored.Time(now)),
            ("@reason", reason)
        );
        session.Execute(
            "UPDATE branches SET removed_at = @now, removed_reason = @reason WHERE project = @id AND removed_at IS NULL",
            ("@id", project.Id.Value),
            ("@now", Stored.Time(now)),
            ("@reason", reason)
        );
        BranchRecords.ForgetProject(session, project.Id.Value);
        return project;
    }

    private static Either<Refusal, ProjectRow> Again(FoundProject found, NewProject project)
    {
        if (found.IsRemoved)
            return IntentRows.BeingRemoved(project.Name);
        var known = found.Project;
        return
            known.Name == project.Name
            && known.CloneUrl == project.CloneUrl
            && known.DefaultBranch == project.DefaultBranch
            ? known
            : new Refusal(
                "project-exists",
                $"A project {known.Name} is registered already, from {known.CloneUrl} with default branch {known.DefaultBranch}.",
                $"Choose another name, or remove it first: kennel project remove {known.Name}"
            );
    }

    private static ProjectRow Insert(Session session, NewProject project, DateTimeOffset now)
    {
        var id = session.Number(
            """
            INSERT INTO projects (name, owner, clone_url, default_branch, created_at)
            VALUES (@name, @owner, @url, @branch, @now) RETURNING id
            """,
            ("@name", project.Name.Value),
            ("@owner", project.Owner.OrNull()),
            ("@url", project.CloneUrl),
            ("@branch", project.DefaultBranch.Value),
            ("@now", Stored.Time(now))
        );
        return new ProjectRow(
            new ProjectId(id),
            project.Name,
            project.Owner,
            project.CloneUrl,
            project.DefaultBranch,
            DateTimeOffset.FromUnixTimeMilliseconds(Stored.Time(now))
        );
    }

    private static Either<Refusal, ProjectRow> Reserve(
        Session session,
        Settings settings,
        ProjectRow project,
        DateTimeOffset now
    )
    {
        var branch = new Branch.Git(project.DefaultBranch);
        var owner = new ClaimOwner(project.Id, branch.Reference, None);
        var label = Naming.BranchLabel(project.Name, branch);
        var marked = Naming.MustBeMarked(branch);
        var taken =
            from host in ClaimRecords
                .Read(session)
                .Take(
                    ClaimKind.Host,
                    owner,
                    $"{Naming.Label(label, marked)}.{settings.Domain}",
                    $"{Naming.Label(label, marked: true)}.{settings.Domain}"
                )
            from role in host.Claims.Take(ClaimKind.Role, owner, Naming.Role(settings.Instance, project.Id, branch))
            select role.Claims.Added;
        return taken.Match<Either<Refusal, ProjectRow>>(
            claims =>
            {
                ClaimRecords.Add(session, claims, reserved: true, now);
                return project;
            },
            () =>
                new Refusal(
                    "name-taken",
                    $"The host name of {project.Name}'s default branch, {Naming.Label(label, marked)}.{settings.Domain}, is another project's.",
                    "Register it under another name."
                )
        );
    }
}
