using Kennel.Shell.Caddy;

namespace Kennel.Shell.Api;

/// <summary>
/// <c>GET /internal/tls/ask?domain=NAME</c>: the web server asks here before it obtains a certificate, and before it takes
/// one from its disk. Answered from memory, whatever else goes on.
/// </summary>
internal static class CertificateQuestions
{
    /// <summary>Where they are asked.</summary>
    public const string Path = "/internal/tls/ask";

    private const string Parameter = "domain";

    /// <summary>Says yes (200) for a name that is served, and no (404) for any other.</summary>
    public static Task Answer(HttpContext http, ServedHosts served)
    {
        http.Response.StatusCode =
            !HttpMethods.IsGet(http.Request.Method) ? StatusCodes.Status405MethodNotAllowed
            : http.Request.Query[Parameter] is not [{ Length: > 0 } name] ? StatusCodes.Status400BadRequest
            : served.Contains(name) ? StatusCodes.Status200OK
            : StatusCodes.Status404NotFound;
        if (http.Response.StatusCode == StatusCodes.Status405MethodNotAllowed)
            http.Response.Headers.Allow = HttpMethods.Get;
        return Task.CompletedTask;
    }
}
