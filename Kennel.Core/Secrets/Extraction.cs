using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kennel.Core.Domain;

namespace Kennel.Core.Secrets;

/// <summary>The format of a stored document of which one value is meant.</summary>
public enum DocumentFormat
{
    /// <summary>JSON.</summary>
    Json,

    /// <summary>Lines <c>key = value</c>, in sections.</summary>
    Ini,
}

/// <summary>Which value of a stored document is meant.</summary>
/// <param name="Format">The document's format.</param>
/// <param name="Pointer">Where in it, as RFC 6901 says; <c>/key</c> or <c>/section/key</c> in an INI document.</param>
public sealed partial record Extraction(DocumentFormat Format, string Pointer)
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Seq<string> Segments => Pointer.Split('/').Skip(1).Select(Unescape).ToSeq().Strict();

    /// <summary>Accepts a pointer of a format.</summary>
    /// <param name="where">Where it stood, for the error.</param>
    /// <param name="format">The format.</param>
    /// <param name="pointer">The pointer.</param>
    public static Validation<Problem, Extraction> Parse(string where, DocumentFormat format, string pointer) =>
        (format == DocumentFormat.Json ? JsonPointer() : IniPointer()).IsMatch(pointer)
            ? Success<Problem, Extraction>(new Extraction(format, pointer))
            : Fail<Problem, Extraction>(
                Problem.Of(
                    where,
                    pointer,
                    format == DocumentFormat.Json
                        ? "a JSON pointer such as /database/password, or an empty one for the whole document"
                        : "/key, or /section/key"
                )
            );

    /// <summary>The value that is meant; nothing if the document is not of the format or has none there.</summary>
    public Option<SecretValue> Of(SecretValue document) =>
        document
            .RevealText()
            .Bind(text =>
                Format switch
                {
                    DocumentFormat.Json => OfJson(text),
                    DocumentFormat.Ini => OfIni(text),
                    _ => throw new System.Diagnostics.UnreachableException(),
                }
            )
            .Map(SecretValue.Of);

    private Option<string> OfJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Segments
                .Fold(Some(document.RootElement), (at, segment) => at.Bind(element => Member(element, segment)))
                .Map(Shown);
        }
        catch (JsonException)
        {
            return None;
        }
    }

    private static Option<JsonElement> Member(JsonElement element, string segment) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element.TryGetProperty(segment, out var found) ? found : None,
            JsonValueKind.Array => IndexPattern().IsMatch(segment)
            && int.TryParse(segment, out var index)
            && index < element.GetArrayLength()
                ? element[index]
                : None,
            _ => None,
        };

    // A text as it is, all else as JSON: a port stays 5432.
    private static string Shown(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
            return element.GetString() ?? "";
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Compact))
            element.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private Option<string> OfIni(string text)
    {
        var wanted = Segments;
        var (section, key) = wanted.Count == 1 ? ("", wanted[0]) : (wanted[0], wanted[1]);
        var at = "";
        Option<string> found = None;
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            if (line is ['[', .. var name, ']'])
                at = name.Trim();
            else if (at == section && line.IndexOfAny(['=', ':']) is > 0 and var sign && line[0] is not (';' or '#'))
                found |= line[..sign].TrimEnd() == key ? Some(Unquoted(line[(sign + 1)..].TrimStart())) : None;
        }
        return found;
    }

    private static string Unquoted(string text) =>
        text.Length > 1 && (text[0] is '"' or '\'') && text[^1] == text[0] ? text[1..^1] : text;

    private static string Unescape(string segment) =>
        segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    [GeneratedRegex(@"\A(?:/(?:[^~/]|~[01])*)*\z")]
    private static partial Regex JsonPointer();

    [GeneratedRegex(@"\A(?:/(?:[^~/]|~[01])+){1,2}\z")]
    private static partial Regex IniPointer();

    [GeneratedRegex(@"\A(?:0|[1-9][0-9]{0,8})\z")]
    private static partial Regex IndexPattern();
}
