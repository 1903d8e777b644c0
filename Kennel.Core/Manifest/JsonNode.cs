using System.Globalization;
using System.Text;
using System.Text.Json;
using Kennel.Core.Domain;

namespace Kennel.Core.Manifest;

/// <summary>
/// A JSON value that a stranger wrote, as it was written: duplicate keys are still there, every text is whole
/// Unicode, and size and depth are within limits.
/// </summary>
public abstract record JsonNode
{
    private const int DepthMax = 32;

    private JsonNode() { }

    /// <summary>An object; a key may stand in it twice.</summary>
    public sealed record Fields(Seq<(string Key, JsonNode Value)> Values) : JsonNode;

    /// <summary>A list.</summary>
    public sealed record List(Seq<JsonNode> Values) : JsonNode;

    /// <summary>A text.</summary>
    public sealed record Text(string Value) : JsonNode;

    /// <summary>A number as it was written.</summary>
    public sealed record Number(string Value) : JsonNode;

    /// <summary>True or false.</summary>
    public sealed record Flag(bool Value) : JsonNode;

    /// <summary>Null.</summary>
    public sealed record Null : JsonNode;

    /// <summary>Reads a text.</summary>
    /// <param name="file">What the text is called in errors.</param>
    /// <param name="text">The text.</param>
    /// <param name="sizeMax">How many bytes it may have.</param>
    public static Validation<Problem, JsonNode> Parse(string file, string text, int sizeMax)
    {
        var sizeBytes = Encoding.UTF8.GetByteCount(text);
        if (sizeBytes > sizeMax)
            return Fail<Problem, JsonNode>(Problem.Of(file, $"{sizeBytes} bytes", $"at most {sizeMax} bytes"));
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = DepthMax });
            return Success<Problem, JsonNode>(Convert(document.RootElement));
        }
        catch (JsonException error)
        {
            var line = (error.LineNumber ?? 0) + 1;
            var where = string.Create(CultureInfo.InvariantCulture, $"{file}: line {line}");
            return Fail<Problem, JsonNode>(
                Problem.Of(where, LineOf(text, line), $"JSON, nested at most {DepthMax} levels deep")
            );
        }
        catch (InvalidOperationException)
        {
            return Fail<Problem, JsonNode>(
                Problem.Of(file, "half of a surrogate pair in a text", "JSON whose texts are whole Unicode")
            );
        }
    }

    /// <summary>The value, for an error: what it is, and its beginning where it is short.</summary>
    public string Describe() =>
        this switch
        {
            Fields => "an object",
            List => "a list",
            Text text => text.Value,
            Number number => number.Value,
            Flag flag => flag.Value ? "true" : "false",
            Null => "null",
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static JsonNode Convert(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => new Fields(
                element.EnumerateObject().Select(field => (field.Name, Convert(field.Value))).ToSeq().Strict()
            ),
            JsonValueKind.Array => new List(element.EnumerateArray().Select(Convert).ToSeq().Strict()),
            JsonValueKind.String => new Text(element.GetString() ?? ""),
            JsonValueKind.Number => new Number(element.GetRawText()),
            JsonValueKind.True => new Flag(true),
            JsonValueKind.False => new Flag(false),
            JsonValueKind.Null => new Null(),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static string LineOf(string text, long line) =>
        text.Split('\n').Skip((int)line - 1).FirstOrDefault("").Trim();
}
