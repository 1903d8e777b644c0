using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Secrets;
using Kennel.Shell.Store;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Valkey;

/// <summary>Valkey over its socket.</summary>
/// <param name="options">Where it is, and how long it may take.</param>
/// <param name="keys">Gives the passwords.</param>
/// <param name="clock">Tells how long a silent server is left alone.</param>
public sealed class ValkeyClient(ValkeyOptions options, HostKeyFile keys, TimeProvider clock) : IValkey
{
    // Where a command's own selection fails, valkey-cli says so and goes on in database 0; a script ends.
    private const string Emptying = "redis.call('SELECT', ARGV[1]) return redis.call('FLUSHDB', 'ASYNC')";

    private readonly ValkeyCommand command = new(options);
    private DateTimeOffset silentUntil;

    /// <inheritdoc/>
    public async Task<Observation<ObservedCaches>> Caches(CancellationToken cancellation)
    {
        if (clock.GetUtcNow() < silentUntil)
            return Observation.Unknown<ObservedCaches>("it did not answer a moment ago");
        var seen = await Look(cancellation);
        if (seen.LeftToSeq().Exists(effect => effect is Effect.Lost))
            silentUntil = clock.GetUtcNow() + options.RestAfterSilence;
        return seen.Match(
            state =>
                state.IsOpenToAll
                    ? Observation.Unknown<ObservedCaches>(
                        "every service could do anything in it, for its user default needs no password: set requirepass, and "
                            + "write that password to the file that resources.valkey.passwordFile names"
                    )
                    : Observed(state),
            effect => Observation.Unknown<ObservedCaches>(Reason(effect))
        );
    }

    /// <inheritdoc/>
    public Task<Effect> EmptyCache(Action.EmptyCache action, CancellationToken cancellation) =>
        Change(
            state =>
                Other(state, action.User, action.Database)
                    .Match(
                        other => Task.FromResult(Changed($"database {action.Database} is {other}'s")),
                        () => Do(cancellation, "EVAL", Emptying, "0", $"{action.Database}")
                    ),
            cancellation
        );

    /// <inheritdoc/>
    public Task<Effect> AdmitCacheUser(Action.AdmitCacheUser action, CancellationToken cancellation) =>
        Change(
            state =>
                (
                    from free in Other(state, action.User, action.Database)
                        .Match(
                            other =>
                                Left<Effect, LanguageExt.Unit>(Changed($"database {action.Database} is {other}'s")),
                            () => unit
                        )
                    from password in Password(action.User)
                        .MapLeft(problem => Effect.Unreachable(CachePlanner.System, problem))
                    select CacheRules.Of(state.Version, action.User, action.Database, password)
                ).Match(
                    rules => Do(cancellation, ["ACL", "SETUSER", action.User.Value, "reset", .. rules]),
                    Task.FromResult
                ),
            cancellation
        );

    /// <inheritdoc/>
    public Task<Effect> DropCacheUser(Action.DropCacheUser action, CancellationToken cancellation) =>
        Do(cancellation, "ACL", "DELUSER", action.User.Value);

    /// <summary>The password of a user.</summary>
    internal Either<string, SecretValue> Password(CacheUser user) => keys.Password($"valkey {user}");

    private async Task<Either<Effect, ValkeyState>> Look(CancellationToken cancellation)
    {
        var info = await Ask("INFO", "server", "keyspace");
        var databases = info.IsRight ? await Ask("CONFIG", "GET", "databases") : info;
        var users = databases.IsRight ? await Ask("ACL", "LIST") : databases;
        return from server in info
            from limit in databases
            from list in users
            from count in ValkeyText
                .Setting(limit)
                .ToEither(() => Effect.Refused(CachePlanner.System, "it does not tell how many databases it has"))
            select new ValkeyState(
                ValkeyText.Version(server),
                count,
                ValkeyText.KeyCounts(server),
                ValkeyText.Users(list)
            );

        Task<Either<Effect, string>> Ask(params string[] words) => command.Run(options.LookLimit, cancellation, words);
    }

    private Observation<ObservedCaches> Observed(ValkeyState state)
    {
        var users = state.OfKennel.Map(user =>
            from password in Password(user.Name)
            let database = CacheRules.DatabaseOf(user.Rules)
            let isComplete = database.Exists(number =>
                CacheRules.Are(user.Rules, CacheRules.Of(state.Version, user.Name, number, password))
            )
            select (user.Name, new ObservedCacheUser(user.Name, database, isComplete))
        );
        return users
            .Sequence()
            .Match(
                known => Observation.Known(new ObservedCaches(state.DatabasesMax, state.KeyCounts, toMap(known))),
                Observation.Unknown<ObservedCaches>
            );
    }

    private async Task<Effect> Change(Func<ValkeyState, Task<Effect>> change, CancellationToken cancellation) =>
        await (await Look(cancellation)).Match(change, effect => Task.FromResult(NotBegun(effect)));

    private async Task<Effect> Do(CancellationToken cancellation, params string[] words) =>
        (await command.Run(options.ChangeLimit, cancellation, words)).Match(_ => Effect.Happened, effect => effect);

    // Only a question was lost.
    private static Effect NotBegun(Effect effect) =>
        effect is Effect.Lost lost ? new Effect.Failed(lost.Cause) : effect;

    private static Option<CacheUser> Other(ValkeyState state, CacheUser user, CacheNumber database) =>
        state
            .OfKennel.Filter(one => one.Name != user && CacheRules.DatabaseOf(one.Rules) == Some(database))
            .Map(one => one.Name)
            .HeadOrNone();

    private static Effect Changed(string what) => Effect.Refused(CachePlanner.System, $"{what}; look again");

    private static string Reason(Effect effect) =>
        effect switch
        {
            Effect.Failed it => Detail(it.Cause),
            Effect.Lost it => Detail(it.Cause),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static string Detail(Cause cause) =>
        cause switch
        {
            Cause.Refused it => it.Detail,
            Cause.Unreachable it => it.Detail,
            _ => cause.Describe().Sentence,
        };

    private sealed record ValkeyState(
        Version Version,
        int DatabasesMax,
        Map<CacheNumber, long> KeyCounts,
        Seq<(string Name, Seq<string> Rules)> Users
    )
    {
        public bool IsOpenToAll =>
            Users.Exists(user => user.Name == "default" && user.Rules.Contains("nopass") && user.Rules.Contains("on"));

        public Seq<(CacheUser Name, Seq<string> Rules)> OfKennel =>
            Users.Bind(user => CacheUser.Parse("user", user.Name).ToOption().ToSeq().Map(name => (name, user.Rules)));
    }
}
