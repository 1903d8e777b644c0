using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kennel.Shell.Forgejo;

/// <summary>Forgejo's refusals, for people.</summary>
internal static class ForgejoErrors
{
    private const int LengthMax = 300;

    /// <summary>What was refused, and what to do about it.</summary>
    public static string Explain(string url, int status, string body)
    {
        var said = Said(body).Match(text => $" ({Shorten(text)})", () => string.Empty);
        return status switch
        {
            StatusCodes.Status401Unauthorized =>
                $"{url} does not know the token in forgejo.tokenFile{said}; make a new one there",
            StatusCodes.Status403Forbidden =>
                $"{url} does not let the token in forgejo.tokenFile do this{said}; it needs the scope write:repository, "
                    + "and its user must be an administrator of the repository",
            StatusCodes.Status404NotFound =>
                $"{url} has no such repository for the token's user{said}; that user must be an administrator of it",
            StatusCodes.Status423Locked => $"{url} says that the repository is archived{said}",
            >= 300 and < 400 =>
                $"{url} answers with a redirection ({status}); write the address it leads to in forgejo.url",
            _ => $"{url} answered with status {status}{said}",
        };
    }

    private static Option<string> Said(string body)
    {
        try
        {
            return
                JsonNode.Parse(body) is JsonObject fields
                && fields["message"] is JsonValue message
                && message.TryGetValue<string>(out var text)
                && text.Length > 0
                ? text
                : None;
        }
        catch (JsonException)
        {
            return None;
        }
    }

    private static string Shorten(string text) => text.Length <= LengthMax ? text : $"{text[..LengthMax]}…";
}
