using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>The file that tells other services of this host which custom domains are served.</summary>
public static class DomainsFilePlanner
{
    /// <summary>Writes it when it says something else.</summary>
    public static Part Plan(Sight sight) =>
        sight.Settings.DomainsFile.Match(path => Plan(sight, path), () => Part.Nothing);

    /// <summary>One domain a line, in order; an empty file where there is none.</summary>
    public static string Text(Seq<HostName> domains) => string.Concat(domains.Map(domain => $"{domain}\n"));

    // Where rows could not be read, a domain that is missing here may be served all the same.
    private static Part Plan(Sight sight, string path) =>
        sight.Observed.DomainsFile.Match(
            found =>
            {
                var domains = Served(sight);
                return !sight.Desired.Damage.IsEmpty || found == Some(Text(domains))
                    ? Part.Nothing
                    : Part.Step(
                        new Subject.Host(),
                        new Action.WriteDomainsFile(path, domains),
                        "other custom domains are served than it says"
                    );
            },
            reason => Part.Wait(new Subject.Host(), new WaitingOn.Sight(path, reason))
        );

    private static Seq<HostName> Served(Sight sight) =>
        toSet(
                sight
                    .Desired.Branches.Filter(branch => !branch.IsLeaving)
                    .Bind(branch => branch.Deployments.Bind(one => one.ServingRelease.ToSeq()))
                    .Bind(release => release.Domain.Filter(domain => release.Hosts.Contains(domain)).ToSeq())
            )
            .ToSeq()
            .Strict();
}
