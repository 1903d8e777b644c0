using Kennel.Core.Configuration;
using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Views;
using Kennel.Shell.Postgres;
using Kennel.Shell.Store;

namespace Kennel.Shell.Api;

/// <summary>What the API stands on.</summary>
/// <param name="Configuration">The host's configuration.</param>
/// <param name="Intents">What people may ask of the store.</param>
/// <param name="Reconciler">Looks and acts.</param>
/// <param name="Complain">Takes what went wrong inside, for the log.</param>
public sealed record ApiParts(
    HostConfiguration Configuration,
    IIntents Intents,
    IReconciler Reconciler,
    Action<string> Complain
)
{
    /// <summary>What people may ask about releases.</summary>
    public required IHistory History { get; init; }

    /// <summary>The marks that people may set.</summary>
    public required IMarks Marks { get; init; }

    /// <summary>What people may ask about databases.</summary>
    public required IDatabaseIntents Databases { get; init; }

    /// <summary>The dumps of databases.</summary>
    public IDumps Dumps { get; init; } = new NoDumps();

    /// <summary>Names the dumps that are asked for.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Remembers what was refused because of its signature.</summary>
    public IRefusedDeliveries Refused { get; init; } = new NoRefusedDeliveries();

    /// <summary>Lets the next look see anew what is otherwise looked at now and then only.</summary>
    public System.Action LookAfresh { get; init; } = () => { };
}

/// <summary>The handlers: each asks the store or the reconciler and shows what it says.</summary>
internal sealed class Handlers(ApiParts parts, CancellationToken stopping)
{
    private const int BuildsMax = 200;
    private const int BuildsOfBranchMax = 5;
    private const int HistoryMax = 20;
    private const int DeliveriesMax = 200;
    private const int DeliveriesOfBranchMax = 5;

    private readonly IIntents _intents = parts.Intents;
    private readonly IReconciler _reconciler = parts.Reconciler;

    public async Task<IResult> Deploy(string project, HttpContext http) =>
        await Answers.Checked(
            (await Answers.Body<DeployRequest>(http)).Bind(body => body.Check(project)),
            async asked =>
                Woken(
                    await _intents.Deploy(asked.Project, asked.Branch, asked.Commit, http.RequestAborted),
                    row => Answers.Accepted(row.View())
                )
        );

    public Task<IResult> RemoveBranch(string project, string? branch, CancellationToken cancellation) =>
        Answers.Checked(
            Pair(project, branch),
            async asked =>
                Woken(
                    await _intents.RemoveBranch(asked.Project, asked.Branch, "removed by a person", cancellation),
                    _ => Answers.Accepted(new BranchRemovalView(asked.Project.Value, $"{asked.Branch}"))
                )
        );

    public async Task<IResult> Plan(CancellationToken cancellation) =>
        Answers.Ok(PlanView.Of(await _reconciler.Look(cancellation)));

    public async Task<IResult> Reconcile(CancellationToken cancellation)
    {
        var summary = await _reconciler.PassNow(cancellation);
        return Answers.Ok(PassView.Of(summary.Plan, summary.Reports));
    }

    public async Task<IResult> Status(CancellationToken cancellation)
    {
        var projects = await _intents.Projects(cancellation);
        return Answers.Ok(StatusView.Of(await _reconciler.Look(cancellation), projects.Count));
    }

    public async Task<IResult> Inventory(CancellationToken cancellation) =>
        Answers.Ok(InventoryView.Of(await _reconciler.Look(cancellation)));

    public Task<IResult> Deployments(string? project, CancellationToken cancellation) =>
        OfProject(
            project,
            async name => Answers.Ok(DeploymentView.All(await _reconciler.Look(cancellation), name)),
            cancellation
        );

    public Task<IResult> Builds(string? project, CancellationToken cancellation) =>
        OfProject(
            project,
            async name => Answers.Ok((await _intents.Builds(name, BuildsMax, cancellation)).Map(row => row.View())),
            cancellation
        );

    public async Task<IResult> Build(long build, CancellationToken cancellation) =>
        (await _intents.Build(new BuildId(build), cancellation)).Match(
            row => Answers.Ok(row.View()),
            () => Answers.Problem(Missing.Build(build))
        );

    public async Task<IResult> Cancel(long build, CancellationToken cancellation) =>
        Woken(await _intents.Cancel(new BuildId(build), "a person", cancellation), row => Answers.Accepted(row.View()));

