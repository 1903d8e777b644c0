using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Shell.Forgejo;

namespace Kennel.Shell.Garage;

/// <summary>Garage's admin API in its second version, or in its first where that is what answers.</summary>
internal sealed class GarageApi : IDisposable
{
    private const int AnswerBytesMax = 32 << 20;
    private const int MessageLengthMax = 300;

    private readonly GarageOptions options;
    private readonly HttpClient http;
    private bool? isFirstVersion;

    public GarageApi(GarageOptions options)
    {
        this.options = options;
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

    public async Task<Either<Effect, IReadOnlyList<ListedBucket>>> Buckets(CancellationToken cancellation)
    {
        if (isFirstVersion is null)
        {
            var asked = await Send(HttpMethod.Get, "v2/ListBuckets", null, cancellation);
            if (asked.IsLeft)
                return asked.Map(_ => (IReadOnlyList<ListedBucket>)[]);
            isFirstVersion = asked.Exists(answer => answer.Status is 400 or 404);
        }
        return await Ask<IReadOnlyList<ListedBucket>>(HttpMethod.Get, "ListBuckets", "bucket?list", null, cancellation);
    }

    public Task<Either<Effect, IReadOnlyList<ListedKey>>> Keys(CancellationToken cancellation) =>
        Ask<IReadOnlyList<ListedKey>>(HttpMethod.Get, "ListKeys", "key?list", null, cancellation);

    public Task<Either<Effect, BucketDetails>> Bucket(string id, CancellationToken cancellation) =>
        Ask<BucketDetails>(HttpMethod.Get, $"GetBucketInfo?id={id}", $"bucket?id={id}", null, cancellation);

    public Task<Either<Effect, KeyDetails>> KeyWithSecret(string id, CancellationToken cancellation) =>
        Ask<KeyDetails>(
            HttpMethod.Get,
            $"GetKeyInfo?id={id}&showSecretKey=true",
            $"key?id={id}&showSecretKey=true",
            null,
            cancellation
        );

    public Task<Effect> CreateKey(string name, CancellationToken cancellation) =>
        Change(HttpMethod.Post, "CreateKey", "key?list", new JsonObject { ["name"] = name }, cancellation);

    /// <summary>Makes a bucket, named for all and for this key, which may do everything in it: all in one request.</summary>
    public Task<Effect> CreateBucket(string name, string keyId, CancellationToken cancellation) =>
        Change(
            HttpMethod.Post,
            "CreateBucket",
            "bucket",
            new JsonObject
            {
                ["globalAlias"] = name,
                ["localAlias"] = new JsonObject
                {
                    ["accessKeyId"] = keyId,
                    ["alias"] = name,
                    ["allow"] = Everything(),
                },
            },
            cancellation
        );

    public Task<Effect> Allow(string bucketId, string keyId, CancellationToken cancellation) =>
        Change(
            HttpMethod.Post,
            "AllowBucketKey",
            "bucket/allow",
            new JsonObject
            {
                ["bucketId"] = bucketId,
                ["accessKeyId"] = keyId,
                ["permissions"] = Everything(),
            },
            cancellation
        );

    public Task<Effect> DeleteBucket(string id, CancellationToken cancellation) =>
        Change(
            isFirstVersion == true ? HttpMethod.Delete : HttpMethod.Post,
            $"DeleteBucket?id={id}",
            $"bucket?id={id}",
            null,
            cancellation
        );

    public Task<Effect> DeleteKey(string id, CancellationToken cancellation) =>
        Change(
            isFirstVersion == true ? HttpMethod.Delete : HttpMethod.Post,
            $"DeleteKey?id={id}",
            $"key?id={id}",
            null,
            cancellation
        );

    private static JsonObject Everything() =>
        new()
        {
            ["read"] = true,
            ["write"] = true,
            ["owner"] = true,
        };

    private async Task<Effect> Change(
        HttpMethod method,
        string path,
        string firstPath,
        JsonObject? body,
        CancellationToken cancellation
    ) =>
        (await Send(method, PathOf(path, firstPath), body, cancellation)).Match(
            answer => answer.IsGood ? Effect.Happened : Refusal(answer),
            effect => effect
        );

    private async Task<Either<Effect, T>> Ask<T>(
        HttpMethod method,
        string path,
        string firstPath,
        JsonObject? body,
        CancellationToken cancellation
    )
        where T : class =>
        (await Send(method, PathOf(path, firstPath), body, cancellation)).Bind(answer =>
            answer.IsGood ? Parse<T>(answer.Body) : Left<Effect, T>(Refusal(answer))
        );

    private string PathOf(string path, string firstPath) => isFirstVersion == true ? $"v1/{firstPath}" : $"v2/{path}";

    private Task<Either<Effect, Answer>> Send(
        HttpMethod method,
        string path,
        JsonObject? body,
        CancellationToken cancellation
    ) =>
        Token()
            .Match(
                token => Send(token, method, path, body, cancellation),
                problem => Task.FromResult(Left<Effect, Answer>(Effect.Unreachable(BucketPlanner.System, problem)))
            );

    private async Task<Either<Effect, Answer>> Send(
        string token,
        HttpMethod method,
        string path,
        JsonObject? body,
        CancellationToken cancellation
    )
    {
        using var request = new HttpRequestMessage(method, $"{options.AdminEndpoint}/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        try
        {
            using var response = await http.SendAsync(request, cancellation);
            return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellation));
        }
        catch (HttpRequestException error)
            when (error.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            isFirstVersion = null;
            return Left<Effect, Answer>(Effect.Unreachable(BucketPlanner.System, error.Message));
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return Left<Effect, Answer>(Effect.Unanswered(BucketPlanner.System, error.Message));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Left<Effect, Answer>(
                Effect.Unanswered(
                    BucketPlanner.System,
                    $"{options.AdminEndpoint} did not answer within {options.AnswerLimit.TotalSeconds} s"
                )
            );
        }
    }

