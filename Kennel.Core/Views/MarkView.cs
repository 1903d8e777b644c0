using System.Globalization;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;

namespace Kennel.Core.Views;

/// <summary>What somebody set on a project or a branch, until somebody takes it back.</summary>
/// <param name="Subject">The project or the branch.</param>
/// <param name="Code"><c>locked</c>, <c>pinned</c>, <c>maintenance</c> or <c>kept</c>.</param>
/// <param name="What">What it means.</param>
/// <param name="Remedy">How it is taken back.</param>
public sealed record MarkView(string Subject, string Code, string What, string Remedy)
{
    /// <summary>Everything that somebody set.</summary>
    public static Seq<MarkView> All(Desired desired) =>
        Joined(desired.Projects.Bind(OfProject), desired.Branches.Filter(branch => branch.Removed.IsNone).Bind(OfLife));

    /// <summary>What was set on a branch and on its project.</summary>
    public static Seq<MarkView> Of(DesiredBranch branch) => Joined(OfProject(branch.Project), OfLife(branch));

    private static Seq<MarkView> OfProject(DesiredProject project) =>
        project
            .Lock.ToSeq()
            .Map(frozen => new MarkView(
                project.Name.Value,
                "locked",
                $"locked since {When(frozen.At)}: {frozen.Reason}",
                $"kennel unlock {project.Name}"
            ));

    private static Seq<MarkView> OfLife(DesiredBranch branch) =>
        Joined(
            branch
                .Life.Pin.ToSeq()
                .Map(build => new MarkView(
                    branch.Title,
                    "pinned",
                    $"pinned to build {build.Value}; what is built later waits",
                    $"kennel unpin {branch.Title}"
                )),
            branch
                .Life.Maintenance.ToSeq()
                .Map(it => new MarkView(
                    branch.Title,
                    "maintenance",
                    Page(it),
                    $"kennel maintenance off {branch.Title}"
                )),
            branch.Life.IsKept
                ? Seq1(
                    new MarkView(
                        branch.Title,
                        "kept",
                        "kept however long nobody uses it",
                        $"kennel unkeep {branch.Title}"
                    )
                )
                : Seq<MarkView>()
        );

    private static string Page(Maintenance maintenance) =>
        $"shows a page since {When(maintenance.Since)}"
        + maintenance.Message.Match(message => $": {message}", () => string.Empty);

    private static string When(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}

/// <summary>Whether, and why, a project is locked.</summary>
/// <param name="Project">The project.</param>
/// <param name="Reason">Why it is; absent where it is not.</param>
public sealed record LockView(string Project, Option<string> Reason);

/// <summary>What is set on a branch.</summary>
/// <param name="Project">The project.</param>
/// <param name="Branch">The branch, or <c>#</c> and a pull request's number.</param>
/// <param name="IsInMaintenance">Whether its addresses show a page instead of it.</param>
/// <param name="Message">What the page says besides.</param>
/// <param name="IsKept">Whether it never expires.</param>
public sealed record BranchMarksView(
    string Project,
    string Branch,
    bool IsInMaintenance,
    Option<string> Message,
    bool IsKept
);
