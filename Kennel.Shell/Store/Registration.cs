using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;

namespace Kennel.Shell.Store;

/// <summary>The table <c>projects</c>, and the names that a registration reserves.</summary>
internal static class Registration
{
    /// <summary>
    /// Registers a repository and reserves the names of its default branch, so that no preview can take them. The
    /// same registration again is a success, and forgets the number of the repository: the next delivery tells it anew.
    /// </summary>
    /// <param name="session">An open change.</param>
    /// <param name="settings">The host's configuration.</param>
    /// <param name="project">What is to be registered.</param>
    /// <param name="now">The time.</param>
    /// <param name="secrets">Makes the secret, where the project needs one of its own.</param>
    internal static Either<Refusal, ProjectRow> Add(
        Session session,
        Settings settings,
        NewProject project,
        DateTimeOffset now,
        Option<SecretFiles> secrets = default
    ) =>
        from row in IntentRows
            .Project(session, project.Name)
            .Match(
                Right: found => Again(found, project).Map(row => WithoutNumber(session, row)),
                Left: _ => Reserve(session, settings, Insert(session, project, now), now)
            )
        from complete in WithSecret(session, row, project, secrets)
        select project.Periods == PeriodChange.Nothing
            ? complete
            : PeriodIntents.Set(session, complete, project.Periods);

    /// <summary>Marks all branches; a project without any goes at once.</summary>
    internal static ProjectRow Remove(
        Session session,
        ProjectRow project,
        string reason,
        DateTimeOffset now,
        Option<SecretFiles> secrets
    )
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
        BranchRecords.ForgetProject(session, project.Id.Value, secrets);
        return project;
    }

    private static Either<Refusal, ProjectRow> Again(FoundProject found, NewProject project)
    {
        if (found.IsRemoved)
            return IntentRows.BeingRemoved(project.Name);
        var known = found.Project;
        var environments = project.Environments.IfNone(() => Stored.EnvironmentsOf(None));
        return
            known.Name == project.Name
            && known.CloneUrl == project.CloneUrl
            && known.DefaultBranch == project.DefaultBranch
            && known.Environments == environments
            && project.SecretsProject.ForAll(name => known.SecretsProject.IfNone(known.Name) == name)
            && project.SecretFile.ForAll(path => known.SecretFile.ForAll(own => own == path))
            ? known
            : new Refusal(
                "project-exists",
                $"A project {known.Name} is registered already, from {known.CloneUrl} with default branch {known.DefaultBranch}"
                    + $" for {string.Join(", ", known.Environments.Map(one => one.Word()))}"
                    + known.SecretsProject.Match(name => $", with the secrets of {name}", () => "")
                    + known.SecretFile.Match(path => $", with its secret in {path}.", () => "."),
                $"Choose another name, or remove it first: kennel project remove {known.Name}"
            );
    }

    private static ProjectRow WithoutNumber(Session session, ProjectRow project)
    {
        session.Execute("UPDATE projects SET repository_id = NULL WHERE id = @id", ("@id", project.Id.Value));
        return Reread(session, project.Name);
    }

    private static ProjectRow Insert(Session session, NewProject project, DateTimeOffset now)
    {
        session.Execute(
            """
            INSERT INTO projects (name, owner, clone_url, default_branch, created_at, environments, secrets_project)
            VALUES (@name, @owner, @url, @branch, @now, @environments, @secrets)
            """,
            ("@name", project.Name.Value),
            ("@owner", project.Owner.OrNull()),
            ("@url", project.CloneUrl),
            ("@branch", project.DefaultBranch.Value),
            ("@now", Stored.Time(now)),
            ("@environments", project.Environments.Bind(Stored.Words).OrNull()),
            ("@secrets", project.SecretsProject.Map(name => name.Value).OrNull())
        );
        return Reread(session, project.Name);
    }

    /// <summary>A secret that is named is noted, one that is needed is made, one that was made and is lost is made anew.</summary>
    private static Either<Refusal, ProjectRow> WithSecret(
        Session session,
        ProjectRow row,
        NewProject project,
        Option<SecretFiles> secrets
    )
    {
        var isToBeMade = row.SecretFile.Match(
            path => secrets.Exists(files => files.IsOwn(row.Id, path)) && !File.Exists(path),
            () => project.NeedsSecret
        );
        var made = isToBeMade ? secrets.Map(files => files.Make(row.Id)) : None;
        return made.Match(file => file.Map(Some), () => Right<Refusal, Option<string>>(project.SecretFile))
            .Map(file => file.Match(path => Note(session, row, path), () => row));
    }

    private static ProjectRow Note(Session session, ProjectRow row, string secretFile)
    {
        session.Execute(
            "UPDATE projects SET secret_file = @file WHERE id = @id",
            ("@id", row.Id.Value),
            ("@file", secretFile)
        );
        return Reread(session, row.Name);
    }

    internal static ProjectRow Reread(Session session, ProjectName name) =>
        IntentRows
            .Project(session, name)
            .Match(
                Right: found => found.Project,
                Left: refusal => throw new DamagedRowException($"damaged row: {refusal.What}")
            );

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
            from database in role.Claims.Take(
                ClaimKind.Database,
                owner,
                Naming.Database(project.Name, branch, marked),
                Naming.Database(project.Name, branch, marked: true)
            )
            select database.Claims.Added;
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
