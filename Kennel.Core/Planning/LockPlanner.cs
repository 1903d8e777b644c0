using Kennel.Core.Lifecycle;

namespace Kennel.Core.Planning;

/// <summary>
/// A project that somebody locked: what serves is kept running, and nothing else happens. No build begins, nothing is
/// tried, switched or removed until it is unlocked.
/// </summary>
public static class LockPlanner
{
    /// <summary>Says which projects are locked.</summary>
    public static Seq<Part> Projects(Sight sight) =>
        sight.Desired.Projects.Bind(project =>
            project
                .Lock.ToSeq()
                .Map(frozen =>
                    Part.Wait(new Subject.OfProject(project.Id, project.Name.Value), WaitingFor(project, frozen))
                )
        );

    /// <summary>The strands of a branch of a locked project: its serving units are kept, and the rest waits.</summary>
    /// <param name="branch">The branch.</param>
    /// <param name="kept">What keeps its serving units running.</param>
    public static Seq<Part> Branch(DesiredBranch branch, Seq<Part> kept) =>
        IsHeldUp(branch)
            ? kept.Add(
                Part.Concat(
                    branch
                        .Project.Lock.ToSeq()
                        .Map(frozen => Part.Wait(branch.Subject, WaitingFor(branch.Project, frozen)))
                )
            )
            : kept;

    /// <summary>What everything of a locked project waits for.</summary>
    public static WaitingOn WaitingFor(DesiredProject project, ProjectLock frozen) =>
        new WaitingOn.Lock(project.Name, frozen.Reason);

    private static bool IsHeldUp(DesiredBranch branch) =>
        branch.Removed.IsSome || branch.Deployments.Exists(deployment => deployment.Target != deployment.Serving);
}
