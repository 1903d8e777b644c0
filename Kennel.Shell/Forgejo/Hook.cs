using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kennel.Shell.Forgejo;

/// <summary>A webhook as Forgejo describes it; its secret is never told.</summary>
internal sealed record Hook(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("type")] string? Type,
    [property: JsonPropertyName("active")] bool IsActive,
    [property: JsonPropertyName("url")] string? Url,
    [property: JsonPropertyName("content_type")] string? ContentType,
    [property: JsonPropertyName("events")] IReadOnlyList<string>? Events,
    [property: JsonPropertyName("branch_filter")] string? BranchFilter,
    [property: JsonPropertyName("authorization_header")] string? AuthorizationHeader,
    [property: JsonPropertyName("config")] IReadOnlyDictionary<string, string>? Config
)
{
    /// <summary>The type that Kennel makes.</summary>
    public const string OwnType = "forgejo";

    /// <summary>What Kennel wants to hear of.</summary>
    public static readonly Seq<string> OwnEvents = Seq("push", "create", "delete", "pull_request");

    // Forgejo lists the events below pull_request by themselves; without this one no push to a pull request is told.
    private static readonly Seq<string> EventsNeeded = OwnEvents.Add("pull_request_sync");

    /// <summary>Where it delivers to; older servers say so in the configuration only.</summary>
    public string Target => Url is { Length: > 0 } url ? url : Setting("url");

    /// <summary>Whether it delivers all that Kennel wants, in the form that Kennel reads.</summary>
    public bool IsAsWanted =>
        IsActive
        && Type == OwnType
        && (ContentType is { Length: > 0 } type ? type : Setting("content_type")) == "json"
        && BranchFilter is null or "" or "*"
        && EventsNeeded.ForAll(needed => Events is { } events && events.Contains(needed));

    /// <summary>The body of a request that makes the webhook.</summary>
    public static string Request(string target, string secret) =>
        JsonSerializer.Serialize(
            new
            {
                type = OwnType,
                active = true,
                events = OwnEvents.ToArray(),
                config = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["url"] = target,
                    ["content_type"] = "json",
                    ["secret"] = secret,
                },
            }
        );

    private string Setting(string name) => Config is not null && Config.TryGetValue(name, out var value) ? value : "";
}
