using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kennel.Core.Domain;

namespace Kennel.Core.Configuration;

/// <summary>The kinds of values that options about domains have.</summary>
internal static partial class DomainKinds
{
    /// <summary>Zones of Cloudflare's with their ids.</summary>
    public static readonly ValueKind<Map<HostName, string>> Zones = new(
        "object of text",
        "an object of domains with the ids of their zones, such as {\"example.org\": \"023e105f4ecef8ad9ca31a8372d0c353\"}",
        element =>
            element.ValueKind == JsonValueKind.Object
                ? element
                    .EnumerateObject()
                    .Select(zone => Zone(zone.Name, zone.Value))
                    .ToSeq()
                    .Sequence()
                    .Filter(zones => zones.Map(zone => zone.Item1).Distinct().Count() == zones.Count)
                    .Map(zones => toMap(zones))
                : None,
        zones => $"{{{string.Join(", ", zones.AsEnumerable().Select(zone => $"\"{zone.Key}\": \"{zone.Value}\""))}}}"
    );

    /// <summary>A tunnel, or nothing.</summary>
    public static readonly ValueKind<Option<string>> OptionalTunnel = new(
        "text or null",
        "a tunnel's id, such as \"1ce95b80-2f68-4136-b3ac-b7e2eab6b4ef\", or null",
        element =>
            element.ValueKind == JsonValueKind.Null
                ? Some(Option<string>.None)
                : Text(element).Filter(text => Tunnel().IsMatch(text)).Map(text => Some(text.ToLowerInvariant())),
        tunnel => tunnel.Match(text => $"\"{text}\"", () => "null")
    );

    /// <summary>At most one address of each family.</summary>
    public static readonly ValueKind<Seq<string>> Addresses = new(
        "address, list of addresses or null",
        "an IP address, a list of an IPv4 and an IPv6 address, or null",
        element =>
            element.ValueKind switch
            {
                JsonValueKind.Null => Some(Seq<string>()),
                JsonValueKind.Array => element
                    .EnumerateArray()
                    .Select(Address)
                    .ToSeq()
                    .Sequence()
                    .Filter(all => all.GroupBy(IsVersion6).All(family => family.Count() == 1))
                    .Map(all => all.Map(one => one.ToString()).Strict()),
                _ => Address(element).Map(one => Seq1(one.ToString())),
            },
        addresses => addresses.IsEmpty ? "null" : $"[{string.Join(", ", addresses.Map(one => $"\"{one}\""))}]"
    );

    private static Option<(HostName, string)> Zone(string domain, JsonElement id) =>
        from name in HostName.Parse("", domain).ToOption()
        from text in Text(id)
        where ZoneId().IsMatch(text)
        select (name, text);

    private static Option<IPAddress> Address(JsonElement element) =>
        Text(element)
            .Bind(text => IPAddress.TryParse(text, out var address) ? Some(address) : Option<IPAddress>.None)
            // What is no whole IPv4 address is taken for one that is short.
            .Filter(address => IsVersion6(address) || element.GetString() == address.ToString());

    private static bool IsVersion6(IPAddress address) => address.ToString().Contains(':', StringComparison.Ordinal);

    private static Option<string> Text(JsonElement element) =>
        element.ValueKind == JsonValueKind.String && element.GetString() is { } text ? Some(text) : None;

    [GeneratedRegex(@"\A[0-9a-f]{32}\z")]
    private static partial Regex ZoneId();

    [GeneratedRegex(@"\A[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\z")]
    private static partial Regex Tunnel();
}
