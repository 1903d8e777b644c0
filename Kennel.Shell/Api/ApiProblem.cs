using System.Text.Json.Serialization;
using Kennel.Core.Domain;
using Kennel.Shell.Store;

namespace Kennel.Shell.Api;

/// <summary>An error as the API answers it (RFC 9457, <c>application/problem+json</c>).</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">A stable word with hyphens.</param>
/// <param name="Title">What kind of error it is.</param>
/// <param name="Detail">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Problems">Every mistake in the request, where there are several.</param>
public sealed record ApiProblem(
    int Status,
    string Code,
    string Title,
    string Detail,
    string Remedy,
    Seq<Problem> Problems
)
{
    /// <summary>The code of the command line's own finding that no daemon answers.</summary>
    public const string Unreachable = "daemon-unreachable";

    /// <summary>Where RFC 9457 wants a URI and there is none.</summary>
    [JsonPropertyOrder(-1)]
    public string Type => "about:blank";

    public static ApiProblem Of(Refusal refusal) =>
        new(
            refusal.Code.StartsWith("unknown-", StringComparison.Ordinal)
                ? StatusCodes.Status404NotFound
                : StatusCodes.Status409Conflict,
            refusal.Code,
            "This cannot be done",
            refusal.What,
            refusal.Remedy,
            Seq<Problem>()
        );

    public static ApiProblem Invalid(Seq<Problem> problems) =>
        new(
            StatusCodes.Status400BadRequest,
            "invalid-request",
            "The request is not acceptable",
            string.Join("; ", problems),
            "Correct what is named and try again.",
            problems
        );

    public static ApiProblem Of(int status, string code, string title, string detail, string remedy) =>
        new(status, code, title, detail, remedy, Seq<Problem>());
}
