using System.Net.Sockets;
using System.Text.Json;
using Kennel.Shell.Api;

namespace Kennel.Shell.Commands;

/// <summary>Talks to the daemon over its socket.</summary>
public sealed class KennelClient : IDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(90);

    private readonly string _socket;
    private readonly HttpClient _http;

    public KennelClient(string socket)
    {
        _socket = socket;
        var handler = new SocketsHttpHandler { UseProxy = false, ConnectCallback = Connect };
        _http = new HttpClient(handler)
        {
            BaseAddress = new Uri("http://kennel/v1/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public Task<Either<ApiProblem, T>> Get<T>(string path, CancellationToken cancellation) =>
        Ask<T>(HttpMethod.Get, path, null, cancellation);

    public Task<Either<ApiProblem, T>> Post<T>(string path, object? body, CancellationToken cancellation) =>
        Ask<T>(HttpMethod.Post, path, body, cancellation);

    public Task<Either<ApiProblem, T>> Patch<T>(string path, object body, CancellationToken cancellation) =>
        Ask<T>(HttpMethod.Patch, path, body, cancellation);

    public Task<Either<ApiProblem, T>> Delete<T>(string path, CancellationToken cancellation) =>
        Ask<T>(HttpMethod.Delete, path, null, cancellation);

    /// <summary>Copies the lines of a text as they come; a followed text has no time limit.</summary>
    public Task<Either<ApiProblem, Unit>> Lines(string path, Action<string> line, CancellationToken cancellation) =>
        Guarded(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!response.IsSuccessStatusCode)
            {
                return await ReadProblem(response, cancellation);
            }
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
            while (await reader.ReadLineAsync(cancellation) is { } text)
            {
                line(text);
            }
            return Right<ApiProblem, Unit>(unit);
        });

    public void Dispose() => _http.Dispose();

    private Task<Either<ApiProblem, T>> Ask<T>(
        HttpMethod method,
        string path,
        object? body,
        CancellationToken cancellation
    ) =>
        Guarded(async () =>
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(AnswerLimit);
            using var request = new HttpRequestMessage(method, path);
            request.Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: Json.Compact);
            try
            {
                using var response = await _http.SendAsync(request, limit.Token);
                if (!response.IsSuccessStatusCode)
                {
                    return await ReadProblem(response, limit.Token);
                }
                return typeof(T) == typeof(Unit)
                    ? Right<ApiProblem, T>(default!)
                    : Right<ApiProblem, T>((await response.Content.ReadFromJsonAsync<T>(Json.Compact, limit.Token))!);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return Unanswered();
            }
        });

    private async Task<Either<ApiProblem, T>> Guarded<T>(Func<Task<Either<ApiProblem, T>>> ask)
    {
        try
        {
            return await ask();
        }
        catch (HttpRequestException error) when (error.InnerException is SocketException socket)
        {
            return Unreachable(socket);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException)
        {
            return Problem(
                "broken-answer",
                "The daemon's answer broke off or cannot be read",
                error.Message,
                "Try again; look at journalctl -u kennel and compare kennel --version with the daemon's."
            );
        }
    }

    private static async Task<ApiProblem> ReadProblem(HttpResponseMessage response, CancellationToken cancellation)
    {
        var text = await response.Content.ReadAsStringAsync(cancellation);
        return
            response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            && JsonSerializer.Deserialize<ApiProblem>(text, Json.Compact) is { } problem
            ? problem
            : Problem(
                "broken-answer",
                "The daemon's answer cannot be read",
                $"HTTP status {(int)response.StatusCode}",
                "Look at journalctl -u kennel."
            );
    }

    private ApiProblem Unreachable(SocketException error) =>
        error.SocketErrorCode == SocketError.AccessDenied
            ? Problem(
                "permission-denied",
                "You may not talk to the daemon",
                $"{_socket} is for group kennel.",
                "Add yourself to group kennel (sudo usermod --append --groups kennel \"$USER\"), log in anew, or use sudo."
            )
            : Problem(
                ApiProblem.Unreachable,
                "The daemon is not running",
                File.Exists(_socket) ? $"Nothing answers on {_socket}: {error.Message}." : $"There is no {_socket}.",
                "Look at systemctl status kennel; start it with systemctl start kennel."
            );

    private ApiProblem Unanswered() =>
        Problem(
            "timed-out",
            "The daemon did not answer in time",
            $"No answer within {AnswerLimit.TotalSeconds} s; what was asked for may still happen.",
            "Look with kennel status and journalctl -u kennel."
        );

    private static ApiProblem Problem(string code, string title, string detail, string remedy) =>
        ApiProblem.Of(0, code, title, detail, remedy);

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_socket), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
