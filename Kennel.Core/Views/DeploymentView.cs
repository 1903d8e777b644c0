using System.Diagnostics;
using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;

namespace Kennel.Core.Views;

/// <summary>One component of a branch, as it stands.</summary>
/// <param name="Project">The project.</param>
/// <param name="Branch">The branch, or <c>#</c> and a pull request's number.</param>
/// <param name="Component">The component.</param>
/// <param name="Kind"><c>service</c> or <c>site</c>.</param>
/// <param name="State">One of the words of <see cref="DeploymentStates"/>.</param>
/// <param name="Urls">Its addresses, the one to show first.</param>
/// <param name="Serving">What traffic is sent to.</param>
/// <param name="Target">What the newest build made.</param>
/// <param name="Unit">The unit that serves.</param>
/// <param name="Port">The port that unit was given.</param>
/// <param name="ServingSince">Since when that release serves.</param>
public sealed record DeploymentView(
    string Project,
    string Branch,
    string Component,
    string Kind,
    string State,
    Seq<string> Urls,
    Option<ReleaseView> Serving,
    Option<ReleaseView> Target,
    Option<string> Unit,
    Option<int> Port,
    Option<DateTimeOffset> ServingSince
)
{
    /// <summary>What somebody set on its branch or project: <c>locked</c>, <c>pinned</c>, <c>maintenance</c>, <c>kept</c>.</summary>
    public Seq<string> Marks { get; init; } = Seq<string>();

    /// <summary>Since when its branch hibernates, if it does.</summary>
    public Option<DateTimeOffset> HibernatedSince { get; init; }

    /// <summary>All deployments, of one project or of all.</summary>
    public static Seq<DeploymentView> All(Look look, Option<ProjectName> project) =>
        look
            .Desired.Branches.Filter(branch => project.ForAll(name => name == branch.Project.Name))
            .OrderBy(branch => branch.Project.Name)
            .ThenBy(branch => branch.Branch)
            .ToSeq()
            .Bind(branch => OfBranch(look, branch));

    /// <summary>The deployments of one branch.</summary>
    public static Seq<DeploymentView> OfBranch(Look look, DesiredBranch branch) =>
        branch.Deployments.OrderBy(it => it.Component).Select(it => Of(look, branch, it)).ToSeq();

    private static DeploymentView Of(Look look, DesiredBranch branch, DesiredDeployment deployment)
    {
        var shown = deployment.ServingRelease | deployment.TargetRelease;
        var unit = shown.Filter(IsService).Map(deployment.Unit);
        return new DeploymentView(
            branch.Project.Name.Value,
            $"{branch.Branch}",
            deployment.Component.Value,
            shown.Map(release => IsService(release) ? "service" : "site").IfNone("unknown"),
            DeploymentStates.Of(look.Observed, branch, deployment).Word(),
            shown.Map(release => release.Hosts.Map(look.Desired.Settings.Address)).IfNone(Seq<string>()),
            deployment.ServingRelease.Map(ReleaseView.Of),
            deployment.TargetRelease.Map(ReleaseView.Of),
            unit.Map(name => name.Value),
            unit.Bind(name => PortOf(look.Desired, name)),
            deployment.ServingSince
        )
        {
            Marks = MarkView.Of(branch).Map(mark => mark.Code),
            HibernatedSince = branch.Life.Rest is Rest.Asleep asleep ? Some(asleep.Since) : None,
        };
    }

    private static bool IsService(Release release) => release.Specification is Specification.Service;

    private static Option<int> PortOf(Desired desired, UnitName unit) =>
        desired
            .Leases.Values.ToSeq()
            .Find(lease => lease.Unit == unit && lease.ReleasedAt.IsNone)
            .Map(lease => lease.Port.Number);
}

/// <summary>A release, as it is shown.</summary>
/// <param name="Build">The build it came from.</param>
/// <param name="Commit">The commit.</param>
/// <param name="StorePath">What was built.</param>
/// <param name="Outcome"><c>untried</c>, <c>accepted</c> or <c>rejected</c>.</param>
/// <param name="Cause">Why it was rejected.</param>
/// <param name="At">When that was decided.</param>
public sealed record ReleaseView(
    long Build,
    string Commit,
    string StorePath,
    string Outcome,
    Option<CauseView> Cause,
    Option<DateTimeOffset> At
)
{
    /// <summary>The view of a release.</summary>
    public static ReleaseView Of(Release release)
    {
        var (word, cause, at) = release.Outcome switch
        {
            Domain.Outcome.Untried => ("untried", Option<CauseView>.None, Option<DateTimeOffset>.None),
            Domain.Outcome.Accepted it => ("accepted", None, Some(it.At)),
            Domain.Outcome.Rejected it => ("rejected", Some(CauseView.Of(it.Cause)), Some(it.At)),
            _ => throw new UnreachableException(),
        };
        return new ReleaseView(release.Build.Value, release.Commit.Value, release.StorePath.Value, word, cause, at);
    }
}
