using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kennel.Core.Domain;
using Kennel.Core.Manifest;

namespace Kennel.Core.Secrets;

/// <summary>The stored form of a release's secrets: names, places and versions, with one spelling for each.</summary>
public static class ReleaseSecretsText
{
    private const int SizeBytesMax = 2 << 20;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text.</summary>
    public static string Write(ReleaseSecrets secrets)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("project", secrets.Plan.Owner.Project);
            writer.WriteString("profile", secrets.Plan.Owner.Profile);
            writer.WriteStartArray("secrets");
            foreach (var secret in secrets.Plan.Secrets.OrderBy(it => it.Name))
                WriteSecret(writer, secret);
            writer.WriteEndArray();
            writer.WriteStartArray("pins");
            foreach (var (address, pin) in secrets.Pins.Pairs.Map(pair => (pair.Key, pair.Value)))
                WritePin(writer, address, pin);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static Option<ReleaseSecrets> Read(string text) =>
        JsonNode
            .Parse("secrets", text, SizeBytesMax)
            .Bind(node => JsonFields.Of("secrets:", node))
            .Bind(fields =>
                (
                    fields.Require("project", JsonFields.Text),
                    fields.Require("profile", JsonFields.Text),
                    fields.Require("secrets", JsonFields.ListOf(ReadSecret)),
                    fields.Require("pins", JsonFields.ListOf(ReadPin))
                ).Apply(
                    (project, profile, secrets, pins) =>
                        new ReleaseSecrets(new SecretPlan(new SecretOwner(project, profile), secrets), toMap(pins))
                )
            )
            .ToOption();

    private static void WriteSecret(Utf8JsonWriter writer, PlannedSecret secret)
    {
        writer.WriteStartObject();
        writer.WriteString("name", secret.Name.Value);
        switch (secret.Source)
        {
            case SecretSource.Stored it:
                writer.WriteString("path", it.Address.Path);
                writer.WriteString("field", it.Address.Field);
                break;
            case SecretSource.Composed it:
                writer.WriteString("composed", it.Template.Text);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
        WriteNeed(writer, secret.Need);
        secret.Default.Iter(it => writer.WriteString("default", it));
        secret.Encoding.Iter(it => writer.WriteString("encoding", it.Word()));
        secret.Extraction.Iter(it =>
        {
            writer.WriteString("format", it.Format == DocumentFormat.Json ? "json" : "ini");
            writer.WriteString("pointer", it.Pointer);
        });
        if (secret.AsPath)
            writer.WriteBoolean("asPath", value: true);
        writer.WriteEndObject();
    }

    private static void WriteNeed(Utf8JsonWriter writer, SecretNeed need)
    {
        switch (need)
        {
            case SecretNeed.Required:
                writer.WriteBoolean("required", value: true);
                break;
            case SecretNeed.Optional:
                writer.WriteBoolean("required", value: false);
                break;
            case SecretNeed.Member it:
                writer.WriteStartArray("groups");
                foreach (var group in it.Groups)
                    writer.WriteStringValue((group.Rule == GroupRule.ExactlyOne ? "=" : "+") + group.Group);
                writer.WriteEndArray();
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void WritePin(Utf8JsonWriter writer, SecretAddress address, SecretPin pin)
    {
        writer.WriteStartObject();
        writer.WriteString("path", address.Path);
        writer.WriteString("field", address.Field);
        if (pin is SecretPin.Version version)
            writer.WriteNumber("version", version.Number);
        else
            writer.WriteBoolean("present", pin is SecretPin.Unversioned);
        writer.WriteEndObject();
    }

    private static Validation<Problem, PlannedSecret> ReadSecret(string where, JsonNode node) =>
        JsonFields
            .Of(where, node)
            .Bind(fields =>
                (
                    fields.Require(
                        "name",
                        (at, it) => JsonFields.Text(at, it).Bind(text => SecretName.Parse(at, text))
                    ),
                    ReadSource(fields),
                    ReadNeed(fields),
                    fields.Read(JsonFields.Text, "default"),
                    fields.Read(SecretEntryReader.Encoding, "encoding"),
                    ReadExtraction(fields),
                    fields.Read(JsonFields.Flag, "asPath")
                ).Apply(
                    (name, source, need, value, encoding, extraction, asPath) =>
                        new PlannedSecret(name, source, need, value, encoding, extraction, asPath.IfNone(false))
                )
            );

    private static Validation<Problem, SecretSource> ReadSource(JsonFields fields) =>
        fields.Values.ContainsKey("composed")
            ? fields
                .Require(
                    "composed",
                    (at, it) => JsonFields.Text(at, it).Bind(text => CompositionTemplate.Parse(at, text))
                )
                .Map(SecretSource (it) => new SecretSource.Composed(it))
            : ReadAddress(fields).Map(SecretSource (it) => new SecretSource.Stored(it));

    private static Validation<Problem, SecretAddress> ReadAddress(JsonFields fields) =>
        (fields.Require("path", JsonFields.Text), fields.Require("field", JsonFields.Text)).Apply(
            (path, field) => new SecretAddress(path, field)
        );

    private static Validation<Problem, SecretNeed> ReadNeed(JsonFields fields) =>
        fields.Values.ContainsKey("groups")
            ? fields
                .Require("groups", JsonFields.ListOf(JsonFields.Text))
                .Map(SecretNeed (groups) => new SecretNeed.Member(groups.Map(Membership).Strict()))
            : fields
                .Require("required", JsonFields.Flag)
                .Map(isRequired => isRequired ? new SecretNeed.Required() : (SecretNeed)new SecretNeed.Optional());

    private static GroupMembership Membership(string text) =>
        new(text.StartsWith('=') ? GroupRule.ExactlyOne : GroupRule.AtLeastOne, text.Length > 0 ? text[1..] : "");

    private static Validation<Problem, Option<Extraction>> ReadExtraction(JsonFields fields) =>
        (fields.Read(SecretEntryReader.Format, "format"), fields.Read(JsonFields.Text, "pointer")).Apply(
            (format, pointer) => from it in format from at in pointer select new Extraction(it, at)
        );

    private static Validation<Problem, (SecretAddress, SecretPin)> ReadPin(string where, JsonNode node) =>
        JsonFields
            .Of(where, node)
            .Bind(fields =>
                (
                    ReadAddress(fields),
                    fields.Read(JsonFields.Whole(1, int.MaxValue), "version"),
                    fields.Read(JsonFields.Flag, "present")
                ).Apply(
                    (address, version, isPresent) =>
                        (
                            address,
                            version.Match<SecretPin>(
                                number => new SecretPin.Version((int)number),
                                () => isPresent.IfNone(false) ? new SecretPin.Unversioned() : new SecretPin.Absent()
                            )
                        )
                )
            );
}
