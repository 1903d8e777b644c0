using System.Globalization;
using Kennel.Core.Domain;

namespace Kennel.PropertyTests.World;

/// <summary>
/// The simulated forge: people change repositories, and each change makes deliveries as Forgejo does. They are handed
/// over at once, unless the scenario holds them back to lose, repeat and reorder them.
/// </summary>
/// <param name="host">The world, for its time and its commits.</param>
/// <param name="door">Takes a delivery in for a project.</param>
public sealed class SimulatedForge(SimulatedHost host, Action<ProjectName, SimulatedDelivery> door)
{
    private const string Synchronized = "synchronized";

    private Seq<(ProjectName Project, SimulatedDelivery Delivery)> outgoing;
    private Seq<(ProjectName Project, SimulatedDelivery Delivery)> sent;
    private int deliveries;

    /// <summary>The references of which a delivery was lost.</summary>
    public Set<(ProjectName Project, string Reference)> Lost { get; private set; }

    /// <summary>Those of them of which no delivery arrived since that led to a look at them.</summary>
    public Set<(ProjectName Project, string Reference)> Unheard { get; private set; }

    /// <summary>Whether deliveries wait until the scenario lets them go.</summary>
    public bool IsHolding { get; set; }

    /// <summary>People do something; what is not possible does not happen.</summary>
    public void Do(SimulatedRepository repository, ForgeChange change)
    {
        switch (change)
        {
            case ForgeChange.Push push:
                host.Commits = host.Commits.AddOrUpdate(push.Commit.Id, push.Commit);
                Push(repository, push.Branch, push.Commit.Id);
                break;
            case ForgeChange.Return back:
                repository
                    .Past.Find(SimulatedRepository.Reference(back.Branch))
                    .IfSome(past => Push(repository, back.Branch, past[back.Index % past.Count]));
                break;
            case ForgeChange.Follow follow:
                repository.Head(follow.Other).IfSome(commit => Push(repository, follow.Branch, commit));
                break;
            case ForgeChange.Delete delete when repository.Head(delete.Branch).IsSome:
                Delete(repository, delete.Branch);
                break;
            case ForgeChange.Open open when !repository.PullRequests.ContainsKey(open.Number):
                repository.Head(open.Branch).IfSome(head => Open(repository, open.Number, open.Branch, head, "opened"));
                break;
            case ForgeChange.Close close:
                OpenOne(repository, close.Number).IfSome(one => End(repository, one, isMerged: false));
                break;
            case ForgeChange.Merge merge:
                OpenOne(repository, merge.Number).IfSome(one => Merge(repository, one));
                break;
            case ForgeChange.Reopen reopen:
                Reopenable(repository, reopen.Number)
                    .IfSome(one => Open(repository, one.Request.Number, one.Request.Branch, one.Head, "reopened"));
                break;
            default:
                break;
        }
    }

    /// <summary>One of the held deliveries arrives.</summary>
    public void Deliver(int index)
    {
        if (outgoing.IsEmpty)
            return;
        var chosen = outgoing[index % outgoing.Count];
        outgoing = outgoing.Filter(one => one != chosen).Strict();
        HandOver(chosen.Project, chosen.Delivery);
    }

    /// <summary>One of the held deliveries never arrives: only such as tell what a look at the repository tells, too.</summary>
    public void Lose(int index)
    {
        var losable = outgoing.Filter(one => one.Delivery.Moved.IsSome).Strict();
        if (losable.IsEmpty)
            return;
        var chosen = losable[index % losable.Count];
        outgoing = outgoing.Filter(one => one != chosen).Strict();
        var references = chosen.Delivery.Moved.ToSeq().Map(reference => (chosen.Project, reference));
        Lost = Lost.AddOrUpdateRange(references);
        Unheard = Unheard.AddOrUpdateRange(references);
    }

    /// <summary>All held deliveries arrive but those that were lost.</summary>
    public void DeliverAll()
    {
        while (!outgoing.IsEmpty)
            Deliver(0);
    }

    /// <summary>A delivery that has arrived arrives again: under its own number, or under a new one.</summary>
    public void Repeat(int index, bool underNewNumber)
    {
        if (sent.IsEmpty)
            return;
        var (project, delivery) = sent[index % sent.Count];
        door(project, underNewNumber ? delivery with { Id = NextId() } : delivery);
    }

