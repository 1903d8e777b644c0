using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>
/// Custom domains: what became free is taken by who declares it, and what nobody declares any more is given up when
/// nothing of it is left.
/// </summary>
public static class DomainPlanner
{
    /// <summary>The steps for all domains.</summary>
    public static Seq<Part> Plan(Sight sight) => Joined(Wanted(sight), Surplus(sight)).Strict();

    private static Seq<Part> Wanted(Sight sight) =>
        sight
            .Desired.Branches.Filter(branch => !branch.IsLeaving && branch.Project.Lock.IsNone)
            .Bind(branch => HeldDomains.Declared(branch).Map(domain => (branch, domain)))
            .Fold(
                (Holders: sight.Desired.Domains, Parts: Seq<Part>()),
                (soFar, one) => Take(sight, soFar.Holders, one.branch, one.domain, soFar.Parts)
            )
            .Parts;

    // The older branch is asked first, so that two who want the same are told the same in the same pass.
    private static (Map<HostName, DomainHolder> Holders, Seq<Part> Parts) Take(
        Sight sight,
        Map<HostName, DomainHolder> holders,
        DesiredBranch branch,
        HostName domain,
        Seq<Part> parts
    )
    {
        var own = HeldDomains.HolderOf(branch);
        return holders
            .Find(domain)
            .Match(
                holder => (holders, holder == own ? parts : parts.Add(Taken(branch, domain, Title(sight, holder)))),
                () =>
                    sight.Desired.ClaimedHosts.Contains(domain)
                        ? (holders, parts.Add(Taken(branch, domain, "a name that Kennel gave another branch")))
                        : (holders.Add(domain, own), parts.Add(Claim(branch, domain, own)))
            );
    }

    private static Part Claim(DesiredBranch branch, HostName domain, DomainHolder own) =>
        Part.Step(branch.Subject, new Action.ClaimDomain(domain, own), "it is declared, and free");

    private static Part Taken(DesiredBranch branch, HostName domain, string owner) =>
        Part.Block(branch.Subject, new BlockedBy.DomainTaken(domain, owner));

    private static string Title(Sight sight, DomainHolder holder) =>
        BranchOf(sight, holder)
            .Match(
                branch => branch.Title,
                () =>
                    sight
                        .Desired.Projects.Find(project => project.Id == holder.Project)
                        .Match(project => $"project {project.Name}", () => "another project")
            );

    // Where rows could not be read, nothing is concluded from what is missing.
    private static Seq<Part> Surplus(Sight sight)
    {
        if (sight.Desired.Domains.IsEmpty || !sight.Desired.Damage.IsEmpty)
            return Seq<Part>();
        var branches = sight.Desired.Branches.ToLookup(HeldDomains.HolderOf);
        return sight
            .Desired.Domains.AsEnumerable()
            .ToSeq()
            .Bind(held => Surplus(sight, branches[held.Value].ToSeq(), held.Key, held.Value).ToSeq())
            .Strict();
    }

    // A branch that leaves gives its domains up itself, and one whose project is locked stays as it is.
    private static Option<Part> Surplus(Sight sight, Seq<DesiredBranch> branches, HostName domain, DomainHolder holder)
    {
        var isNeeded = branches.Exists(branch =>
            branch.Removed.IsSome || branch.Project.Lock.IsSome || HeldDomains.Declared(branch).Contains(domain)
        );
        return isNeeded
            ? None
            : Some(
                Leave(
                    sight,
                    branches.HeadOrNone().Match(branch => branch.Subject, () => new Subject.Host()),
                    domain,
                    holder
                )
            );
    }

    private static Part Leave(Sight sight, Subject subject, HostName domain, DomainHolder holder) =>
        sight.Observed.Routing.Match(
            known: routing =>
                routing.Table.Entries.ContainsKey(domain)
                    ? Part.Wait(subject, new WaitingOn.RouteChange())
                    : DnsPlanner
                        .Leave(sight, subject, domain)
                        .IfNone(() =>
                            Part.Step(subject, new Action.ReleaseDomain(domain, holder), "nothing declares it any more")
                        ),
            unknown: reason => Part.Wait(subject, new WaitingOn.Sight("Caddy", reason))
        );

    private static Option<DesiredBranch> BranchOf(Sight sight, DomainHolder holder) =>
        sight.Desired.Branches.Find(branch => HeldDomains.HolderOf(branch) == holder);
}
