using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Valkey;

/// <summary>What becomes of looks and changes when Valkey fails, and who may do what in it.</summary>
public sealed class ValkeyClientTests
{
    private static readonly CacheUser User = CacheUser.Of(Scene.Instance, new BranchId(7));
    private static readonly CacheUser OtherUser = CacheUser.Of(Scene.Instance, new BranchId(8));
    private static readonly CacheNumber Three = Scene.Sure(CacheNumber.Parse("test", 3));
    private static readonly CacheNumber Four = Scene.Sure(CacheNumber.Parse("test", 4));

    [ValkeyFact]
    public async Task A_service_uses_its_own_database()
    {
        await using var server = await Admitted();

        Assert.Equal("OK", await server.SayAs(User, Three, "SET", "greeting", "hello"));
        Assert.Equal("hello", await server.SayAs(User, Three, "GET", "greeting"));
        Assert.Equal("greeting", await server.SayAs(User, Three, "KEYS", "*"));
        Assert.Equal("OK", await server.SayAs(User, Three, "FLUSHDB"));
    }

    [ValkeyFact]
    public async Task A_service_gets_at_no_other_database_and_not_at_the_server()
    {
        await using var server = await Admitted();
        await server.SayAs(User, Three, "SET", "mine", "1");
        await server.SayAs(OtherUser, Four, "SET", "secret", "1");

        foreach (
            var words in Seq<string[]>(
                ["SELECT", "4"],
                ["SELECT", "0"],
                ["COPY", "mine", "theirs", "DB", "4"],
                ["MOVE", "mine", "4"],
                ["SWAPDB", "3", "4"],
                ["FLUSHALL"],
                ["EVAL", "redis.call('SELECT', 4) return redis.call('GET', 'secret')", "0"],
                ["ACL", "LIST"],
                ["CONFIG", "GET", "*"],
                ["MONITOR"],
                ["CLIENT", "LIST"],
                ["SHUTDOWN"],
                ["FUNCTION", "LIST", "WITHCODE"],
                ["FUNCTION", "FLUSH"],
                [
                    "FUNCTION",
                    "LOAD",
                    "REPLACE",
                    "#!lua name=shared\nserver.register_function('f', function() return 1 end)",
                ],
                ["SCRIPT", "FLUSH"],
                ["SCRIPT", "KILL"],
                ["CLIENT", "TRACKING", "ON", "BCAST"],
                ["PUBSUB", "CHANNELS"],
                ["PUBSUB", "SHARDCHANNELS"],
                ["SUBSCRIBE", $"{OtherUser}:news"],
                ["PUBLISH", $"{OtherUser}:news", "x"]
            )
        )
        {
            var answer = await server.SayAs(User, Three, words);
            Assert.True(
                answer.Contains("no permission", StringComparison.OrdinalIgnoreCase),
                $"{string.Join(' ', words)}: {answer}"
            );
        }
        Assert.Equal("1", await server.SayAs(OtherUser, Four, "DBSIZE"));
    }

    [ValkeyFact]
    public async Task Nobody_gets_at_a_database_without_its_password()
    {
        await using var server = await Admitted();
        await server.SayAs(User, Three, "SET", "mine", "1");

        Assert.Contains("NOPERM", await server.SayAs(OtherUser, Three, "GET", "mine"), StringComparison.Ordinal);
        Assert.NotEqual(await server.AddressOf(User, Three), await server.AddressOf(OtherUser, Three));
        Assert.Contains("NOAUTH", await server.SayWithout("GET", "mine"), StringComparison.Ordinal);
    }

    [ValkeyFact]
    public async Task A_server_whose_administrator_has_no_password_is_not_used()
    {
        await using var server = await ValkeyProcess.Start(withPassword: false);

        Assert.Contains("requirepass", await Unknown(server.Client), StringComparison.Ordinal);
    }

