using System.Globalization;
using System.Text.Json;
using Kennel.Core.Domain;

namespace Kennel.Core.Forge;

/// <summary>
/// One JSON object of a delivery with the place where it stands. Deliveries may be large and little of them is
/// wanted, so nothing is copied; unknown keys are the forge's own matter.
/// </summary>
internal sealed record ForgeFields(string Where, JsonElement Element)
{
    private const int TextLengthMax = 2000;

    internal static Validation<Problem, ForgeFields> Of(string where, JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
            ? Success<Problem, ForgeFields>(new ForgeFields(where, element))
            : Wrong<ForgeFields>(where, element, "an object");

    internal string At(string key) => Where.EndsWith(':') ? $"{Where} {key}" : $"{Where}.{key}";

    /// <summary>Whether there is a value that is not null.</summary>
    internal bool Has(string key) => Find(key).IsSome;

    internal Validation<Problem, ForgeFields> Object(string key) => Require(key, "an object", Of);

    internal Validation<Problem, Option<ForgeFields>> OptionalObject(string key) => Optionally(key, Of);

    internal Validation<Problem, string> Text(string key) => Require(key, "a text", TextOf);

    internal Validation<Problem, Option<string>> OptionalText(string key) => Optionally(key, TextOf);

    internal Validation<Problem, bool> Flag(string key) =>
        Optionally(
                key,
                (where, element) =>
                    element.ValueKind is JsonValueKind.True or JsonValueKind.False
                        ? Success<Problem, bool>(element.ValueKind == JsonValueKind.True)
                        : Wrong<bool>(where, element, "true or false")
            )
            .Map(found => found.IfNone(false));

    internal Validation<Problem, long> Whole(string key, long min, long max) =>
        Require(key, Range(min, max), WholeOf(min, max));

    internal Validation<Problem, Option<long>> OptionalWhole(string key, long min, long max) =>
        Optionally(key, WholeOf(min, max));

    private Option<JsonElement> Find(string key) =>
        Element.TryGetProperty(key, out var found) && found.ValueKind != JsonValueKind.Null ? Some(found) : None;

    private Validation<Problem, T> Require<T>(
        string key,
        string allowed,
        Func<string, JsonElement, Validation<Problem, T>> read
    ) => Find(key).Match(found => read(At(key), found), () => Fail<Problem, T>(Problem.Of(At(key), null, allowed)));

    private Validation<Problem, Option<T>> Optionally<T>(
        string key,
        Func<string, JsonElement, Validation<Problem, T>> read
    ) => Find(key).Match(found => read(At(key), found).Map(Some), () => Success<Problem, Option<T>>(None));

    private static Validation<Problem, string> TextOf(string where, JsonElement element) =>
        element.ValueKind != JsonValueKind.String ? Wrong<string>(where, element, "a text")
        : element.GetString() is { Length: <= TextLengthMax } text ? Success<Problem, string>(text)
        : Fail<Problem, string>(Problem.Of(where, element.GetString(), $"at most {TextLengthMax} letters"));

    private static Func<string, JsonElement, Validation<Problem, long>> WholeOf(long min, long max) =>
        (where, element) =>
            element.ValueKind == JsonValueKind.Number
            && element.TryGetInt64(out var number)
            && number >= min
            && number <= max
                ? Success<Problem, long>(number)
                : Wrong<long>(where, element, Range(min, max));

    private static string Range(long min, long max) =>
        string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}");

    private static Validation<Problem, T> Wrong<T>(string where, JsonElement element, string allowed) =>
        Fail<Problem, T>(Problem.Of(where, Describe(element), allowed));

    private static string Describe(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => element.GetString() ?? "",
            _ => element.GetRawText(),
        };
}