    private void Push(SimulatedRepository repository, string branch, CommitId commit)
    {
        var before = repository.Head(branch);
        if (before == Some(commit))
            return;
        var reference = SimulatedRepository.Reference(branch);
        repository.Set(reference, commit);
        if (before.IsNone)
            Send(repository, "create", DeliveryBodies.Create(repository, branch, commit), reference);
        Send(repository, "push", DeliveryBodies.Push(repository, branch, before, commit), reference);
        foreach (var one in repository.PullRequests.Values.Where(one => one.IsOpen && one.Branch == branch).ToList())
        {
            repository.Set(SimulatedRepository.Reference(one.Number), commit);
            Tell(repository, one with { UpdatedAt = Later(one, isChangeOfState: false) }, Synchronized);
        }
    }

    private void Delete(SimulatedRepository repository, string branch)
    {
        repository.Remove(SimulatedRepository.Reference(branch));
        Send(repository, "delete", DeliveryBodies.Delete(repository, branch));
        foreach (var one in repository.PullRequests.Values.Where(one => one.IsOpen && one.Branch == branch).ToList())
            End(repository, one, isMerged: false);
    }

    private void Open(SimulatedRepository repository, int number, string branch, CommitId head, string action)
    {
        var updatedAt = repository
            .PullRequests.Find(number)
            .Match(one => Later(one, isChangeOfState: true), () => Second(host.Now));
        repository.Set(SimulatedRepository.Reference(number), head);
        Tell(repository, new SimulatedPullRequest(number, branch, IsOpen: true, IsMerged: false, updatedAt), action);
    }

    private void End(SimulatedRepository repository, SimulatedPullRequest one, bool isMerged) =>
        Tell(
            repository,
            one with
            {
                IsOpen = false,
                IsMerged = isMerged,
                UpdatedAt = Later(one, isChangeOfState: true),
            },
            "closed"
        );

    private void Merge(SimulatedRepository repository, SimulatedPullRequest one)
    {
        repository.Head(one.Branch).IfSome(commit => Push(repository, SimulatedRepository.DefaultBranch, commit));
        End(repository, repository.PullRequests[one.Number], isMerged: true);
    }

    private void Tell(SimulatedRepository repository, SimulatedPullRequest one, string action)
    {
        repository.PullRequests = repository.PullRequests.AddOrUpdate(one.Number, one);
        var moved = action == Synchronized ? Some(SimulatedRepository.Reference(one.Number)) : None;
        Send(repository, "pull_request", DeliveryBodies.PullRequest(repository, one, action), moved);
    }

    private static Option<SimulatedPullRequest> OpenOne(SimulatedRepository repository, int number) =>
        repository.PullRequests.Find(number).Filter(one => one.IsOpen);

    private static Option<(SimulatedPullRequest Request, CommitId Head)> Reopenable(
        SimulatedRepository repository,
        int number
    ) =>
        from one in repository.PullRequests.Find(number).Filter(one => one is { IsOpen: false, IsMerged: false })
        from head in repository.Head(one.Branch)
        select (one, head);

    // The forge's clock counts seconds. People are not so quick as to close and reopen within one.
    private DateTimeOffset Later(SimulatedPullRequest one, bool isChangeOfState)
    {
        var earliest = isChangeOfState && WasReopened(one) ? one.UpdatedAt.AddSeconds(1) : one.UpdatedAt;
        var now = Second(host.Now);
        return now > earliest ? now : earliest;
    }

    private bool WasReopened(SimulatedPullRequest one) =>
        !one.IsOpen
        || Joined(outgoing, sent)
            .Exists(it =>
                it.Delivery.Body.Contains("reopened", StringComparison.Ordinal)
                && it.Delivery.Body.Contains($"\"number\":{one.Number},", StringComparison.Ordinal)
            );

    private static DateTimeOffset Second(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private string NextId() => (++deliveries).ToString(CultureInfo.InvariantCulture);

    private void Send(SimulatedRepository repository, string name, string body, Option<string> moved = default)
    {
        var delivery = new SimulatedDelivery(NextId(), name, body) { Moved = moved };
        if (IsHolding)
            outgoing = outgoing.Add((repository.Name, delivery));
        else
            HandOver(repository.Name, delivery);
    }

    private void HandOver(ProjectName project, SimulatedDelivery delivery)
    {
        sent = sent.Add((project, delivery));
        delivery.Moved.IfSome(reference => Unheard = Unheard.Remove((project, reference)));
        door(project, delivery);
    }
}