    public Task<IResult> Deliveries(string? project, CancellationToken cancellation) =>
        OfProject(
            project,
            async name =>
                Answers.Ok((await _intents.Deliveries(name, DeliveriesMax, cancellation)).Map(row => row.View())),
            cancellation
        );

    public async Task<IResult> BuildLog(long build, bool? follow, CancellationToken cancellation)
    {
        var log = new BuildLog(parts.Configuration.BuildLog(new BuildId(build)), new BuildId(build), _intents);
        return await log.Exists(cancellation)
            ? Results.Stream(output => Copy(log, output, follow ?? false, cancellation), "text/plain; charset=utf-8")
            : Answers.Problem(Missing.Build(build));
    }

    public Task<IResult> Why(string? project, string? branch, CancellationToken cancellation) =>
        Answers.Checked(
            Pair(project, branch),
            async asked =>
            {
                var look = await _reconciler.Look(cancellation);
                var found = look.Desired.Branches.Filter(it =>
                    it.Project.Name == asked.Project && it.Branch == asked.Branch
                );
                return await (found.Find(it => it.Removed.IsNone) | found.HeadOrNone()).Match(
                    async it =>
                        Answers.Ok(
                            WhyView.Of(look, it, await Remember(asked.Project, asked.Branch, it.Id, cancellation))
                        ),
                    () => WhyAbsent(look, asked.Project, asked.Branch, cancellation)
                );
            }
        );

    private async Task<IResult> WhyAbsent(Look look, ProjectName name, Branch branch, CancellationToken cancellation)
    {
        var memory = await Remember(name, branch, None, cancellation);
        var view =
            from project in look.Desired.Projects.Find(it => it.Name == name)
            from told in WhyView.OfAbsent(look, project, branch, memory)
            select told;
        return await view.Match(
            it => Task.FromResult(Answers.Ok(it)),
            async () =>
                Answers.Problem(
                    Missing.Branch(name, branch, await _intents.Projects(cancellation), look.Desired.Branches)
                )
        );
    }

    private async Task Copy(BuildLog log, Stream output, bool follow, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping);
        await log.CopyTo(output, follow, either.Token);
    }

    private async Task<Memory> Remember(
        ProjectName project,
        Branch branch,
        Option<BranchId> row,
        CancellationToken cancellation
    )
    {
        var builds = await _intents.Builds(project, BuildsMax, cancellation);
        var history = await row.MapAsync(id => _intents.History(id, HistoryMax, cancellation))
            .IfNone(Seq<HistoryRow>());
        var evidence = await row.MapAsync(id => _intents.Evidence(id, cancellation)).IfNone(Seq<EvidenceRow>());
        var deliveries = await _intents.Deliveries(project, branch, DeliveriesOfBranchMax, cancellation);
        return new Memory(
            builds.Filter(build => build.Branch == branch).Take(BuildsOfBranchMax).Map(row => row.View()),
            history.Map(row => row.View()),
            evidence.Map(row => row.View())
        )
        {
            PullRequest = branch is Branch.PullRequest it
                ? (await _intents.PullRequest(project, it.Number, cancellation)).Map(PullRequestView.Of)
                : None,
            Deliveries = deliveries.Map(row => row.View()),
            Refused = parts.Refused.View(project),
        };
    }

    private Task<IResult> OfProject(
        string? project,
        Func<Option<ProjectName>, Task<IResult>> answer,
        CancellationToken cancellation
    ) =>
        project is null
            ? answer(None)
            : Answers.Checked(
                ProjectName.Parse("project", project),
                async name =>
                {
                    var projects = await _intents.Projects(cancellation);
                    return projects.Exists(row => row.Name == name)
                        ? await answer(name)
                        : Answers.Problem(Missing.Project(name, projects));
                }
            );

    private IResult Woken<T>(Either<Refusal, T> result, Func<T, IResult> granted)
    {
        if (result.IsRight)
        {
            _reconciler.Wake();
        }
        return Answers.Of(result, granted);
    }

    private static Validation<Problem, (ProjectName Project, Branch Branch)> Pair(string? project, string? branch) =>
        (ProjectName.Parse("project", project), Branch.Parse("branch", branch)).Apply((name, it) => (name, it));
}
