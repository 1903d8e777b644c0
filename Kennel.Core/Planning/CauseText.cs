using System.Diagnostics;
using System.Text.Json;
using Kennel.Core.Domain;
using Kennel.Core.Manifest;

namespace Kennel.Core.Planning;

/// <summary>The causes that a build can give for its own failure, in its result file.</summary>
internal static class CauseText
{
    private const int DetailLengthMax = 4096;
    private const int LimitSecondsMax = 7 * 24 * 3600;

    /// <summary>Writes a cause as the value of <c>failed</c>.</summary>
    internal static void Write(Utf8JsonWriter writer, Cause cause)
    {
        writer.WriteStartObject("failed");
        writer.WriteString("code", cause.Describe().Code);
        WriteDetails(writer, cause);
        writer.WriteEndObject();
    }

    /// <summary>Reads one; the codes that a build cannot give are refused.</summary>
    internal static Validation<Problem, Cause> Read(string where, JsonNode node) =>
        JsonFields
            .Of(where, node)
            .Bind(fields => fields.Require("code", JsonFields.Text).Bind(code => ReadDetails(fields, code)));

    private static void WriteDetails(Utf8JsonWriter writer, Cause cause)
    {
        switch (cause)
        {
            case Cause.CloneFailed it:
                writer.WriteString("detail", Cut(it.Detail));
                break;
            case Cause.NoSuchCommit it:
                writer.WriteString("detail", Cut(it.Commit));
                break;
            case Cause.EvaluationFailed it:
                writer.WriteString("detail", Cut(it.Detail));
                break;
            case Cause.Killed it:
                writer.WriteString("detail", Cut(it.Detail));
                break;
            case Cause.Refused it:
                writer.WriteString("system", Cut(it.System));
                writer.WriteString("detail", Cut(it.Detail));
                break;
            case Cause.Unreachable it:
                writer.WriteString("system", Cut(it.System));
                writer.WriteString("detail", Cut(it.Detail));
                break;
            case Cause.NoBinary it:
                writer.WriteString("component", it.Component.Value);
                writer.WriteString("detail", Cut(it.Found));
                break;
            case Cause.ComponentsFailed it:
                writer.WriteStartArray("components");
                foreach (var component in it.Components)
                    writer.WriteStringValue(component.Value);
                writer.WriteEndArray();
                break;
            case Cause.ManifestInvalid it:
                WriteProblems(writer, it.Problems);
                break;
            case Cause.TimedOut it:
                writer.WriteNumber("limit_seconds", it.LimitSeconds);
                break;
            case Cause.NoFlake or Cause.OutOfMemory:
                break;
            default:
                throw new UnreachableException($"A build does not end with {cause.Describe().Code}.");
        }
    }

    private static void WriteProblems(Utf8JsonWriter writer, Seq<Problem> problems)
    {
        writer.WriteStartArray("problems");
        foreach (var problem in problems.Take(50))
        {
            writer.WriteStartObject();
            writer.WriteString("where", Cut(problem.Where));
            writer.WriteString("given", Cut(problem.Given));
            writer.WriteString("allowed", Cut(problem.Allowed));
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static Validation<Problem, Cause> ReadDetails(JsonFields fields, string code) =>
        code switch
        {
            "clone-failed" => Detail(fields).Map(Cause (detail) => new Cause.CloneFailed(detail)),
            "no-such-commit" => Detail(fields).Map(Cause (detail) => new Cause.NoSuchCommit(detail)),
            "evaluation-failed" => Detail(fields).Map(Cause (detail) => new Cause.EvaluationFailed(detail)),
            "killed" => Detail(fields).Map(Cause (detail) => new Cause.Killed(detail)),
            "refused" => (fields.Require("system", Sentence), Detail(fields)).Apply(
                Cause (system, detail) => new Cause.Refused(system, detail)
            ),
            "unreachable" => (fields.Require("system", Sentence), Detail(fields)).Apply(
                Cause (system, detail) => new Cause.Unreachable(system, detail)
            ),
            "no-flake" => Success<Problem, Cause>(new Cause.NoFlake()),
            "out-of-memory" => Success<Problem, Cause>(new Cause.OutOfMemory()),
            "timed-out" => fields
                .Require("limit_seconds", JsonFields.Whole(1, LimitSecondsMax))
                .Map(Cause (seconds) => new Cause.TimedOut((int)seconds)),
            "no-binary" => (fields.Require("component", Component), Detail(fields)).Apply(
                Cause (component, detail) => new Cause.NoBinary(component, detail)
            ),
            "component-failed" => fields
                .Require("components", JsonFields.ListOf(Component))
                .Map(Cause (components) => new Cause.ComponentsFailed(components)),
            "manifest-invalid" => fields
                .Require("problems", JsonFields.ListOf(ReadProblem))
                .Map(Cause (problems) => new Cause.ManifestInvalid(problems)),
            _ => Fail<Problem, Cause>(Problem.Of(fields.At("code"), code, "a code that a build can end with")),
        };

    private static Validation<Problem, string> Detail(JsonFields fields) => fields.Require("detail", Sentence);

    private static Validation<Problem, ComponentName> Component(string where, JsonNode node) =>
        JsonFields.Text(where, node).Bind(text => ComponentName.Parse(where, text));

    private static Validation<Problem, Problem> ReadProblem(string where, JsonNode node) =>
        JsonFields
            .Of(where, node)
            .Bind(fields =>
                (
                    fields.Require("where", Sentence),
                    fields.Require("given", Sentence),
                    fields.Require("allowed", Sentence)
                ).Apply((place, given, allowed) => new Problem(place, given, allowed))
            );

    private static Validation<Problem, string> Sentence(string where, JsonNode node) =>
        JsonFields.Text(where, node).Map(text => Cut(Clean(text)));

    private static string Clean(string text) =>
        string.Concat(text.Select(letter => char.IsControl(letter) && letter != '\n' ? '?' : letter));

    private static string Cut(string text) => text.Length <= DetailLengthMax ? text : text[..DetailLengthMax] + "…";
}
