using System.Text.RegularExpressions;
using Kennel.Core.Domain;

namespace Kennel.Core.Manifest;

/// <summary>Reads a command of a service's package: <c>preDeploy</c> in <c>kennel.json</c>.</summary>
internal static partial class StepReader
{
    private const int ArgumentsMax = 100;
    private const int ArgumentLengthMax = 4096;
    private const int PathLengthMax = 255;
    private const int TimeoutSecondsMax = 24 * 3600;

    private const string Allowed = "a program such as \"bin/migrate\", or a list of a program and its arguments";

    /// <summary>The command, and how long it may take; a time without a command means nothing.</summary>
    internal static Validation<Problem, Option<StepManifest>> PreDeploy(JsonFields fields) =>
        (
            fields.Read(Command, "preDeploy", "pre_deploy"),
            fields.Read(JsonFields.Whole(1, TimeoutSecondsMax), "preDeployTimeoutSeconds", "pre_deploy_timeout_seconds")
        ).Apply(
            (command, timeout) =>
                command.Map(step => step with { TimeoutSeconds = timeout.Map(seconds => (int)seconds) })
        );

    /// <summary>The command that fills new data.</summary>
    internal static Validation<Problem, Option<StepManifest>> Seed(JsonFields fields) => fields.Read(Command, "seed");

    /// <summary>A program, or a list that begins with one.</summary>
    internal static Validation<Problem, StepManifest> Command(string where, JsonNode node) =>
        node switch
        {
            JsonNode.Text => Program(where, node).Map(program => new StepManifest(program, Seq<string>(), None)),
            JsonNode.List { Values.IsEmpty: false } list => (
                Program($"{where}[0]", list.Values[0]),
                Arguments(where, list.Values.Tail)
            ).Apply((program, arguments) => new StepManifest(program, arguments, None)),
            _ => JsonFields.Wrong<StepManifest>(where, node, Allowed),
        };

    private static Validation<Problem, string> Program(string where, JsonNode node) =>
        JsonFields
            .Text(where, node)
            .Bind(text =>
                text.Length <= PathLengthMax && PathPattern().IsMatch(text)
                    ? Success<Problem, string>(text)
                    : JsonFields.Wrong<string>(
                        where,
                        node,
                        "the path of a program in the output of the package, such as \"bin/migrate\", "
                            + "of A-Z a-z 0-9 . _ + @ - and /, no part beginning with a dot; arguments follow it in a list"
                    )
            );

    private static Validation<Problem, Seq<string>> Arguments(string where, Seq<JsonNode> given) =>
        given.Count <= ArgumentsMax
            ? given.Map((index, node) => Argument($"{where}[{index + 1}]", node)).ToSeq().Strict().Collect()
            : Fail<Problem, Seq<string>>(
                Problem.Of(where, $"{given.Count} arguments", $"at most {ArgumentsMax} arguments")
            );

    private static Validation<Problem, string> Argument(string where, JsonNode node) =>
        JsonFields
            .Text(where, node)
            .Bind(text =>
                text.Length <= ArgumentLengthMax
                && text.All(letter => !char.IsControl(letter) || letter is '\t' or '\n')
                    ? Success<Problem, string>(text)
                    : JsonFields.Wrong<string>(
                        where,
                        node,
                        $"a text of at most {ArgumentLengthMax} characters without control characters"
                    )
            );

    [GeneratedRegex(@"\A[A-Za-z0-9_+@-][A-Za-z0-9._+@-]*(/[A-Za-z0-9_+@-][A-Za-z0-9._+@-]*)*\z")]
    private static partial Regex PathPattern();
}
