using Kennel.Core.Domain;
using Kennel.Core.Manifest;

namespace Kennel.Core.Secrets;

/// <summary>One file: what it lays its own over, and its profiles.</summary>
/// <param name="Extends">Files, relative to the checkout, in order.</param>
/// <param name="Profiles">Its profiles by name.</param>
internal sealed record SecretFile(Seq<string> Extends, Map<string, SecretProfile> Profiles);

/// <summary>
/// Reads one <c>secretspec.toml</c>, or the older form that Kennel's guide shows: <c>[secrets]</c> in the place of
/// <c>[profiles.default]</c>, and no revision.
/// </summary>
internal static class SecretFileReader
{
    private const string Revision = "1.0";

    /// <summary>How many secrets a profile may declare.</summary>
    internal const int SecretsMax = 200;

    /// <summary>The file.</summary>
    /// <param name="path">Its path in the checkout.</param>
    /// <param name="node">Its content.</param>
    internal static Validation<Problem, SecretFile> Read(string path, JsonNode node) =>
        JsonFields
            .Of($"{path}:", node)
            .Bind(fields =>
                (
                    fields.Require("project", (where, project) => Project(path, where, project)),
                    fields.Read(Entries, "secrets"),
                    fields.Read(JsonFields.TableOf((_, key) => Success<Problem, string>(key), Profile), "profiles")
                ).Apply(
                    (extends, older, profiles) =>
                        new SecretFile(extends, WithOlder(older, profiles.IfNone(Map<string, SecretProfile>())))
                )
            )
            .Bind(file =>
                file.Profiles.IsEmpty
                    ? Fail<Problem, SecretFile>(
                        Problem.Of($"{path}: profiles", null, "at least one profile, such as [profiles.default]")
                    )
                    : Success<Problem, SecretFile>(file)
            );

    private static Map<string, SecretProfile> WithOlder(
        Option<Map<SecretName, SecretEntry>> older,
        Map<string, SecretProfile> profiles
    ) =>
        older.Match(
            entries =>
                profiles.AddOrUpdate(
                    SecretProfile.DefaultName,
                    (SecretProfile.Empty with { Entries = entries }).Under(
                        profiles.Find(SecretProfile.DefaultName).IfNone(SecretProfile.Empty)
                    )
                ),
            () => profiles
        );

    private static Validation<Problem, Seq<string>> Project(string path, string where, JsonNode node) =>
        JsonFields
            .Of(where, node)
            .Bind(fields =>
                (
                    fields.Require("name", ProjectTitle),
                    fields.Read(KnownRevision, "revision"),
                    fields.Read(JsonFields.ListOf((at, item) => Extended(path, at, item)), "extends")
                ).Apply((_, _, extends) => extends.IfNone(Seq<string>()))
            );

    // It says what the project is called elsewhere; whose secrets it gets is not for the file to say.
    private static Validation<Problem, string> ProjectTitle(string where, JsonNode node) =>
        JsonFields
            .Text(where, node)
            .Bind(text =>
                text.Trim().Length > 0
                    ? Success<Problem, string>(text)
                    : JsonFields.Wrong<string>(where, node, "a name that is not empty")
            );

    private static Validation<Problem, string> KnownRevision(string where, JsonNode node) =>
        node is JsonNode.Text { Value: Revision }
            ? Success<Problem, string>(Revision)
            : JsonFields.Wrong<string>(where, node, $"\"{Revision}\", the only revision there is");

    private static Validation<Problem, string> Extended(string path, string where, JsonNode node) =>
        JsonFields.Text(where, node).Bind(text => SecretFilePath.Extended(where, path, text));

    private static Validation<Problem, SecretProfile> Profile(string where, JsonNode node) =>
        JsonFields
            .Of(where, node)
            .Bind(fields =>
                (fields.Read(Defaults, "defaults"), Entries(where, WithoutDefaults((JsonNode.Fields)node))).Apply(
                    (defaults, entries) => new SecretProfile(entries, defaults.IfNone(SecretProfile.Empty.Defaults))
                )
            );

    private static JsonNode WithoutDefaults(JsonNode.Fields fields) =>
        new JsonNode.Fields(fields.Values.Filter(field => field.Key != "defaults").Strict());

    private static Validation<Problem, Map<SecretName, SecretEntry>> Entries(string where, JsonNode node) =>
        JsonFields
            .TableOf((at, key) => SecretName.Parse(at, key), SecretEntryReader.Read)(where, node)
            .Bind(entries =>
                entries.Count <= SecretsMax
                    ? Success<Problem, Map<SecretName, SecretEntry>>(entries)
                    : Fail<Problem, Map<SecretName, SecretEntry>>(
                        Problem.Of(where, $"{entries.Count} secrets", $"at most {SecretsMax}")
                    )
            );

    private static Validation<Problem, ProfileDefaults> Defaults(string where, JsonNode node) =>
        JsonFields
            .Of(where, node)
            .Bind(fields =>
                (
                    fields.Read(JsonFields.Flag, "inherit"),
                    fields.Read(JsonFields.Flag, "required"),
                    fields.Read(JsonFields.Text, "default")
                ).Apply((inherit, required, value) => new ProfileDefaults(inherit, required, value))
            );
}
