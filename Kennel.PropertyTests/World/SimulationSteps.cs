using Kennel.Core.Domain;

namespace Kennel.PropertyTests.World;

/// <summary>What each step of a scenario does.</summary>
public sealed partial class Simulation
{
    /// <summary>One step of a scenario.</summary>
    public void Do(Step step)
    {
        switch (step)
        {
            case Step.Deploy deploy:
                Expect(deploy.Branch, deploy.Commit);
                Host.Commits = Host.Commits.AddOrUpdate(deploy.Commit.Id, deploy.Commit);
                Repository(Project.Value).Set(Branch(deploy.Branch).Reference, deploy.Commit.Id);
                if (Branch(deploy.Branch) is Branch.PullRequest request)
                    store.KnowPullRequest(Project, request.Number);
                store.Deploy(Project, Branch(deploy.Branch));
                Truth.Use(Branch(deploy.Branch));
                break;
            case Step.Remove remove:
                safety.MayVanish = true;
                store.Remove(Project, Branch(remove.Branch));
                break;
            case Step.Reboot:
                safety.ForgetHealth();
                Truth.ForgetUnwritten();
                Host.Reboot();
                break;
            case Step.LoseRoutes:
                safety.ForgetHealth();
                Host.HasSubtree = false;
                Host.CaddyVersion++;
                break;
            case Step.StopByHand stop:
                safety.ForgetHealth();
                foreach (
                    var unit in Host.Units.Values.Where(unit =>
                        unit.Name.Value.Contains($"-{stop.Branch}-", StringComparison.Ordinal)
                    )
                )
                    unit.Stop(Host.Now);
                break;
            case Step.CollectGarbage:
                Host.CollectGarbage();
                break;
            case Step.GoBlind blind:
                Host.Blind = Host.Blind.AddOrUpdate(blind.System);
                break;
            case Step.SeeAgain:
                Host.Blind = Set<string>();
                break;
            case Step.Passes passes:
                for (var count = 0; count < passes.Count; count++)
                    Advance(OnePass());
                break;
            case Step.Settle:
                Settle();
                break;
            default:
                DoOutside(step);
                break;
        }
    }

    private void DoOutside(Step step)
    {
        switch (step)
        {
            case Step.OnForge change:
                Expect(change.Change);
                Forge.Do(Repository(change.Project), change.Change);
                break;
            case Step.HoldDeliveries:
                Forge.IsHolding = true;
                break;
            case Step.Deliver deliver:
                Forge.Deliver(deliver.Index);
                break;
            case Step.Lose lose:
                Forge.Lose(lose.Index);
                break;
            case Step.LookAround:
                LookAround();
                break;
            case Step.DeliverAll:
                Forge.IsHolding = false;
                Forge.DeliverAll();
                break;
            case Step.Repeat repeat:
                Forge.Repeat(repeat.Index, repeat.UnderNewNumber);
                break;
            case Step.SlowGit git:
                (Host.GitTime, Host.GitAnswersLate) = (TimeSpan.FromMilliseconds(git.Milliseconds), git.AnswersLate);
                break;
            case Step.Room room:
                Host.Room = Host.Room with { FreeBytes = (long)room.FreeGibibytes << 30 };
                break;
            case Step.Wait wait:
                Wait(TimeSpan.FromMilliseconds(wait.Milliseconds));
                break;
            case Step.Cancel cancel:
                store.Cancel(Branch(cancel.Branch));
                break;
            case Step.Ask ask:
                store.People.Do(Project, ask);
                // What a branch returns to may have fewer components.
                safety.MayDrop |= ask.What is Request.RollBack or Request.Unpin;
                break;
            default:
                DoAtRest(step);
                break;
        }
    }

    private void Expect(ForgeChange change)
    {
        safety.MayVanish |= change is ForgeChange.Delete or ForgeChange.Close or ForgeChange.Merge;
        // What a branch returns to or follows may declare less than it had.
        safety.MayDrop |= change is ForgeChange.Return or ForgeChange.Follow or ForgeChange.Merge;
        if (change is ForgeChange.Push push)
            Expect(push.Branch, push.Commit);
    }

    private void Expect(string branch, SimulatedCommit commit)
    {
        safety.MayDrop |= Declares(branch).Exists(name => !commit.Components.Exists(one => one.Name == name));
        // With a second service none is the primary one any more, and nothing has the branch's plain name.
        safety.MayDrop |=
            !Declares(branch).IsEmpty
            && commit.Components.Exists(one => !one.IsSite && !Declares(branch).Contains(one.Name));
        safety.MayDrop |= DeclaredDomains(branch)
            .Exists(domain => !commit.Components.Exists(one => one.Domain == domain));
        declaredDomains = declaredDomains.AddOrUpdate(
            branch,
            Joined(DeclaredDomains(branch), commit.Components.Bind(one => one.Domain.ToSeq()))
        );
        declared = declared.AddOrUpdate(branch, Joined(Declares(branch), commit.Components.Map(one => one.Name)));
    }
}
