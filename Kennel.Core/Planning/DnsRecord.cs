using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>The kinds of records that lead a name to a host; the names are those of DNS.</summary>
public enum RecordKind
{
    /// <summary>To an IPv4 address.</summary>
    A,

    /// <summary>To an IPv6 address.</summary>
    Aaaa,

    /// <summary>To another name.</summary>
    Cname,
}

/// <summary>What a record says.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Target">The address or the name that it leads to.</param>
/// <param name="IsProxied">Whether visitors are led through the DNS service's own servers.</param>
public sealed record RecordContent(RecordKind Kind, string Target, bool IsProxied)
{
    /// <summary>The content, for people.</summary>
    public override string ToString() => $"{Kind.ToString().ToUpperInvariant()} {Target}";
}

/// <summary>One record that leads a name somewhere.</summary>
/// <param name="Id">The DNS service's name for it.</param>
/// <param name="Zone">The zone it stands in.</param>
/// <param name="Name">The name.</param>
/// <param name="Content">Where the name leads.</param>
/// <param name="Mark">The instance that made it; none where it is not Kennel's.</param>
public sealed record DnsRecord(string Id, HostName Zone, HostName Name, RecordContent Content, Option<InstanceId> Mark);

/// <summary>What Kennel writes into DNS.</summary>
/// <param name="Zones">The zones that it may write to.</param>
/// <param name="Targets">Where names lead: one record for each.</param>
public sealed record DnsSettings(Set<HostName> Zones, Seq<RecordContent> Targets)
{
    /// <summary>The zone that a name stands in; the longest, where one is below another.</summary>
    public Option<HostName> ZoneOf(HostName name) =>
        Zones
            .Filter(zone => CustomDomains.IsWithin(name, zone))
            .OrderByDescending(zone => zone.Value.Length)
            .ToSeq()
            .HeadOrNone();
}

/// <summary>The comment by which records of Kennel's are known.</summary>
public static class RecordMark
{
    private const string Before = "Kennel ";
    private const int InstanceLength = 12;

    /// <summary>The comment of what an instance makes; short enough for every plan of Cloudflare's.</summary>
    public static string Text(InstanceId instance) => $"{Before}{instance}: made and removed by Kennel";

    /// <summary>The instance that made a record with this comment.</summary>
    public static Option<InstanceId> Read(string comment) =>
        comment.StartsWith(Before, StringComparison.Ordinal)
        && comment.Length >= Before.Length + InstanceLength
        && InstanceId.Parse("comment", comment.Substring(Before.Length, InstanceLength)).ToOption()
            is { IsSome: true } found
        && found.Exists(instance => comment == Text(instance))
            ? found
            : None;
}
