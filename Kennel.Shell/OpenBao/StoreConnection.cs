using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kennel.Shell.OpenBao;

/// <summary>What the store answered.</summary>
internal sealed record StoreReply(int Status, string Body)
{
    public bool IsSuccess => Status is >= 200 and <= 299;

    /// <summary>The answer as JSON; nothing where it is none.</summary>
    public Option<JsonObject> Json()
    {
        try
        {
            return JsonNode.Parse(Body) is JsonObject fields ? Some(fields) : None;
        }
        catch (JsonException)
        {
            return None;
        }
    }
}

/// <summary>Requests to the store: one question, one answer or a problem.</summary>
internal sealed class StoreConnection : IDisposable
{
    private const int AnswerBytesMax = 4 << 20;
    private const string TokenHeader = "X-Vault-Token";
    private const string NamespaceHeader = "X-Vault-Namespace";

    private readonly string origin;
    private readonly Option<string> space;
    private readonly TimeSpan answerLimit;
    private readonly HttpClient http;

    public StoreConnection(string origin, Option<string> space, TimeSpan answerLimit)
    {
        (this.origin, this.space, this.answerLimit) = (origin, space, answerLimit);
        // A redirection could lead the token elsewhere.
        http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                ConnectTimeout = answerLimit,
            }
        )
        {
            Timeout = answerLimit,
            MaxResponseContentBufferSize = AnswerBytesMax,
        };
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
    }

    public void Dispose() => http.Dispose();

    public Task<Either<StoreProblem, StoreReply>> Get(string path, string token, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"{origin}/v1/{path}");
        request.Headers.TryAddWithoutValidation(TokenHeader, token);
        return Send(request, cancellation);
    }

    public Task<Either<StoreProblem, StoreReply>> Post(string path, string body, CancellationToken cancellation) =>
        Send(
            new HttpRequestMessage(HttpMethod.Post, $"{origin}/v1/{path}")
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            },
            cancellation
        );

    private async Task<Either<StoreProblem, StoreReply>> Send(
        HttpRequestMessage request,
        CancellationToken cancellation
    )
    {
        using var sent = request;
        space.Iter(name => sent.Headers.TryAddWithoutValidation(NamespaceHeader, name));
        try
        {
            using var response = await http.SendAsync(sent, cancellation);
            return new StoreReply((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellation));
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return new StoreProblem.Unreachable($"{origin} cannot be reached: {error.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new StoreProblem.Unreachable($"{origin} did not answer within {answerLimit.TotalSeconds} s");
        }
    }
}
