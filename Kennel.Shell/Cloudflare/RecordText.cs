using System.Text.Json.Nodes;
using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Shell.Cloudflare;

/// <summary>Records as Cloudflare writes them.</summary>
internal static class RecordText
{
    // Cloudflare chooses the time to live.
    private const int Automatic = 1;

    /// <summary>A request to make a record.</summary>
    public static string Of(HostName name, RecordContent content, InstanceId mark) =>
        new JsonObject
        {
            ["type"] = Word(content.Kind),
            ["name"] = name.Value,
            ["content"] = content.Target,
            ["ttl"] = Automatic,
            ["proxied"] = content.IsProxied,
            ["comment"] = RecordMark.Text(mark),
        }.ToJsonString();

    /// <summary>A record, if it leads a host name somewhere.</summary>
    public static Option<DnsRecord> Read(HostName zone, JsonNode? node) =>
        from fields in Optional(node as JsonObject)
        from id in TextOf(fields, "id")
        from kind in TextOf(fields, "type").Bind(KindOf)
        from name in TextOf(fields, "name").Bind(text => HostName.Parse("name", text).ToOption())
        from target in TextOf(fields, "content")
        select new DnsRecord(
            id,
            zone,
            name,
            new RecordContent(
                kind,
                target.ToLowerInvariant(),
                CloudflareReply.ValueOf<bool>(fields, "proxied").IfNone(false)
            ),
            TextOf(fields, "comment").Bind(RecordMark.Read)
        );

    private static string Word(RecordKind kind) => kind.ToString().ToUpperInvariant();

    private static Option<RecordKind> KindOf(string word) =>
        Enum.GetValues<RecordKind>().ToSeq().Find(kind => Word(kind) == word);

    private static Option<string> TextOf(JsonObject fields, string name) =>
        CloudflareReply.ValueOf<string>(fields, name);
}
