using System.Text.Json;
using Kennel.Core.Domain;
using Kennel.Shell.Store;

namespace Kennel.Shell.Api;

/// <summary>How results become HTTP answers.</summary>
internal static class Answers
{
    private const string ProblemType = "application/problem+json";

    public static IResult Ok<T>(T view) => Results.Json(view, Json.Compact);

    public static IResult Accepted<T>(T view) =>
        Results.Json(view, Json.Compact, statusCode: StatusCodes.Status202Accepted);

    public static IResult Problem(ApiProblem problem) =>
        Results.Json(problem, Json.Compact, ProblemType, problem.Status);

    public static IResult Of<T>(Either<Refusal, T> result, Func<T, IResult> granted) =>
        result.Match(granted, refusal => Problem(ApiProblem.Of(refusal)));

    public static Task<IResult> Checked<T>(Validation<Problem, T> given, Func<T, Task<IResult>> go) =>
        given.Match(go, problems => Task.FromResult(Problem(ApiProblem.Invalid(problems))));

    /// <summary>Reads the body; a body that is not what is expected is a mistake of the request.</summary>
    public static async Task<Validation<Problem, T>> Body<T>(HttpContext http)
        where T : class
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync<T>(http.Request.Body, Json.Strict, http.RequestAborted);
            return body is null
                ? Fail<Problem, T>(Core.Domain.Problem.Of("body", "null", "a JSON object"))
                : Success<Problem, T>(body);
        }
        catch (JsonException error)
        {
            return Fail<Problem, T>(new Problem("body", "text that does not fit", $"JSON that fits: {error.Message}"));
        }
    }
}
