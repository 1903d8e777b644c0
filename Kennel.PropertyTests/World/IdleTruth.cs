using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.World;

/// <summary>Who really used what and when, held against what Kennel concludes from what it sees and remembers.</summary>
public sealed class IdleTruth(SimulatedHost host, SimulatedStore store)
{
    private Map<Branch, (DateTimeOffset Really, DateTimeOffset OnClock)> uses;

    /// <summary>The periods that hold in the scenario.</summary>
    public ExpiryPeriods Periods { get; set; } = ExpiryPeriods.Never;

    /// <summary>What expired on a guess, or may never expire.</summary>
    public Seq<string> Violations { get; private set; }

    /// <summary>What expired.</summary>
    public Seq<(ExpiryKind Kind, Branch Branch, DateTimeOffset At)> Expired { get; private set; }

    /// <summary>A branch is used now.</summary>
    public void Use(Branch branch) => uses = uses.AddOrUpdate(branch, (host.Now, host.Clock));

    /// <summary>What Kennel has not written when it dies, nobody knows any more.</summary>
    public void ForgetUnwritten() =>
        uses = uses.Map(
            (branch, use) =>
                store
                    .ActiveAt(branch)
                    .Filter(written => use.OnClock - written >= Periods.Grain)
                    .Match(written => (use.Really - (use.OnClock - written), written), () => use)
        );

    /// <summary>Judges one effect.</summary>
    public void Check(Action action, Effect effect)
    {
        if (effect is not Effect.Done)
            return;
        if (action is Action.Hibernate hibernate)
            Check(ExpiryKind.Hibernate, hibernate.Branch);
        if (action is Action.ExpireBranch expire)
            Check(ExpiryKind.Remove, expire.Branch);
    }

    private void Check(ExpiryKind kind, BranchId id)
    {
        var branch = store.Reference(id);
        Expired = Expired.Add((kind, branch, host.Now));
        var idle = uses.Find(branch).Map(use => host.Now - use.Really);
        if (!idle.Exists(time => time >= Periods.Of(kind)))
            Violations = Violations.Add($"{branch} expired ({kind}) after {idle} without a use");
        if ($"{branch}" is "main" or "staging" or "dev" || store.IsKept(branch))
            Violations = Violations.Add($"{branch} expired ({kind}) and never may");
    }
}
