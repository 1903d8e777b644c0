using Kennel.Core.Domain;
using Kennel.Core.Manifest;

namespace Kennel.Core.Secrets;

/// <summary>Reads what one profile says of one secret. What it does not know it passes over, as secretspec does.</summary>
internal static class SecretEntryReader
{
    private static readonly Seq<string> NotWithComposed = Seq(
        "default",
        "providers",
        "ref",
        "refs",
        "encoding",
        "extract",
        "type",
        "generate",
        "prompt"
    );

    /// <summary>The entry.</summary>
    internal static Validation<Problem, SecretEntry> Read(string where, JsonNode node) =>
        JsonFields
            .Of(where, node)
            .Bind(fields =>
                (
                    fields.Read(JsonFields.Text, "description"),
                    fields.Read(Need, "required"),
                    fields.Read(JsonFields.Text, "default"),
                    fields.Read(Composed, "composed"),
                    Location(fields),
                    fields.Read(JsonFields.Flag, "as_path"),
                    fields.Read(Encoding, "encoding"),
                    fields.Read(Extract, "extract"),
                    Consistent(fields)
                ).Apply(
                    (description, need, value, composed, location, asPath, encoding, extraction, _) =>
                        new SecretEntry(
                            description,
                            need,
                            value,
                            composed,
                            location,
                            asPath,
                            encoding,
                            extraction,
                            IsGenerated(fields)
                        )
                )
            );

    private static bool IsGenerated(JsonFields fields) =>
        Seq("generate", "prompt")
            .Exists(key => fields.Values.Find(key).Exists(node => node is not JsonNode.Flag { Value: false }));

    private static Validation<Problem, SecretNeed> Need(string where, JsonNode node) =>
        node switch
        {
            JsonNode.Flag { Value: true } => Success<Problem, SecretNeed>(new SecretNeed.Required()),
            JsonNode.Flag => Success<Problem, SecretNeed>(new SecretNeed.Optional()),
            JsonNode.Fields => Groups(where, node),
            _ => JsonFields.Wrong<SecretNeed>(where, node, NeedAllowed),
        };

    private const string NeedAllowed = "true, false, { at_least_one = \"GROUP\" } or { exactly_one = \"GROUP\" }";

    private static Validation<Problem, SecretNeed> Groups(string where, JsonNode node) =>
        JsonFields
            .Of(where, node)
            .Bind(fields =>
                (
                    fields.Read(Memberships(GroupRule.AtLeastOne), "at_least_one"),
                    fields.Read(Memberships(GroupRule.ExactlyOne), "exactly_one"),
                    Only(fields, Set("at_least_one", "exactly_one"))
                ).Apply(
                    (some, one, _) => Joined(some.IfNone(Seq<GroupMembership>()), one.IfNone(Seq<GroupMembership>()))
                )
            )
            .Bind(groups =>
                groups.IsEmpty
                    ? JsonFields.Wrong<SecretNeed>(where, node, NeedAllowed)
                    : Success<Problem, SecretNeed>(new SecretNeed.Member(groups))
            );

    private static Func<string, JsonNode, Validation<Problem, Seq<GroupMembership>>> Memberships(GroupRule rule) =>
        (where, node) =>
            (
                node is JsonNode.List
                    ? JsonFields.ListOf(GroupName)(where, node)
                    : GroupName(where, node).Map(name => Seq1(name))
            ).Map(names => names.Map(name => new GroupMembership(rule, name)).Strict());

    private static Validation<Problem, string> GroupName(string where, JsonNode node) =>
        JsonFields
            .Text(where, node)
            .Bind(text =>
                text.Trim().Length > 0
                    ? Success<Problem, string>(text)
                    : JsonFields.Wrong<string>(where, node, "the name of a group")
            );

    private static Validation<Problem, CompositionTemplate> Composed(string where, JsonNode node) =>
        JsonFields.Text(where, node).Bind(text => CompositionTemplate.Parse(where, text));

