using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>
/// The records of custom domains in the zones that Kennel may write to: there while the domain serves, gone before it is
/// given up. What Kennel did not make is left alone, and is in the way.
/// </summary>
public static class DnsPlanner
{
    private const string System = "Cloudflare";

    /// <summary>The steps for all domains that serve.</summary>
    public static Seq<Part> Plan(Sight sight) =>
        sight
            .Settings.Dns.ToSeq()
            .Bind(dns =>
                sight
                    .Desired.Branches.Filter(branch => !branch.IsLeaving && branch.Project.Lock.IsNone)
                    .Bind(branch => Serving(sight, branch).Map(domain => (branch, domain)))
                    .Bind(one =>
                        dns.ZoneOf(one.domain).Map(zone => Keep(sight, dns, one.branch, zone, one.domain)).ToSeq()
                    )
            )
            .Strict();

    /// <summary>What of a domain in DNS must go before it is given up; none where nothing is left.</summary>
    public static Option<Part> Leave(Sight sight, Subject subject, HostName domain) =>
        sight
            .Settings.Dns.Bind(dns => dns.ZoneOf(domain))
            .Bind(_ =>
                sight.Observed.Records.Match(
                    records => Remove(subject, Own(sight, records, domain), "nothing declares the domain any more"),
                    reason => Some(Part.Wait(subject, new WaitingOn.Sight(System, reason)))
                )
            );

    /// <summary>What of a branch's domains in DNS must go before the branch is forgotten.</summary>
    public static Option<Part> Leave(Sight sight, DesiredBranch branch) =>
        Some(
                sight
                    .Desired.Domains.Filter(holder => holder == HeldDomains.HolderOf(branch))
                    .Keys.ToSeq()
                    .Bind(domain => Leave(sight, branch.Subject, domain).ToSeq())
                    .Strict()
            )
            .Filter(parts => !parts.IsEmpty)
            .Map(parts => Part.Concat(parts));

    /// <summary>Records with Kennel's mark that no domain of this database accounts for.</summary>
    public static Seq<DnsRecord> Orphans(Sight sight) =>
        sight.Observed.Records.Match(
            records =>
                records
                    .Filter(record =>
                        record.Mark.Exists(mark =>
                            mark != sight.Settings.Instance || !sight.Desired.Domains.ContainsKey(record.Name)
                        )
                    )
                    .Strict(),
            _ => Seq<DnsRecord>()
        );

    private static Seq<HostName> Serving(Sight sight, DesiredBranch branch) =>
        branch
            .Deployments.Bind(one => one.ServingRelease.ToSeq())
            .Bind(release => release.Domain.ToSeq())
            .Filter(domain => sight.Desired.Domains.Find(domain) == Some(HeldDomains.HolderOf(branch)))
            .Distinct()
            .ToSeq();

    private static Part Keep(Sight sight, DnsSettings dns, DesiredBranch branch, HostName zone, HostName domain) =>
        sight.Observed.Records.Match(
            records =>
            {
                var own = Own(sight, records, domain);
                var foreign = records.Filter(record =>
                    record.Name == domain && record.Mark != Some(sight.Settings.Instance)
                );
                return foreign.IsEmpty ? Adjust(sight, dns, branch, zone, domain, own)
                    : IsAsWanted(dns, foreign) ? Part.Nothing
                    : Part.Block(branch.Subject, new BlockedBy.ForeignRecord(domain, foreign.Head().Content));
            },
            reason => Part.Wait(branch.Subject, new WaitingOn.Sight(System, reason))
        );

    // Somebody made by hand what Kennel would make, and may well through a proxy of their own.
    private static bool IsAsWanted(DnsSettings dns, Seq<DnsRecord> foreign) =>
        toSet(foreign.Map(record => (record.Content.Kind, record.Content.Target)))
        == toSet(dns.Targets.Map(target => (target.Kind, target.Target)));

    private static Part Adjust(
        Sight sight,
        DnsSettings dns,
        DesiredBranch branch,
        HostName zone,
        HostName domain,
        Seq<DnsRecord> own
    )
    {
        var missing = dns.Targets.Filter(target => !own.Exists(record => record.Content == target));
        var wrong = own.Filter(record => !dns.Targets.Contains(record.Content));
        var twice = own.GroupBy(record => record.Content).SelectMany(group => group.OrderBy(one => one.Id).Skip(1));
        return Part.Concat(
            Joined(
                Joined(wrong, twice.Filter(record => !wrong.Contains(record)).ToSeq())
                    .Map(record =>
                        Part.Step(branch.Subject, new Action.RemoveRecord(record), "it does not lead where it should")
                    ),
                missing.Map(target =>
                    Part.Step(
                        branch.Subject,
                        new Action.CreateRecord(zone, domain, target, sight.Settings.Instance),
                        "the custom domain is served here"
                    )
                )
            )
        );
    }

    private static Seq<DnsRecord> Own(Sight sight, Seq<DnsRecord> records, HostName domain) =>
        records.Filter(record => record.Name == domain && record.Mark == Some(sight.Settings.Instance)).Strict();

    private static Option<Part> Remove(Subject subject, Seq<DnsRecord> records, string reason) =>
        records.IsEmpty
            ? None
            : Some(Part.Concat(records.Map(record => Part.Step(subject, new Action.RemoveRecord(record), reason))));
}
