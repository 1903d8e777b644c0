using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Kennel.Tests.Garage;

/// <summary>The S3 calls that fill and empty a bucket, as Garage answers them: pages are short, and versions it does not know.</summary>
internal static class S3Answers
{
    private const int PageSize = 3;

    public static IResult Of(GarageState state, HttpContext http, string body)
    {
        var parts = http.Request.Path.Value!.Trim('/').Split('/', 2);
        var key = S3Signature.KeyOf(http.Request);
        if (state.Keys.Find(it => it.Id == key) is not { } holder)
            return Error(403, "AccessDenied", "Forbidden: No such key");
        if (!S3Signature.IsGood(http.Request, body, holder.Secret))
            return Error(403, "AccessDenied", "Forbidden: Invalid signature");
        if (state.Buckets.Find(it => it.GlobalAliases.Contains(parts[0])) is not { } bucket)
            return Error(404, "NoSuchBucket", "Bucket not found");
        if (!bucket.Keys.Contains(key))
            return Error(403, "AccessDenied", "Forbidden: Operation is not allowed for this key.");
        var query = http.Request.Query;
        return http.Request.Method switch
        {
            "GET" when query.ContainsKey("versions") => Error(
                501,
                "NotImplemented",
                "Unimplemented: ListObjectVersions"
            ),
            "GET" when query.ContainsKey("uploads") => Uploads(bucket),
            "GET" when parts.Length > 1 => bucket.Objects.TryGetValue(parts[1], out var content)
                ? Results.Text(content)
                : Error(404, "NoSuchKey", "Key not found"),
            "GET" => Objects(bucket),
            "PUT" when parts.Length > 1 => Put(bucket, parts[1], body),
            "POST" when query.ContainsKey("delete") => Delete(bucket, body),
            "DELETE" when query.ContainsKey("uploadId") => Abort(bucket, query["uploadId"].ToString()),
            _ => Error(501, "NotImplemented", "Unimplemented"),
        };
    }

    private static IResult Objects(StandInBucket bucket) =>
        Xml(
            new XElement(
                "ListBucketResult",
                new XElement("IsTruncated", bucket.Objects.Count > PageSize ? "true" : "false"),
                bucket
                    .Objects.Take(PageSize)
                    .Select(it => new XElement(
                        "Contents",
                        new XElement("Key", it.Key),
                        new XElement("Size", it.Value.Length)
                    ))
            )
        );

    private static IResult Put(StandInBucket bucket, string name, string content)
    {
        bucket.Objects[name] = content;
        return Results.Ok();
    }

    private static IResult Uploads(StandInBucket bucket) =>
        Xml(
            new XElement(
                "ListMultipartUploadsResult",
                new XElement("IsTruncated", bucket.Uploads.Count > PageSize ? "true" : "false"),
                bucket
                    .Uploads.Take(PageSize)
                    .Select(upload => new XElement(
                        "Upload",
                        new XElement("Key", upload.Object),
                        new XElement("UploadId", upload.Id)
                    ))
            )
        );

    private static IResult Delete(StandInBucket bucket, string body)
    {
        foreach (var key in XDocument.Parse(body).Descendants().Where(it => it.Name.LocalName == "Key").ToList())
            bucket.Objects.Remove(key.Value);
        return Xml(new XElement("DeleteResult"));
    }

    private static IResult Abort(StandInBucket bucket, string upload) =>
        bucket.Uploads.RemoveAll(it => it.Id == upload) > 0
            ? Results.NoContent()
            : Error(404, "NoSuchUpload", "Upload not found");

    private static IResult Error(int status, string code, string message) =>
        Results.Content(
            new XElement("Error", new XElement("Code", code), new XElement("Message", message)).ToString(),
            "application/xml",
            statusCode: status
        );

    private static IResult Xml(XElement answer) =>
        Results.Content($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>{answer}", "application/xml");
}
