namespace Kennel.Shell.Store;

/// <summary>Whether a project is locked.</summary>
internal static class LockRecords
{
    /// <summary>What is answered to whoever wants to change a locked project.</summary>
    internal static Either<Refusal, Unit> Unlocked(Session session, ProjectRow project) =>
        session
            .First(
                "SELECT locked_reason FROM projects WHERE id = @id AND locked_at IS NOT NULL",
                row => row.Text(0) ?? "",
                ("@id", project.Id.Value)
            )
            .Match<Either<Refusal, Unit>>(
                reason => new Refusal(
                    "locked",
                    $"Project {project.Name} is locked: {reason.TrimEnd('.')}.",
                    $"Wait until it is unlocked, or unlock it: kennel unlock {project.Name}"
                ),
                () => unit
            );
}
