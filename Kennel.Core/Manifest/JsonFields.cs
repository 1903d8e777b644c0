using System.Globalization;
using Kennel.Core.Domain;

namespace Kennel.Core.Manifest;

/// <summary>One JSON object with the place where it stands: the leaves of every reader of strangers' JSON.</summary>
/// <param name="Where">Its path, such as <c>kennel.json: services.api</c>.</param>
/// <param name="Values">Its values by key.</param>
public sealed record JsonFields(string Where, Map<string, JsonNode> Values)
{
    private const int KeyLengthMax = 64;

    /// <summary>An object; a key that stands in it twice is a problem.</summary>
    /// <param name="where">Where it stands.</param>
    /// <param name="node">The value.</param>
    public static Validation<Problem, JsonFields> Of(string where, JsonNode node) =>
        node is not JsonNode.Fields fields
            ? Wrong<JsonFields>(where, node, "an object")
            : Distinct(where, fields)
                .Map(_ => new JsonFields(
                    where,
                    toMap(fields.Values.Filter(field => field.Value is not JsonNode.Null))
                ));

    /// <summary>The place of a key of an object.</summary>
    public static string Path(string where, string key) =>
        where.EndsWith(':') ? $"{where} {Shown(key)}" : $"{where}.{Shown(key)}";

    /// <summary>The place of a key of this object.</summary>
    public string At(string key) => Path(Where, key);

    /// <summary>The value of a key that has several spellings; nothing where it is absent or null.</summary>
    public Validation<Problem, Option<JsonNode>> Find(params ReadOnlySpan<string> spellings)
    {
        var given = spellings.ToArray().ToSeq().Filter(Values.ContainsKey);
        return given.Count > 1
            ? Fail<Problem, Option<JsonNode>>(
                Problem.Of(At(given[0]), string.Join(" and ", given), "only one spelling of the same key")
            )
            : Success<Problem, Option<JsonNode>>(given.HeadOrNone().Bind(Values.Find));
    }

    /// <summary>The value of a key, read; nothing where it is absent or null.</summary>
    public Validation<Problem, Option<T>> Read<T>(
        Func<string, JsonNode, Validation<Problem, T>> read,
        params ReadOnlySpan<string> spellings
    )
    {
        var names = spellings.ToArray();
        return Find(names)
            .Bind(found =>
                found.Match(
                    node => read(At(names.First(Values.ContainsKey)), node).Map(Some),
                    () => Success<Problem, Option<T>>(None)
                )
            );
    }

    /// <summary>The value of a key that must be there.</summary>
    public Validation<Problem, T> Require<T>(string key, Func<string, JsonNode, Validation<Problem, T>> read) =>
        Values
            .Find(key)
            .Match(node => read(At(key), node), () => Fail<Problem, T>(Problem.Of(At(key), null, "a value")));

    /// <summary>The keys that are not among the known ones.</summary>
    public Seq<string> Unknown(Set<string> known) => Values.Keys.ToSeq().Filter(key => !known.Contains(key)).Strict();

    /// <summary>A text.</summary>
    public static Validation<Problem, string> Text(string where, JsonNode node) =>
        node is JsonNode.Text text ? Success<Problem, string>(text.Value) : Wrong<string>(where, node, "a text");

    /// <summary>True or false.</summary>
    public static Validation<Problem, bool> Flag(string where, JsonNode node) =>
        node is JsonNode.Flag flag ? Success<Problem, bool>(flag.Value) : Wrong<bool>(where, node, "true or false");

    /// <summary>A whole number within limits.</summary>
    public static Func<string, JsonNode, Validation<Problem, long>> Whole(long min, long max) =>
        (where, node) =>
            node is JsonNode.Number number
            && long.TryParse(number.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= min
            && value <= max
                ? Success<Problem, long>(value)
                : Wrong<long>(where, node, $"a whole number from {min} to {max}");

    /// <summary>A list, each item read.</summary>
    public static Func<string, JsonNode, Validation<Problem, Seq<T>>> ListOf<T>(
        Func<string, JsonNode, Validation<Problem, T>> read
    ) =>
        (where, node) =>
            node is JsonNode.List list
                ? list.Values.Map((index, item) => read($"{where}[{index}]", item)).ToSeq().Strict().Collect()
                : Wrong<Seq<T>>(where, node, "a list");

    /// <summary>An object used as a table: each key and each value read.</summary>
    public static Func<string, JsonNode, Validation<Problem, Map<TKey, TValue>>> TableOf<TKey, TValue>(
        Func<string, string, Validation<Problem, TKey>> key,
        Func<string, JsonNode, Validation<Problem, TValue>> value
    ) =>
        (where, node) =>
            node is JsonNode.Fields fields
                ? Distinct(where, fields)
                    .Bind(_ =>
                        fields
                            .Values.Map(field =>
                                (
                                    key(Path(where, field.Key), field.Key),
                                    value(Path(where, field.Key), field.Value)
                                ).Apply((name, content) => (name, content))
                            )
                            .Strict()
                            .Collect()
                    )
                    .Map(pairs => toMap(pairs))
                : Wrong<Map<TKey, TValue>>(where, node, "an object");

    /// <summary>The problem of a value of the wrong kind.</summary>
    public static Validation<Problem, T> Wrong<T>(string where, JsonNode node, string allowed) =>
        Fail<Problem, T>(Problem.Of(where, node.Describe(), allowed));

    private static Validation<Problem, Unit> Distinct(string where, JsonNode.Fields fields) =>
        fields
            .Values.GroupBy(field => field.Key, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group =>
                Fail<Problem, Unit>(Problem.Of(Path(where, group.Key), $"{group.Count()} times", "each key only once"))
            )
            .ToSeq()
            .Strict()
            .Collect()
            .Map(_ => unit);

    private static string Shown(string key)
    {
        var isPlain =
            key.Length is > 0 and <= KeyLengthMax
            && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
        if (isPlain)
            return key;
        var cleaned = string.Concat(key.Select(letter => char.IsControl(letter) || letter == '"' ? '?' : letter));
        return cleaned.Length <= KeyLengthMax ? $"\"{cleaned}\"" : $"\"{cleaned[..KeyLengthMax]}…\"";
    }
}

/// <summary>Gathers validations.</summary>
public static class Validations
{
    /// <summary>All values, or all problems of all of them.</summary>
    public static Validation<Problem, Seq<T>> Collect<T>(this Seq<Validation<Problem, T>> items)
    {
        var problems = items.Bind(item => item.Match(_ => Seq<Problem>(), found => found)).Strict();
        return problems.IsEmpty
            ? Success<Problem, Seq<T>>(items.Bind(item => item.Match(Seq1, _ => Seq<T>())).Strict())
            : Validation<Problem, Seq<T>>.Fail(problems);
    }
}
