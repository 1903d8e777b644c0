using Kennel.Core.Configuration;
using Kennel.Core.Domain;

namespace Kennel.Shell.Cloudflare;

/// <summary>How to reach Cloudflare, and what may be touched there.</summary>
/// <param name="TokenFile">The file that holds a token with the permission Zone, DNS, Edit.</param>
/// <param name="Zones">Cloudflare's name of each zone, by domain.</param>
public sealed record CloudflareOptions(string TokenFile, Map<HostName, string> Zones)
{
    /// <summary>The options of a host; none where it has no zone.</summary>
    public static Option<CloudflareOptions> Of(DnsConfiguration configuration) =>
        from file in configuration.TokenFile
        where !configuration.Zones.IsEmpty
        select new CloudflareOptions(file, configuration.Zones);

    /// <summary>Where the API is, without a slash at the end.</summary>
    public string Address { get; init; } = "https://api.cloudflare.com/client/v4";

    /// <summary>How long one answer may take.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After how long what is known is asked anew; somebody may have changed it.</summary>
    public TimeSpan LookInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long nothing is asked after a failure.</summary>
    public TimeSpan RestAfterFailure { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long nothing is asked when Cloudflare says that it is too much and not for how long.</summary>
    public TimeSpan RestWithoutWord { get; init; } = TimeSpan.FromMinutes(1);
}