    private Either<string, string> Token() =>
        options.TokenFile.Match(
            file =>
                SecretLine
                    .Read("resources.garage.adminTokenFile", file)
                    .ToEither()
                    .MapLeft(problems => string.Join("; ", problems)),
            () =>
                Environment.GetEnvironmentVariable(GarageOptions.TokenVariable) is { Length: > 0 } token
                    ? Right<string, string>(token.Trim())
                    : Left<string, string>(
                        $"its token is not known: name its file in resources.garage.adminTokenFile, or set {GarageOptions.TokenVariable}"
                    )
        );

    // A failure of the cluster may come after the change.
    private static Effect Refusal(Answer answer)
    {
        var told = $"{Said(answer.Body)} (status {answer.Status})";
        return answer.Status >= 500
            ? Effect.Unanswered(BucketPlanner.System, told)
            : Effect.Refused(BucketPlanner.System, told);
    }

    private static string Said(string body)
    {
        try
        {
            var text = (string?)JsonNode.Parse(body)?["message"] ?? "it gives no reason";
            return text.Length <= MessageLengthMax ? text : $"{text[..MessageLengthMax]}…";
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return "what answers is not Garage's admin API; is resources.garage.adminEndpoint right?";
        }
    }

    // What does not fit is not shown: it may hold a secret.
    private static Either<Effect, T> Parse<T>(string body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body) is { } read ? Right<Effect, T>(read) : NotGarage();
        }
        catch (JsonException)
        {
            return NotGarage();
        }
    }

    private static Effect NotGarage() =>
        Effect.Refused(BucketPlanner.System, "its answer is not as its admin API describes it");

    private sealed record Answer(int Status, string Body)
    {
        public bool IsGood => Status is >= 200 and < 300;

        public override string ToString() => $"status {Status}";
    }
}
