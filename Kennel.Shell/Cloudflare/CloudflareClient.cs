using System.Net.Http.Headers;
using System.Text;
using Kennel.Core.Domain;

namespace Kennel.Shell.Cloudflare;

/// <summary>Cloudflare's API, as far as it is about records. It asks nothing while Cloudflare says that it is too much.</summary>
internal sealed class CloudflareClient : IDisposable
{
    private const int AnswerBytesMax = 16 << 20;

    private readonly CloudflareOptions options;
    private readonly TimeProvider clock;
    private readonly HttpClient http;
    private long quietUntil;

    /// <summary>A client that connects when it is first asked.</summary>
    public CloudflareClient(CloudflareOptions options, TimeProvider clock)
    {
        this.options = options;
        this.clock = clock;
        // A redirection could lead the token elsewhere.
        http = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = options.AnswerLimit }
        )
        {
            Timeout = options.AnswerLimit,
            MaxResponseContentBufferSize = AnswerBytesMax,
        };
    }

    public void Dispose() => http.Dispose();

    /// <summary>Asks or changes something of a zone's records.</summary>
    /// <param name="method">How.</param>
    /// <param name="zone">The zone.</param>
    /// <param name="path">What follows <c>dns_records</c>.</param>
    /// <param name="body">What is sent, JSON.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<CloudflareReply> Send(
        HttpMethod method,
        HostName zone,
        string path,
        Option<string> body,
        CancellationToken cancellation
    )
    {
        var rest = DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Read(ref quietUntil));
        if (rest > clock.GetUtcNow())
            return new CloudflareReply.Unreachable($"Cloudflare wants to be asked nothing until {rest:HH:mm:ss} UTC");
        return await options
            .Zones.Find(zone)
            .ToEither($"{zone} is not among domains.cloudflare.zones")
            .Bind(id => Token().Map(token => (Id: id, Token: token)))
            .Match(
                known =>
                    Send(
                        method,
                        new Uri($"{options.Address}/zones/{Uri.EscapeDataString(known.Id)}/dns_records{path}"),
                        known.Token,
                        body,
                        cancellation
                    ),
                reason => Task.FromResult<CloudflareReply>(new CloudflareReply.Unreachable(reason))
            );
    }

    private async Task<CloudflareReply> Send(
        HttpMethod method,
        Uri address,
        string token,
        Option<string> body,
        CancellationToken cancellation
    )
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        body.Iter(text => request.Content = new StringContent(text, Encoding.UTF8, "application/json"));
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            if (response.StatusCode == System.Net.HttpStatusCode.TooManyRequests)
                return BeQuiet(response.Headers.RetryAfter);
            var text = await response.Content.ReadAsStringAsync(cancellation);
            return CloudflareReply.Of((int)response.StatusCode, text);
        }
        catch (HttpRequestException error)
            when (error.HttpRequestError
                    is HttpRequestError.ConnectionError
                        or HttpRequestError.NameResolutionError
                        or HttpRequestError.SecureConnectionError
            )
        {
            return new CloudflareReply.Unreachable($"Cloudflare cannot be reached: {error.Message}");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return new CloudflareReply.Unanswered($"Cloudflare's answer was lost: {error.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new CloudflareReply.Unanswered(
                $"Cloudflare did not answer within {options.AnswerLimit.TotalSeconds} s"
            );
        }
    }

    private CloudflareReply.Unreachable BeQuiet(RetryConditionHeaderValue? word)
    {
        var now = clock.GetUtcNow();
        var until = word?.Delta is { } wait ? now + wait : word?.Date ?? now + options.RestWithoutWord;
        Interlocked.Exchange(ref quietUntil, until.ToUnixTimeMilliseconds());
        return new CloudflareReply.Unreachable($"Cloudflare was asked too much, until {until:HH:mm:ss} UTC");
    }

    // Read anew each time: it may be replaced while Kennel runs.
    private Either<string, string> Token()
    {
        try
        {
            var token = File.ReadAllText(options.TokenFile).Trim();
            return token.Length > 0 && token.All(letter => letter is > ' ' and < '\x7f')
                ? Right<string, string>(token)
                : Left<string, string>($"{options.TokenFile} (domains.cloudflare.tokenFile) holds no token");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Left<string, string>(
                $"{options.TokenFile} (domains.cloudflare.tokenFile) cannot be read: {error.Message}"
            );
        }
    }
}
