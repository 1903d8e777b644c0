using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kennel.Core.Domain;
using Kennel.Core.Manifest;
using Kennel.Core.Secrets;

namespace Kennel.Core.Planning;

/// <summary>
/// The file in which a build unit leaves its result. A project's own code runs in that unit, so whoever reads the file
/// believes nothing in it: a hostile one can make its own build fail and no more.
/// </summary>
public static partial class BuildResultText
{
    /// <summary>What the file is called.</summary>
    public const string FileName = "result.json";

    /// <summary>How long the file may be.</summary>
    public const int SizeBytesMax = 3 << 20;

    // The manifest is a text within this text; escaped no more than it must be, it always fits.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Root = FileName + ":";

    /// <summary>The text of a build that succeeded.</summary>
    /// <param name="manifestText">The manifest as the project gave it; it is read anew from here.</param>
    /// <param name="outputs">The store path of each component.</param>
    /// <param name="programs">The program of each service, below its store path.</param>
    /// <param name="secretsText">What the project declares of its secrets.</param>
    public static string Built(
        string manifestText,
        Map<ComponentName, StorePath> outputs,
        Map<ComponentName, string> programs,
        Option<string> secretsText = default
    ) =>
        Write(writer =>
        {
            writer.WriteStartObject("built");
            writer.WriteString("manifest", manifestText);
            secretsText.Iter(text => writer.WriteString("secrets", text));
            writer.WriteStartObject("outputs");
            foreach (var (component, path) in outputs.Pairs.Map(pair => (pair.Key, pair.Value)))
                writer.WriteString(component.Value, path.Value);
            writer.WriteEndObject();
            writer.WriteStartObject("programs");
            foreach (var (component, program) in programs.Pairs.Map(pair => (pair.Key, pair.Value)))
                writer.WriteString(component.Value, program);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });

    /// <summary>The text of a result that was read.</summary>
    public static string Of(BuildResult.Built built) =>
        Built(built.ManifestText, built.Outputs, built.Programs, built.SecretsText);

    /// <summary>The text of a build that failed.</summary>
    public static string Failed(Cause cause) => Write(writer => CauseText.Write(writer, cause));

    /// <summary>Reads a result; whatever is wrong with it is itself the cause of a failure.</summary>
    public static BuildResult Read(string text) =>
        JsonNode
            .Parse(FileName, text, SizeBytesMax)
            .Bind(node => JsonFields.Of(Root, node))
            .Bind(ReadResult)
            .Match(
                result => result,
                problems => new BuildResult.Failed(new Cause.ResultInvalid(problems.Take(10).ToSeq().Strict()))
            );

    /// <summary>Whether a text is a program's path below a store path: <c>bin/{name}</c>.</summary>
    public static bool IsProgram(string text) => ProgramPattern().IsMatch(text);

    private static Validation<Problem, BuildResult> ReadResult(JsonFields fields) =>
        (
            Only(fields, Set("version", "built", "failed")),
            fields.Require("version", JsonFields.Whole(1, 1)),
            fields.Read(ReadBuilt, "built"),
            fields.Read((where, node) => CauseText.Read(where, node), "failed")
        )
            .Apply((_, _, built, failed) => Either(built, failed))
            .Bind(result => result);

    private static Validation<Problem, BuildResult> Either(Option<BuildResult.Built> built, Option<Cause> failed) =>
        built.IsSome == failed.IsSome
            ? Fail<Problem, BuildResult>(Problem.Of(Root, "both or none", "either built or failed"))
            : Success<Problem, BuildResult>(
                built.Match(
                    BuildResult (it) => it,
                    () =>
                        failed.Match(
                            BuildResult (cause) => new BuildResult.Failed(cause),
                            () => throw new UnreachableException()
                        )
                )
            );

    private static Validation<Problem, BuildResult.Built> ReadBuilt(string where, JsonNode node) =>
        JsonFields
            .Of(where, node)
            .Bind(fields =>
                (
                    Only(fields, Set("manifest", "outputs", "programs", "secrets")),
                    fields.Require("manifest", ReadManifest),
                    fields.Require("outputs", Table(ReadPath)),
                    fields.Require("programs", Table(ReadProgram)),
                    fields.Read(ReadSecrets, "secrets")
                ).Apply(
                    (_, manifest, outputs, programs, secrets) =>
                        new BuildResult.Built(manifest.Text, manifest.Manifest, outputs, programs)
                        {
                            SecretsText = secrets.Map(it => it.Text),
                            Secrets = secrets.Map(it => it.Specification),
                        }
                )
            )
            .Bind(built =>
                (
                    Same($"{where}.outputs", built.Outputs.Keys.ToSeq(), built.Manifest.Components),
                    Same($"{where}.programs", built.Programs.Keys.ToSeq(), built.Manifest.Services.Keys.ToSeq())
                ).Apply((_, _) => built)
            );

    private static Func<string, JsonNode, Validation<Problem, Map<ComponentName, T>>> Table<T>(
        Func<string, JsonNode, Validation<Problem, T>> read
    ) => JsonFields.TableOf((where, key) => ComponentName.Parse(where, key), read);

    private static Validation<Problem, (string Text, ProjectManifest Manifest)> ReadManifest(
        string where,
        JsonNode node
    ) => JsonFields.Text(where, node).Bind(text => ManifestReader.Read(text).Map(read => (text, read.Manifest)));

    private static Validation<Problem, (string Text, SecretSpecification Specification)> ReadSecrets(
        string where,
        JsonNode node
    ) => JsonFields.Text(where, node).Bind(text => SecretSpecification.Read(text).Map(read => (text, read)));

    private static Validation<Problem, StorePath> ReadPath(string where, JsonNode node) =>
        JsonFields.Text(where, node).Bind(text => StorePath.Parse(where, text));

    private static Validation<Problem, string> ReadProgram(string where, JsonNode node) =>
        JsonFields
            .Text(where, node)
            .Bind(text =>
                IsProgram(text)
                    ? Success<Problem, string>(text)
                    : JsonFields.Wrong<string>(where, node, "bin/ and a plain file name")
            );

    private static Validation<Problem, Unit> Same(
        string where,
        Seq<ComponentName> given,
        Seq<ComponentName> declared
    ) =>
        toSet(given) == toSet(declared)
            ? Success<Problem, Unit>(unit)
            : Fail<Problem, Unit>(
                Problem.Of(
                    where,
                    string.Join(", ", given),
                    $"just what the manifest declares: {string.Join(", ", declared)}"
                )
            );

    private static Validation<Problem, Unit> Only(JsonFields fields, Set<string> known) =>
        fields
            .Unknown(known)
            .Map(key => Fail<Problem, Unit>(Problem.Of(fields.At(key), key, "only known keys")))
            .Strict()
            .Collect()
            .Map(_ => unit);

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", 1);
            write(writer);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    [GeneratedRegex(@"\Abin/[A-Za-z0-9_+][A-Za-z0-9._+@-]{0,126}\z")]
    private static partial Regex ProgramPattern();
}
