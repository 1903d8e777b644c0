using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;

namespace Kennel.Core.Planning;

/// <summary>How far a host name is from being answered by its own service.</summary>
public abstract record WakeState
{
    private WakeState() { }

    /// <summary>No service that serves has this name.</summary>
    public sealed record Unknown : WakeState;

    /// <summary>Its branch hibernates and has to be woken.</summary>
    public sealed record Asleep : WakeState;

    /// <summary>Its branch is waking.</summary>
    public sealed record Waking : WakeState;

    /// <summary>It failed while its branch was waking, and is tried again later.</summary>
    public sealed record Resting(string Error, DateTimeOffset Until) : WakeState;

    /// <summary>It is served at this port.</summary>
    public sealed record Awake(Port Port) : WakeState;

    /// <summary>The state of a host name, as the store tells it.</summary>
    public static WakeState Of(Desired desired, HostName host, DateTimeOffset now)
    {
        var found =
            from branch in desired.Branches.Filter(branch => branch.Removed.IsNone)
            from deployment in branch.Deployments
            from release in deployment.ServingRelease.ToSeq()
            where release.Specification is Specification.Service && release.Hosts.Exists(name => name == host)
            select (Branch: branch, Unit: deployment.Unit(release));
        return found.HeadOrNone().Match(one => Of(desired, one.Branch, one.Unit, now), () => new Unknown());
    }

    private static WakeState Of(Desired desired, DesiredBranch branch, UnitName unit, DateTimeOffset now) =>
        branch.Life.Rest switch
        {
            Rest.Asleep => new Asleep(),
            Rest.Waking waking => OfWaking(desired, branch, waking, now),
            Rest.Awake => desired
                .Leases.Values.ToSeq()
                .Find(lease => lease.Unit == unit && lease.ReleasedAt.IsNone)
                .Match<WakeState>(lease => new Awake(lease.Port), () => new Waking()),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    // Any of its services may keep a branch from waking: all of them together are asked for.
    private static WakeState OfWaking(Desired desired, DesiredBranch branch, Rest.Waking waking, DateTimeOffset now) =>
        Wanted
            .Units(branch)
            .Bind(wanted => Seq(ActionKeys.OfCrash(wanted.Unit), ActionKeys.OfStart(wanted.Unit)))
            .Bind(key => desired.Attempts.Find(key).ToSeq())
            .Filter(attempts => attempts.LastAt >= waking.Since)
            .Map(attempts => new Resting(attempts.Error, BackOff.Until(attempts, desired.Settings.Periods)))
            .Filter(rest => rest.Until > now)
            .HeadOrNone()
            .Match<WakeState>(rest => rest, () => new Waking());
}
