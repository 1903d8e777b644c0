using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Kennel.Tests.Garage;

/// <summary>The S3 calls that empty a bucket, as Garage answers them: pages are short, and versions it does not know.</summary>
internal static partial class S3Answers
{
    private const int PageSize = 3;

    public static IResult Of(GarageState state, HttpContext http, string body)
    {
        var parts = http.Request.Path.Value!.Trim('/').Split('/', 2);
        var key = Credential().Match(http.Request.Headers.Authorization.ToString()).Groups["key"].Value;
        if (!state.Keys.Exists(it => it.Id == key))
            return Error(403, "AccessDenied", "Forbidden: No such key");
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
            "GET" => Objects(bucket),
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
                    .Select(name => new XElement("Contents", new XElement("Key", name), new XElement("Size", "1")))
            )
        );

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

    [GeneratedRegex("Credential=(?<key>[^/]+)/[0-9]{8}/garage/s3/")]
    private static partial Regex Credential();
}
