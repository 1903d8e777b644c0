using Kennel.Core.Domain;
using Kennel.Core.Forge;
using Kennel.Shell.Store;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace Kennel.Shell.Api;

/// <summary>What an accepted delivery is answered with.</summary>
/// <param name="Delivery">The forge's id of it.</param>
/// <param name="Project">The project it is for; none where its repository is to register itself.</param>
/// <param name="Meaning">What was understood.</param>
public sealed record WebhookAnswer(string Delivery, Option<string> Project, string Meaning);

/// <summary>The answers to deliveries.</summary>
internal static class WebhookAnswers
{
    private const int RetryAfterSeconds = 30;

    /// <summary>For a bad signature and for an unknown project: which of the two is nobody's business.</summary>
    internal static readonly ApiProblem Unauthorized = ApiProblem.Of(
        StatusCodes.Status401Unauthorized,
        "not-authorized",
        "The delivery is not accepted",
        "Its signature fits no project known here.",
        "Check the hook's address and secret in the forge; the log of Kennel tells more."
    );

    internal static readonly ApiProblem Busy = ApiProblem.Of(
        StatusCodes.Status503ServiceUnavailable,
        "busy",
        "Too many deliveries at once",
        "Kennel holds as many bodies as it may.",
        "Deliver it again later."
    );

    internal static readonly ApiProblem TooLarge = ApiProblem.Of(
        StatusCodes.Status413PayloadTooLarge,
        "too-large",
        "The delivery is too large",
        $"A body may have at most {ForgeEvents.BodyBytesMax} bytes.",
        "Let the forge list fewer commits in a delivery."
    );

    internal static readonly ApiProblem TooSlow = ApiProblem.Of(
        StatusCodes.Status408RequestTimeout,
        "too-slow",
        "The delivery took too long",
        "Its body did not arrive in time.",
        "Deliver it again."
    );

    internal static readonly ApiProblem NoSuchPath = ApiProblem.Of(
        StatusCodes.Status404NotFound,
        "unknown-path",
        "There is no such thing",
        "Deliveries go to /webhook or /webhook/{project}.",
        "Correct the hook's address in the forge."
    );

    internal static readonly ApiProblem WrongMethod = ApiProblem.Of(
        StatusCodes.Status405MethodNotAllowed,
        "wrong-method",
        "Deliveries are posted",
        "Only POST is understood here.",
        "Set the hook's method to POST."
    );

    internal static readonly ApiProblem WrongType = ApiProblem.Of(
        StatusCodes.Status415UnsupportedMediaType,
        "wrong-content-type",
        "Deliveries are JSON",
        "Only application/json is understood here: forms sign something else than what they send.",
        "Set the hook's content type to application/json."
    );

    internal static ApiProblem Unwritable(string why) =>
        ApiProblem.Of(
            StatusCodes.Status503ServiceUnavailable,
            "store-unavailable",
            "The delivery could not be kept",
            $"The state database cannot be used: {why}",
            "Mend that and deliver it again."
        );

    internal static ApiProblem Elsewhere(ProjectName project, ForgeRepository repository, Receipt.Elsewhere found) =>
        ApiProblem.Of(
            StatusCodes.Status400BadRequest,
            "other-repository",
            "The delivery is of another repository",
            $"{repository.FullName} is number {repository.Id} of the forge. "
                + found.Other.Match(
                    other => $"That is the repository of project {other}, not of {project}.",
                    () => $"Project {project} belongs to number {Number(found.Repository)}."
                ),
            $"Correct the hook's address. If the number known is wrong, or the repository was made anew, run the kennel "
                + $"project add of {found.Other.IfNone(project)} again as it was: the next delivery tells the number."
        );

    internal static ApiProblem Unlike(ForgeRepository repository, Receipt.Unlike found) =>
        ApiProblem.Of(
            StatusCodes.Status400BadRequest,
            "other-repository",
            "The delivery is of another repository",
            $"It is of {repository.FullName} at {repository.CloneUrl}; project {found.Project} is fetched from {found.CloneUrl}.",
            $"Correct the hook's address. If the repository has moved, or is fetched from a copy elsewhere, remove "
                + $"{found.Project} and register it with the forge's address."
        );

    internal static ApiProblem OfBadRequest(BadHttpRequestException error) =>
        error.StatusCode switch
        {
            StatusCodes.Status413PayloadTooLarge => TooLarge,
            StatusCodes.Status408RequestTimeout => TooSlow,
            var status => ApiProblem.Of(
                status,
                "invalid-request",
                "The request is not acceptable",
                error.Message,
                "Correct it and deliver it again."
            ),
        };

    internal static IResult Problem(HttpContext http, ApiProblem problem)
    {
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
            http.Response.Headers.RetryAfter = $"{RetryAfterSeconds}";
        if (problem.Status == StatusCodes.Status405MethodNotAllowed)
            http.Response.Headers.Allow = HttpMethods.Post;
        return Answers.Problem(problem);
    }

    private static string Number(Option<long> repository) => repository.Match(id => $"{id}", () => "another");
}
