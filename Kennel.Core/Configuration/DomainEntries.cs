namespace Kennel.Core.Configuration;

/// <summary>The options for custom domains and their records.</summary>
internal static class DomainEntries
{
    public static Seq<ConfigurationEntry> All() =>
        Seq(
            ConfigurationEntries.Entry(
                "customDomainsFile",
                ValueKinds.OptionalPath,
                it => it.CustomDomainsFile,
                (it, value) => it with { CustomDomainsFile = value },
                "A file in which Kennel keeps the custom domains that are served, one a line, for other services of this host to read. Kennel must be able to write to its directory."
            ),
            ConfigurationEntries.Entry(
                "domains.publicIp",
                DomainKinds.Addresses,
                it => it.Dns.PublicAddresses,
                (it, value) => it with { Dns = it.Dns with { PublicAddresses = value } },
                "The address of this host, or its IPv4 and its IPv6 address: where records of custom domains lead, unless there is a tunnel."
            ),
            ConfigurationEntries.Entry(
                "domains.cloudflare.zones",
                DomainKinds.Zones,
                it => it.Dns.Zones,
                (it, value) => it with { Dns = it.Dns with { Zones = value } },
                "Zones of Cloudflare's, each domain with the zone's id. Kennel makes and removes the records of custom domains that stand in one."
            ),
            ConfigurationEntries.Entry(
                "domains.cloudflare.tunnelId",
                DomainKinds.OptionalTunnel,
                it => it.Dns.TunnelId,
                (it, value) => it with { Dns = it.Dns with { TunnelId = value } },
                "The Cloudflare tunnel that leads to this host; records then lead there."
            ),
            ConfigurationEntries.Entry(
                "domains.cloudflare.tokenFile",
                ValueKinds.OptionalPath,
                it => it.Dns.TokenFile,
                (it, value) => it with { Dns = it.Dns with { TokenFile = value } },
                "The file that holds a token of Cloudflare's with the permission Zone, DNS, Edit for those zones."
            )
        );

    /// <summary>What does not go together.</summary>
    public static Seq<Domain.Problem> Across(string source, HostConfiguration configuration)
    {
        var dns = configuration.Dns;
        return Joined(
            dns.Zones.IsEmpty || dns.TokenFile.IsSome
                ? Seq<Domain.Problem>()
                : Seq1(
                    Domain.Problem.Of(
                        $"{source}: domains.cloudflare.zones",
                        string.Join(", ", dns.Zones.Keys),
                        "domains.cloudflare.tokenFile beside it"
                    )
                ),
            dns.Zones.IsEmpty || dns.TunnelId.IsSome || !dns.PublicAddresses.IsEmpty
                ? Seq<Domain.Problem>()
                : Seq1(
                    Domain.Problem.Of(
                        $"{source}: domains.cloudflare.zones",
                        string.Join(", ", dns.Zones.Keys),
                        "domains.cloudflare.tunnelId or domains.publicIp beside it: where records are to lead"
                    )
                )
        );
    }
}