    private static Validation<Problem, Option<SecretLocation>> Location(JsonFields fields) =>
        (fields.Read(Reference, "ref"), fields.Find("refs")).Apply(
            (reference, others) => reference | others.Map<SecretLocation>(_ => new SecretLocation.ByProvider())
        );

    private static Validation<Problem, SecretLocation> Reference(string where, JsonNode node) =>
        JsonFields
            .Of(where, node)
            .Bind(fields =>
                (
                    fields.Require("item", JsonFields.Text),
                    fields.Read(JsonFields.Text, "field"),
                    Only(fields, Set("item", "field", "vault", "section", "version"))
                ).Apply(
                    (item, field, _) =>
                        (SecretLocation)
                            new SecretLocation.Elsewhere(
                                item,
                                field,
                                Seq("vault", "section", "version").Filter(fields.Values.ContainsKey).Strict()
                            )
                )
            );

    internal static Validation<Problem, SecretEncoding> Encoding(string where, JsonNode node) =>
        Enum.GetValues<SecretEncoding>()
            .ToSeq()
            .Find(encoding => node is JsonNode.Text text && text.Value == encoding.Word())
            .Match(
                Success<Problem, SecretEncoding>,
                () => JsonFields.Wrong<SecretEncoding>(where, node, "base64, base64url or hex")
            );

    private static Validation<Problem, Extraction> Extract(string where, JsonNode node) =>
        JsonFields
            .Of(where, node)
            .Bind(fields =>
                (fields.Require("format", Format), fields.Require("pointer", JsonFields.Text)).Apply(
                    (format, pointer) => (Format: format, Pointer: pointer)
                )
            )
            .Bind(given => Extraction.Parse(JsonFields.Path(where, "pointer"), given.Format, given.Pointer));

    internal static Validation<Problem, DocumentFormat> Format(string where, JsonNode node) =>
        node switch
        {
            JsonNode.Text { Value: "json" } => Success<Problem, DocumentFormat>(DocumentFormat.Json),
            JsonNode.Text { Value: "ini" } => Success<Problem, DocumentFormat>(DocumentFormat.Ini),
            _ => JsonFields.Wrong<DocumentFormat>(where, node, "json or ini"),
        };

    // Of the entry as it is written: what is inherited may bring together what an entry may not.
    private static Validation<Problem, LanguageExt.Unit> Consistent(JsonFields fields)
    {
        var isRequired = fields.Values.Find("required").Exists(node => node is JsonNode.Flag { Value: true });
        var given = NotWithComposed.Filter(fields.Values.ContainsKey).Strict();
        var problems = Joined(
            isRequired && fields.Values.ContainsKey("default")
                ? Seq1(
                    Problem.Of(
                        fields.Where,
                        "required = true and a default",
                        "one of them: with a default it is always there"
                    )
                )
                : Seq<Problem>(),
            fields.Values.ContainsKey("ref") && fields.Values.ContainsKey("refs")
                ? Seq1(Problem.Of(fields.Where, "ref and refs", "one of them"))
                : Seq<Problem>(),
            fields.Values.ContainsKey("composed") && !given.IsEmpty
                ? Seq1(
                    Problem.Of(
                        fields.Where,
                        $"composed and {string.Join(", ", given)}",
                        "composed without them: it is read from nowhere"
                    )
                )
                : Seq<Problem>()
        );
        return problems.IsEmpty
            ? Success<Problem, LanguageExt.Unit>(unit)
            : Validation<Problem, LanguageExt.Unit>.Fail(problems);
    }

    private static Validation<Problem, LanguageExt.Unit> Only(JsonFields fields, Set<string> known) =>
        fields
            .Unknown(known)
            .Map(key =>
                Fail<Problem, LanguageExt.Unit>(Problem.Of(fields.At(key), key, $"only {string.Join(", ", known)}"))
            )
            .Strict()
            .Collect()
            .Map(_ => unit);
}
