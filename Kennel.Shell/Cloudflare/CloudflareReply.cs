using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kennel.Shell.Cloudflare;

/// <summary>How a request to Cloudflare ended.</summary>
internal abstract record CloudflareReply
{
    private CloudflareReply() { }

    /// <summary>It was done; what it led to.</summary>
    public sealed record Done(JsonObject Body) : CloudflareReply;

    /// <summary>Cloudflare has no such record.</summary>
    public sealed record Missing : CloudflareReply;

    /// <summary>Cloudflare said no; nothing happened.</summary>
    public sealed record Refused(string Reason) : CloudflareReply;

    /// <summary>It was not asked, or could not be reached; nothing happened.</summary>
    public sealed record Unreachable(string Reason) : CloudflareReply;

    /// <summary>No answer, or none that tells what happened.</summary>
    public sealed record Unanswered(string Reason) : CloudflareReply;

    /// <summary>Why it is not done, for people; nothing where it is.</summary>
    public string Why =>
        this switch
        {
            Done => "",
            Missing => "Cloudflare has no such record",
            Refused it => it.Reason,
            Unreachable it => it.Reason,
            Unanswered it => it.Reason,
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>What an answer means.</summary>
    /// <param name="status">Its status.</param>
    /// <param name="text">Its body.</param>
    public static CloudflareReply Of(int status, string text)
    {
        var body = Parsed(text);
        var codes = Errors(body).Map(error => error.Code);
        return status switch
        {
            >= 200 and < 300 when body is { } done && ValueOf<bool>(done, "success") == Some(true) => new Done(done),
            >= 200 and < 300 => new Unanswered("the answer is not Cloudflare's; is something in between?"),
            StatusCodes.Status404NotFound when codes.Contains(CloudflareErrors.NoSuchRecord) => new Missing(),
            StatusCodes.Status408RequestTimeout or >= 500 => new Unanswered(
                $"Cloudflare answered with status {status}"
            ),
            _ => new Refused(CloudflareErrors.Explain(status, Errors(body))),
        };
    }

    /// <summary>A field of an answer, if it is of this type; what is in between may answer anything.</summary>
    internal static Option<T> ValueOf<T>(JsonObject fields, string name) =>
        fields[name] is JsonValue value && value.TryGetValue<T>(out var found) ? Some(found) : None;

    private static JsonObject? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Seq<CloudflareError> Errors(JsonObject? body) =>
        (body?["errors"] as JsonArray)
            ?.OfType<JsonObject>()
            .Select(error => new CloudflareError(
                ValueOf<int>(error, "code").IfNone(0),
                ValueOf<string>(error, "message").IfNone("")
            ))
            .ToSeq()
            .Strict()
        ?? Seq<CloudflareError>();
}

/// <summary>One of the errors in an answer.</summary>
internal sealed record CloudflareError(int Code, string Message);
