using Kennel.Core.Planning;

namespace Kennel.Core.Views;

/// <summary>The host at a glance.</summary>
/// <param name="LookedAt">When everything was looked at.</param>
/// <param name="Instance">The mark of the state database.</param>
/// <param name="Domain">The domain of the deployments.</param>
/// <param name="Projects">How many repositories are registered.</param>
/// <param name="Branches">How many branches have a row.</param>
/// <param name="Deployments">How many deployments there are in each state.</param>
/// <param name="Builds">How many builds are not at their end, in each state.</param>
/// <param name="Changes">How many steps the next pass has.</param>
/// <param name="Unseen">What could not be looked at.</param>
/// <param name="Unwell">The deployments that need somebody.</param>
/// <param name="Notes">What waits, what is blocked and what belongs to nobody.</param>
/// <param name="NextLookAt">When Kennel looks again even if nothing happens.</param>
public sealed record StatusView(
    DateTimeOffset LookedAt,
    string Instance,
    string Domain,
    int Projects,
    int Branches,
    Seq<CountView> Deployments,
    Seq<CountView> Builds,
    int Changes,
    Seq<UnseenView> Unseen,
    Seq<DeploymentView> Unwell,
    Seq<NoteView> Notes,
    Option<DateTimeOffset> NextLookAt
)
{
    /// <summary>What people set on projects and branches.</summary>
    public Seq<MarkView> Marks { get; init; } = Seq<MarkView>();

    private static readonly Seq<string> NeedsSomebody = Seq(
        DeploymentState.Behind.Word(),
        DeploymentState.Failed.Word(),
        DeploymentState.Down.Word(),
        DeploymentState.Unrouted.Word()
    );

    /// <summary>The view of a look.</summary>
    /// <param name="look">The look.</param>
    /// <param name="projects">How many repositories are registered.</param>
    public static StatusView Of(Look look, int projects)
    {
        var deployments = DeploymentView.All(look, None);
        return new StatusView(
            look.Observed.Now,
            look.Desired.Settings.Instance.Value,
            look.Desired.Settings.Domain.Value,
            projects,
            look.Desired.Branches.Count,
            CountView.Of(deployments.Map(deployment => deployment.State)),
            CountView.Of(look.Desired.Builds.Map(build => build.State.Word())),
            look.Plan.Actions.Count,
            UnseenView.OfHost(look.Observed),
            deployments.Filter(deployment => NeedsSomebody.Contains(deployment.State)),
            look.Plan.Notes.Map(NoteView.Of),
            look.Plan.NextLookAt
        )
        {
            Marks = MarkView.All(look.Desired),
        };
    }
}

/// <summary>How many there are in one state.</summary>
/// <param name="State">The state.</param>
/// <param name="Count">How many.</param>
public sealed record CountView(string State, int Count)
{
    /// <summary>Counts states, in their order of the alphabet.</summary>
    public static Seq<CountView> Of(Seq<string> states) =>
        states
            .GroupBy(state => state)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new CountView(group.Key, group.Count()))
            .ToSeq();
}
