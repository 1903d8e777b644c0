using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Core.Configuration;

/// <summary>What Kennel may write into DNS, and where names are to lead.</summary>
/// <param name="Zones">Zones of Cloudflare's with their ids.</param>
/// <param name="TunnelId">The tunnel that leads to this host.</param>
/// <param name="TokenFile">The file that holds a token of Cloudflare's.</param>
/// <param name="PublicAddresses">The addresses of this host.</param>
public sealed record DnsConfiguration(
    Map<HostName, string> Zones,
    Option<string> TunnelId,
    Option<string> TokenFile,
    Seq<string> PublicAddresses
)
{
    /// <summary>People look after DNS themselves.</summary>
    public static readonly DnsConfiguration None = new(
        Map<HostName, string>(),
        Option<string>.None,
        Option<string>.None,
        Seq<string>()
    );

    /// <summary>The part of it that plans depend on; none where there is no zone.</summary>
    public Option<DnsSettings> Settings =>
        Zones.IsEmpty ? Option<DnsSettings>.None : new DnsSettings(toSet(Zones.Keys), Targets);

    // A tunnel works only through Cloudflare's own servers; an address is reached directly, so that Caddy can have
    // certificates for it.
    private Seq<RecordContent> Targets =>
        TunnelId.Match(
            tunnel => Seq1(new RecordContent(RecordKind.Cname, $"{tunnel}.cfargotunnel.com", IsProxied: true)),
            () =>
                PublicAddresses
                    .Map(address => new RecordContent(
                        address.Contains(':', StringComparison.Ordinal) ? RecordKind.Aaaa : RecordKind.A,
                        address,
                        IsProxied: false
                    ))
                    .Strict()
        );
}
