using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kennel.Shell.OpenBao;

/// <summary>
/// The tokens that questions are asked with: the one that Kennel is given, or those that it gets for its role, each used
/// no more often and no longer than it may be.
/// </summary>
internal sealed class StoreTokens(StoreOptions options, StoreConnection connection, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan MarginMax = TimeSpan.FromSeconds(5);
    private const int MarginShare = 10;

    private readonly SemaphoreSlim turn = new(1, 1);
    private Lent? kept;

    public void Dispose() => turn.Dispose();

    /// <summary>A token for one question.</summary>
    public async Task<Either<StoreProblem, string>> Take(CancellationToken cancellation)
    {
        if (options.Login == Core.Secrets.StoreLogin.Token)
            return options.Token().MapLeft<StoreProblem>(detail => new StoreProblem.NoCredentials(detail));
        await turn.WaitAsync(cancellation);
        try
        {
            if (kept is { } lent && lent.UsesLeft > 0 && clock.GetUtcNow() < lent.Until)
                return Use(lent);
            kept = null;
            return (await LogIn(cancellation)).Map(Use);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Whether another token may do where this one was denied; it is then forgotten.</summary>
    public async Task<bool> Forget(string token, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            if (options.Login == Core.Secrets.StoreLogin.Token)
                return false;
            if (kept?.Token == token)
                kept = null;
            return true;
        }
        finally
        {
            turn.Release();
        }
    }

    private string Use(Lent lent)
    {
        kept = lent with { UsesLeft = lent.UsesLeft - 1 };
        return lent.Token;
    }

    private async Task<Either<StoreProblem, Lent>> LogIn(CancellationToken cancellation)
    {
        var begun = clock.GetUtcNow();
        var role = options.Role().MapLeft<StoreProblem>(detail => new StoreProblem.NoCredentials(detail));
        return await role.BindAsync(async it =>
            (
                await connection.Post(
                    $"auth/{options.Uri.LoginMount}/login",
                    Body(it.RoleId, it.SecretId),
                    cancellation
                )
            ).Bind(reply => Read(reply, begun))
        );
    }

    private static string Body(string roleId, Option<string> secretId)
    {
        var fields = new JsonObject { ["role_id"] = roleId };
        secretId.Iter(it => fields["secret_id"] = it);
        return fields.ToJsonString(JsonSerializerOptions.Default);
    }

    private Either<StoreProblem, Lent> Read(StoreReply reply, DateTimeOffset begun)
    {
        const string What = "the login with Kennel's role";
        if (!reply.IsSuccess)
            return StoreProblem.Of(options.Origin.IfNone(""), What, reply.Status, reply.Body);
        return reply
            .Json()
            .Bind(fields => fields["auth"] is JsonObject grant ? Some(grant) : None)
            .Bind(grant => Token(grant).Map(token => new Lent(token, Until(begun, grant), Uses(grant))))
            .ToEither<StoreProblem>(() => new StoreProblem.Strange(What, reply.Status, " and without a token"));
    }

    private static Option<string> Token(JsonObject grant) =>
        grant["client_token"] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0
            ? Some(text)
            : None;

    // What does not say how long it lasts, or how often it serves, serves once.
    private static long Uses(JsonObject grant) =>
        Number(grant, "lease_duration").IsNone
            ? 1
            : Number(grant, "num_uses").Match(uses => uses == 0 ? long.MaxValue : uses, () => 1);

    private static DateTimeOffset Until(DateTimeOffset begun, JsonObject grant) =>
        Number(grant, "lease_duration")
            .Match(
                it => it == 0 ? DateTimeOffset.MaxValue : begun + Usable(TimeSpan.FromSeconds(it)),
                () => DateTimeOffset.MaxValue
            );

    private static TimeSpan Usable(TimeSpan whole) =>
        whole - (whole / MarginShare < MarginMax ? whole / MarginShare : MarginMax);

    private static Option<long> Number(JsonObject fields, string name) =>
        fields[name] is JsonValue value && value.TryGetValue<long>(out var number) && number >= 0 ? number : None;

    private sealed record Lent(string Token, DateTimeOffset Until, long UsesLeft)
    {
        public override string ToString() => "(token)";
    }
}
