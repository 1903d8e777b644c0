using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Kennel.Tests.Garage;

/// <summary>
/// The signature of an S3 request, calculated anew. Source: AWS Signature Version 4, which Garage demands of every request.
/// </summary>
internal static partial class S3Signature
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string Unsigned = "UNSIGNED-PAYLOAD";

    /// <summary>The key that a request says it is signed with.</summary>
    public static string KeyOf(HttpRequest request) => Parts(request).Groups["key"].Value;

    /// <summary>Whether the holder of the secret signed this request, and just this one.</summary>
    public static bool IsGood(HttpRequest request, string body, string secret)
    {
        var parts = Parts(request);
        var payload = request.Headers["x-amz-content-sha256"].ToString();
        if (!parts.Success || (payload != Unsigned && payload != Hash(body)))
            return false;
        var scope = $"{parts.Groups["day"].Value}/garage/s3/aws4_request";
        var signed = Sign(
            Key(secret, parts.Groups["day"].Value),
            $"{Algorithm}\n{request.Headers["x-amz-date"]}\n{scope}\n{Hash(Canonical(request, parts, payload))}"
        );
        return Convert.ToHexStringLower(signed) == parts.Groups["signature"].Value;
    }

    private static string Canonical(HttpRequest request, Match parts, string payload)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2);
        var query =
            target.Length < 2
                ? ""
                : string.Join(
                    '&',
                    target[1]
                        .Split('&')
                        .Select(pair => pair.Contains('=', StringComparison.Ordinal) ? pair : $"{pair}=")
                        .Order(StringComparer.Ordinal)
                );
        var names = parts.Groups["headers"].Value;
        var headers = string.Concat(
            names.Split(';').Select(name => $"{name}:{request.Headers[name].ToString().Trim()}\n")
        );
        return $"{request.Method}\n{target[0]}\n{query}\n{headers}\n{names}\n{payload}";
    }

    private static byte[] Key(string secret, string day) =>
        Sign(Sign(Sign(Sign(Encoding.UTF8.GetBytes($"AWS4{secret}"), day), "garage"), "s3"), "aws4_request");

    private static byte[] Sign(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static Match Parts(HttpRequest request) => Authorization().Match(request.Headers.Authorization.ToString());

    [GeneratedRegex(
        "^AWS4-HMAC-SHA256 Credential=(?<key>[^/]+)/(?<day>[0-9]{8})/garage/s3/aws4_request, *SignedHeaders=(?<headers>[^,]+), *Signature=(?<signature>[0-9a-f]{64})$"
    )]
    private static partial Regex Authorization();
}
