using System.Text.Json;
using System.Text.RegularExpressions;
using Kennel.Core.Domain;

namespace Kennel.Core.Forge;

/// <summary>Reads deliveries of Forgejo, and of servers that speak as it does.</summary>
public static partial class ForgeEvents
{
    /// <summary>How large a body may be.</summary>
    public const int BodyBytesMax = 5 << 20;

    private const int DepthMax = 32;

    private const string JsonAllowed = "one JSON object of whole Unicode, no key twice, nested at most 32 levels deep";

    internal static readonly JsonDocumentOptions Strict = new()
    {
        MaxDepth = DepthMax,
        AllowDuplicateProperties = false,
    };

    /// <summary>What a delivery says, or everything that is wrong with it.</summary>
    /// <param name="eventName">The event's name as the header tells it, such as <c>push</c>.</param>
    /// <param name="body">The JSON body.</param>
    public static Validation<Problem, ForgeMessage> Read(string eventName, string body)
    {
        if (!NamePattern().IsMatch(eventName))
            return Fail<Problem, ForgeMessage>(
                Problem.Of("the event", eventName, "a name of at most 64 of a-z 0-9 _ -, such as push")
            );
        if (body.Length > BodyBytesMax)
            return Fail<Problem, ForgeMessage>(
                Problem.Of(eventName, $"{body.Length} letters", $"at most {BodyBytesMax} bytes")
            );
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return ForgeFields.Of($"{eventName}:", document.RootElement).Bind(fields => Message(eventName, fields));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            // Beside text that is no JSON: half of a surrogate pair in a text or a key.
            return Fail<Problem, ForgeMessage>(Problem.Of(eventName, error.Message, JsonAllowed));
        }
    }

    private static Validation<Problem, ForgeMessage> Message(string eventName, ForgeFields fields) =>
        fields
            .Object("repository")
            .Bind(RepositoryReader.Read)
            .Bind(repository => News(eventName, fields, repository).Map(news => new ForgeMessage(repository, news)));

    private static Validation<Problem, News> News(string eventName, ForgeFields fields, ForgeRepository repository) =>
        eventName switch
        {
            "push" => PushReader.Push(fields),
            "create" => PushReader.Create(fields),
            "delete" => PushReader.Delete(fields),
            "pull_request" or "pull_request_sync" => PullRequestReader.Read(fields, repository),
            _ => Success<Problem, News>(new News.Nothing($"the event {eventName} changes nothing that Kennel runs")),
        };

    [GeneratedRegex(@"\A[a-z0-9_-]{1,64}\z")]
    private static partial Regex NamePattern();
}
