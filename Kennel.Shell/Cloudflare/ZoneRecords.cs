using System.Text.Json.Nodes;
using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Shell.Cloudflare;

/// <summary>What stands in zones, page by page.</summary>
internal sealed class ZoneRecords(CloudflareClient client)
{
    private const int PageSize = 1000;
    private const int PagesMax = 100;

    /// <summary>All records of a zone that lead a name somewhere, or of one name there; an error says why they are not known.</summary>
    public async Task<Either<string, Seq<DnsRecord>>> Read(
        HostName zone,
        Option<HostName> name,
        CancellationToken cancellation
    )
    {
        var found = Seq<DnsRecord>();
        for (var page = 1; page <= PagesMax; page++)
        {
            var only = name.Match(it => $"&name={it}", () => "");
            var reply = await client.Send(
                HttpMethod.Get,
                zone,
                $"?page={page}&per_page={PageSize}{only}",
                None,
                cancellation
            );
            if (reply is not CloudflareReply.Done { Body: var body })
                return reply.Why;
            if (body["result"] is not JsonArray rows)
                return "Cloudflare's answer has no list of records";
            found = Joined(found, rows.Select(row => RecordText.Read(zone, row)).Somes().ToSeq());
            if (IsLast(body, page, rows.Count))
                return found;
        }
        return $"{zone} has more than {PagesMax} pages of records";
    }

    /// <summary>One record as it is now; none where there is none.</summary>
    public async Task<Either<CloudflareReply, Option<DnsRecord>>> Find(DnsRecord record, CancellationToken cancellation)
    {
        var path = $"/{Uri.EscapeDataString(record.Id)}";
        var reply = await client.Send(HttpMethod.Get, record.Zone, path, None, cancellation);
        return reply switch
        {
            CloudflareReply.Done done => RecordText.Read(record.Zone, done.Body["result"]),
            CloudflareReply.Missing => Option<DnsRecord>.None,
            _ => reply,
        };
    }

    // What is not told is found out by asking on: only a page without any row is surely the last.
    private static bool IsLast(JsonObject body, int page, int count) =>
        count == 0
        || (
            body["result_info"] is JsonObject info
            && CloudflareReply.ValueOf<int>(info, "total_pages").Exists(pages => page >= pages)
        );
}
