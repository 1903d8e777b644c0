namespace Kennel.Shell.Cloudflare;

/// <summary>Cloudflare's refusals, for people.</summary>
internal static class CloudflareErrors
{
    /// <summary>There is no record of this id.</summary>
    public const int NoSuchRecord = 81044;

    private const int BadToken = 6003;
    private const int NotAllowed = 10000;
    private const int NoSuchZone = 7003;
    private const int LengthMax = 300;

    // The host has a record of another kind, of the same, or one that is equal.
    private static readonly int[] Existing = [81053, 81054, 81057, 81058];

    /// <summary>What was refused, and what to do about it.</summary>
    public static string Explain(int status, Seq<CloudflareError> errors)
    {
        var said = errors.IsEmpty
            ? ""
            : $" ({Shorten(string.Join("; ", errors.Map(error => $"{error.Code}: {error.Message}")))})";
        var codes = errors.Map(error => error.Code);
        return codes.Contains(BadToken) ? $"what stands in domains.cloudflare.tokenFile is no token{said}"
            : codes.Contains(NotAllowed)
                ? $"the token in domains.cloudflare.tokenFile may not do this{said}; it needs the permission Zone, DNS, Edit for the zone"
            : codes.Contains(NoSuchZone) ? $"there is no such zone{said}; look at domains.cloudflare.zones"
            : codes.Exists(code => Existing.Contains(code)) ? $"the name has a record already{said}"
            : $"status {status}{said}";
    }

    private static string Shorten(string text) => text.Length <= LengthMax ? text : $"{text[..LengthMax]}…";
}
