using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kennel.Core.Routing;

/// <summary>
/// Kennel's one subtree of Caddy's document: a route with the <c>@id</c> <c>kennel</c>. It names no host and no
/// deployment; see <see cref="RoutingFiles"/>.
/// </summary>
/// <param name="directory">The directory of routes, which Caddy's user can read.</param>
/// <param name="wakeSocket">Where Kennel is asked to wake what sleeps.</param>
public sealed class RoutingDocument(string directory, string wakeSocket = WakeDoor.Socket)
{
    /// <summary>The <c>@id</c> of the subtree.</summary>
    public const string Id = "kennel";

    private readonly JsonNode subtree = JsonNode.Parse(RoutingTemplate.Text(directory, wakeSocket))!;

    /// <summary>The subtree, as JSON.</summary>
    public string Text => subtree.ToJsonString();

    /// <summary>Whether a subtree, as Caddy shows it, is just this.</summary>
    /// <param name="json">The subtree.</param>
    public bool IsCurrent(string json)
    {
        try
        {
            return JsonNode.DeepEquals(JsonNode.Parse(json), subtree);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