    [ValkeyFact]
    public async Task A_wrong_password_of_Kennels_is_told()
    {
        await using var server = await ValkeyProcess.Start();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "wrong");

        var reason = await Unknown(server.Connect(server.Options with { PasswordFile = file }));

        Assert.Contains("WRONGPASS", reason, StringComparison.Ordinal);
        File.Delete(file);
    }

    [ValkeyFact]
    public async Task A_server_that_is_not_there_is_unknown_and_nothing_happens()
    {
        await using var server = await ValkeyProcess.Start();
        await server.Stop();

        Assert.Contains("Could not connect", await Unknown(server.Client), StringComparison.Ordinal);
        Assert.IsType<Effect.Failed>(await Admit(server, User, Three));
        Assert.IsType<Effect.Failed>(
            await server.Client.DropCacheUser(new Action.DropCacheUser(User), CancellationToken.None)
        );
        await server.StartAgain();
    }

    [ValkeyFact]
    public async Task A_server_that_hangs_holds_up_one_look_and_not_the_next()
    {
        await using var server = await ValkeyProcess.Start();
        var client = server.Connect(
            server.Options with
            {
                LookLimit = TimeSpan.FromSeconds(1),
                ChangeLimit = TimeSpan.FromSeconds(1),
            }
        );
        await server.Hold(true);
        Assert.Contains("does not answer", await Unknown(client), StringComparison.Ordinal);
        Assert.IsType<Effect.Lost>(await client.DropCacheUser(new Action.DropCacheUser(User), CancellationToken.None));
        var before = DateTime.UtcNow;

        Assert.Contains("a moment ago", await Unknown(client), StringComparison.Ordinal);

        Assert.True(DateTime.UtcNow - before < TimeSpan.FromMilliseconds(500));
        await server.Hold(false);
    }

    [ValkeyFact]
    public async Task A_user_whose_rights_somebody_changed_is_incomplete()
    {
        await using var server = await Admitted();

        await server.Say("ACL", "SETUSER", User.Value, "+@admin");
        await server.Say("ACL", "SETUSER", OtherUser.Value, ">another");

        var seen = await Look(server);
        Assert.False(seen.Users[User].IsComplete);
        Assert.False(seen.Users[OtherUser].IsComplete);
        Assert.IsType<Effect.Done>(await Admit(server, User, Three));
        Assert.True((await Look(server)).Users[User].IsComplete);
    }

    [ValkeyFact]
    public async Task A_service_is_cut_off_when_its_user_goes()
    {
        await using var server = await Admitted();
        var waiting = server.SayAs(User, Three, "BLPOP", "never", "60");
        await Until(async () => (await server.Say("CLIENT", "LIST")).Contains(User.Value, StringComparison.Ordinal));

        Assert.IsType<Effect.Done>(
            await server.Client.DropCacheUser(new Action.DropCacheUser(User), CancellationToken.None)
        );

        Assert.NotEqual("OK", await waiting.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    private static async Task<ValkeyProcess> Admitted()
    {
        var server = await ValkeyProcess.Start();
        Assert.IsType<Effect.Done>(await Admit(server, User, Three));
        Assert.IsType<Effect.Done>(await Admit(server, OtherUser, Four));
        return server;
    }

    private static Task<Effect> Admit(ValkeyProcess server, CacheUser user, CacheNumber database) =>
        server.Client.AdmitCacheUser(new Action.AdmitCacheUser(user, database), CancellationToken.None);

    private static async Task<ObservedCaches> Look(ValkeyProcess server) =>
        (await server.Client.Caches(CancellationToken.None)).Match(
            seen => seen,
            reason => throw new InvalidOperationException(reason)
        );

    private static async Task<string> Unknown(IValkey client) =>
        Assert.IsType<Observation<ObservedCaches>.Unknown>(await client.Caches(CancellationToken.None)).Reason;

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (var count = 0; count < 200 && !await holds(); count++)
            await Task.Delay(50);
    }
}
