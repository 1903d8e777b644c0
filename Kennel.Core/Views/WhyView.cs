using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Core.Views;

/// <summary>What the store remembers of a branch.</summary>
/// <param name="Builds">Its last builds, newest first.</param>
/// <param name="History">What was done for it, newest first.</param>
/// <param name="Evidence">Last lines of units that failed, newest first.</param>
public sealed record Memory(Seq<BuildView> Builds, Seq<HistoryView> History, Seq<EvidenceView> Evidence)
{
    /// <summary>The pull request, where it is one that the forge told of.</summary>
    public Option<PullRequestView> PullRequest { get; init; }

    /// <summary>The last deliveries about it, newest first.</summary>
    public Seq<DeliveryView> Deliveries { get; init; } = Seq<DeliveryView>();

    /// <summary>Deliveries for its project that were refused because of their signature.</summary>
    public Option<RefusedDeliveriesView> Refused { get; init; }
}

/// <summary>Why one branch stands as it does, and what to do next.</summary>
/// <param name="Project">The project.</param>
/// <param name="Branch">The branch, or <c>#</c> and a pull request's number.</param>
/// <param name="Environment">What it is for.</param>
/// <param name="LookedAt">When everything was looked at.</param>
/// <param name="Headline">The answer in a sentence.</param>
/// <param name="Next">What to do.</param>
/// <param name="Deployments">Its components.</param>
/// <param name="Builds">Its last builds, newest first.</param>
/// <param name="Notes">What it waits for and what is in its way.</param>
/// <param name="Unseen">What could not be looked at.</param>
/// <param name="Evidence">Last lines of units that failed, newest first.</param>
/// <param name="History">What was done for it, newest first.</param>
/// <param name="PullRequest">The pull request, where it is one that the forge told of.</param>
/// <param name="Deliveries">The last deliveries about it, newest first.</param>
/// <param name="Refused">Deliveries for its project that were refused because of their signature.</param>
public sealed record WhyView(
    string Project,
    string Branch,
    string Environment,
    DateTimeOffset LookedAt,
    string Headline,
    Option<string> Next,
    Seq<DeploymentView> Deployments,
    Seq<BuildView> Builds,
    Seq<NoteView> Notes,
    Seq<UnseenView> Unseen,
    Seq<EvidenceView> Evidence,
    Seq<HistoryView> History,
    Option<PullRequestView> PullRequest,
    Seq<DeliveryView> Deliveries,
    Option<RefusedDeliveriesView> Refused
)
{
    /// <summary>What somebody set on it or on its project.</summary>
    public Seq<MarkView> Marks { get; init; } = Seq<MarkView>();

    /// <summary>The view of one branch.</summary>
    public static WhyView Of(Look look, DesiredBranch branch, Memory memory)
    {
        var deployments = DeploymentView.OfBranch(look, branch);
        var unseen = UnseenView.Of(look.Observed);
        var verdict = Verdict.Of(branch, deployments, memory.Builds.HeadOrNone(), unseen);
        return new WhyView(
            branch.Project.Name.Value,
            $"{branch.Branch}",
            branch.Environment.Word(),
            look.Observed.Now,
            verdict.Headline,
            verdict.Next,
            deployments,
            memory.Builds,
            look.Plan.Notes.Filter(note => IsAbout(branch.Id, note.Subject)).Map(NoteView.Of),
            unseen,
            memory.Evidence,
            memory.History,
            memory.PullRequest,
            memory.Deliveries,
            memory.Refused
        )
        {
            Marks = MarkView.Of(branch),
        };
    }

    /// <summary>The view of a branch or pull request of which there is nothing; none where the forge never told of it.</summary>
    public static Option<WhyView> OfAbsent(Look look, DesiredProject project, Branch branch, Memory memory) =>
        Absence
            .Explain(project.Name, branch, memory)
            .Map(verdict => new WhyView(
                project.Name.Value,
                $"{branch}",
                DeployEnvironments.Of(branch, project.DefaultBranch).Word(),
                look.Observed.Now,
                verdict.Headline,
                verdict.Next,
                Seq<DeploymentView>(),
                memory.Builds,
                Seq<NoteView>(),
                Seq<UnseenView>(),
                memory.Evidence,
                memory.History,
                memory.PullRequest,
                memory.Deliveries,
                memory.Refused
            ));

    private static bool IsAbout(BranchId branch, Subject subject) =>
        subject switch
        {
            Subject.OfBranch it => it.Id == branch,
            Subject.OfBuild it => it.Branch == branch,
            Subject.OfProject or Subject.Host => false,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
