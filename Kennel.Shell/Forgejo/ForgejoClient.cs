using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Kennel.Core.Forge;

namespace Kennel.Shell.Forgejo;

/// <summary>What Forgejo answered.</summary>
internal sealed record ForgejoAnswer(string Body, Option<int> TotalCount);

/// <summary>Forgejo's API, as far as it is about the webhooks of a repository. An error is a sentence for people.</summary>
internal sealed class ForgejoClient : IDisposable
{
    private const int AnswerBytesMax = 4 << 20;
    private const int PageSize = 50;
    private const int PagesMax = 20;

    private readonly string url;
    private readonly TimeSpan answerLimit;
    private readonly HttpClient http;

    /// <summary>A client that connects when it is first asked.</summary>
    /// <param name="url">Where Forgejo is, without a slash at the end.</param>
    /// <param name="token">A token of its API.</param>
    /// <param name="answerLimit">How long one answer may take.</param>
    public ForgejoClient(string url, string token, TimeSpan answerLimit)
    {
        this.url = url;
        this.answerLimit = answerLimit;
        // A redirection could lead the token elsewhere.
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = answerLimit })
        {
            Timeout = answerLimit,
            MaxResponseContentBufferSize = AnswerBytesMax,
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("token", token);
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
    }

    public void Dispose() => http.Dispose();

    /// <summary>All webhooks of a repository.</summary>
    public Task<Either<string, Seq<Hook>>> Hooks(RepositoryAddress repository, CancellationToken cancellation) =>
        HooksFrom(repository, 1, Seq<Hook>(), cancellation);

    /// <summary>Makes a webhook and gives its number.</summary>
    public async Task<Either<string, long>> Make(
        RepositoryAddress repository,
        string target,
        string secret,
        CancellationToken cancellation
    )
    {
        var answer = await Send(HttpMethod.Post, HooksOf(repository), Hook.Request(target, secret), cancellation);
        return answer.Bind(it => Parse<Hook>(it.Body)).Map(hook => hook.Id);
    }

    /// <summary>Deletes a webhook; one that is gone already counts as deleted.</summary>
    public async Task<Either<string, LanguageExt.Unit>> Delete(
        RepositoryAddress repository,
        long hook,
        CancellationToken cancellation
    )
    {
        var answer = await Send(
            HttpMethod.Delete,
            $"{HooksOf(repository)}/{hook}",
            None,
            cancellation,
            isGoneWell: true
        );
        return answer.Map(_ => unit);
    }

    private async Task<Either<string, Seq<Hook>>> HooksFrom(
        RepositoryAddress repository,
        int page,
        Seq<Hook> earlier,
        CancellationToken cancellation
    )
    {
        var path = $"{HooksOf(repository)}?page={page}&limit={PageSize}";
        var read = (await Send(HttpMethod.Get, path, None, cancellation)).Bind(answer =>
            Parse<List<Hook>>(answer.Body).Map(hooks => new HookPage(hooks.ToSeq().Strict(), answer.TotalCount))
        );
        return await read.Match(
            async found =>
            {
                var all = Joined(earlier, found.Hooks);
                var isLast = found.Hooks.IsEmpty || found.TotalCount.Exists(count => all.Count >= count);
                return isLast || page == PagesMax
                    ? Right<string, Seq<Hook>>(all)
                    : await HooksFrom(repository, page + 1, all, cancellation);
            },
            error => Task.FromResult(Left<string, Seq<Hook>>(error))
        );
    }

    private static string HooksOf(RepositoryAddress repository) =>
        $"repos/{Uri.EscapeDataString(repository.Owner)}/{Uri.EscapeDataString(repository.Name)}/hooks";

    private async Task<Either<string, ForgejoAnswer>> Send(
        HttpMethod method,
        string path,
        Option<string> body,
        CancellationToken cancellation,
        bool isGoneWell = false
    )
    {
        using var request = new HttpRequestMessage(method, $"{url}/api/v1/{path}");
        body.Iter(text => request.Content = new StringContent(text, Encoding.UTF8, "application/json"));
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            var answer = new ForgejoAnswer(await response.Content.ReadAsStringAsync(cancellation), Total(response));
            var status = (int)response.StatusCode;
            return response.IsSuccessStatusCode || (isGoneWell && status == StatusCodes.Status404NotFound)
                ? answer
                : ForgejoErrors.Explain(url, status, answer.Body);
        }
        catch (HttpRequestException error)
        {
            return $"{url} cannot be reached: {error.Message}";
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"{url} did not answer within {answerLimit.TotalSeconds} s";
        }
    }

    private static Option<int> Total(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Total-Count", out var values)
        && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : None;

    private Either<string, T> Parse<T>(string body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body) is { } read ? Right<string, T>(read) : NotForgejo();
        }
        catch (JsonException)
        {
            return NotForgejo();
        }
    }

    private string NotForgejo() => $"{url} answers with something that is not Forgejo's API; is forgejo.url right?";

    private sealed record HookPage(Seq<Hook> Hooks, Option<int> TotalCount);
}
