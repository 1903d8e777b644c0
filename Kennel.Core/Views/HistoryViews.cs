using System.Diagnostics;
using Kennel.Core.Lifecycle;

namespace Kennel.Core.Views;

/// <summary>A build of a branch that became releases.</summary>
/// <param name="Build">Its number.</param>
/// <param name="Commit">Its commit.</param>
/// <param name="At">When it ended, or began where it has not ended.</param>
/// <param name="Repeats">What it brings anew, if it does.</param>
/// <param name="IsServing">Whether it serves.</param>
/// <param name="IsTarget">Whether it is what is to serve.</param>
/// <param name="IsPinned">Whether the branch is pinned to it.</param>
/// <param name="CanRollBack">Whether the branch can be rolled back to it.</param>
/// <param name="Why">Why it cannot.</param>
/// <param name="Components">How each component proved.</param>
public sealed record PastBuildView(
    long Build,
    string Commit,
    DateTimeOffset At,
    Option<string> Repeats,
    bool IsServing,
    bool IsTarget,
    bool IsPinned,
    bool CanRollBack,
    Option<string> Why,
    Seq<PastReleaseView> Components
)
{
    /// <summary>The view of a past build.</summary>
    public static PastBuildView Of(PastBuild past) =>
        new(
            past.Build.Id.Value,
            past.Build.Commit.Value,
            past.Build.At,
            past.Build.Repeats.Map(repeat => $"{repeat}"),
            past.IsServing,
            past.IsTarget,
            past.IsPinned,
            past.Hindrance.IsNone,
            past.Hindrance.Map(hindrance => hindrance.What),
            past.Releases.Map(PastReleaseView.Of)
        );
}

/// <summary>One component of a build that became releases.</summary>
/// <param name="Component">The component.</param>
/// <param name="Outcome"><c>untried</c>, <c>accepted</c> or <c>rejected</c>.</param>
/// <param name="Cause">Why it was rejected.</param>
public sealed record PastReleaseView(string Component, string Outcome, Option<CauseView> Cause)
{
    /// <summary>The view of a past release.</summary>
    public static PastReleaseView Of(PastRelease past) =>
        past.Release.Outcome switch
        {
            Domain.Outcome.Untried => new PastReleaseView(past.Component.Value, "untried", None),
            Domain.Outcome.Accepted => new PastReleaseView(past.Component.Value, "accepted", None),
            Domain.Outcome.Rejected it => new PastReleaseView(
                past.Component.Value,
                "rejected",
                Some(CauseView.Of(it.Cause))
            ),
            _ => throw new UnreachableException(),
        };
}

/// <summary>What a branch aims at from now on.</summary>
/// <param name="Project">The project.</param>
/// <param name="Branch">The branch, or <c>#</c> and a pull request's number.</param>
/// <param name="Build">The build whose releases are to serve.</param>
/// <param name="Commit">Its commit.</param>
public sealed record AimedView(string Project, string Branch, long Build, string Commit);
