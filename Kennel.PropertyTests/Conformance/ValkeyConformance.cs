using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.PropertyTests.World;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.Conformance;

/// <summary>What the plan relies on in a cache server; see <see cref="SystemdConformance"/>.</summary>
/// <param name="valkey">The port.</param>
/// <param name="write">Writes a key of this name to a database.</param>
/// <param name="restart">Restarts the server, with what is on its disk.</param>
public sealed class ValkeyConformance(IValkey valkey, Func<CacheNumber, string, Task> write, Func<Task> restart)
{
    private static readonly CacheUser User = CacheUser.Parse("conformance", "kennel-0123456789ab-7").Valid();
    private static readonly CacheUser Other = CacheUser.Parse("conformance", "kennel-ba9876543210-7").Valid();
    private static readonly CacheNumber Three = CacheNumber.Parse("conformance", 3).Valid();
    private static readonly CacheNumber Four = CacheNumber.Parse("conformance", 4).Valid();
    private static readonly CacheNumber Ninety = CacheNumber.Parse("conformance", 90).Valid();

    /// <summary>All that is relied on, in one story.</summary>
    public async Task Holds()
    {
        await A_new_server_has_sixteen_databases_and_nobody();
        await A_user_is_made_as_often_as_wanted_and_has_one_database();
        await A_database_that_another_has_is_neither_given_nor_emptied();
        await Emptying_removes_the_keys_of_one_database_alone();
        await A_restart_forgets_users_and_no_keys();
        await A_user_is_removed_once_and_his_keys_stay();
    }

    private async Task A_new_server_has_sixteen_databases_and_nobody()
    {
        Assert.Equal(
            new ObservedCaches(16, Map<CacheNumber, long>(), Map<CacheUser, ObservedCacheUser>()),
            await Look()
        );
        Assert.IsType<Effect.Done>(await Drop(User));
        Assert.IsType<Effect.Done>(await Clear(User, Three));
        Assert.IsType<Effect.Failed>(await Clear(User, Ninety));
    }

    private async Task A_user_is_made_as_often_as_wanted_and_has_one_database()
    {
        Assert.IsType<Effect.Done>(await Admit(User, Four));
        Assert.IsType<Effect.Done>(await Admit(User, Three));
        Assert.IsType<Effect.Done>(await Admit(User, Three));
        Assert.Equal(Seq1(new ObservedCacheUser(User, Three, IsComplete: true)), (await Look()).Users.Values.ToSeq());
    }

    private async Task A_database_that_another_has_is_neither_given_nor_emptied()
    {
        await write(Three, "one");
        Assert.IsType<Effect.Failed>(await Admit(Other, Three));
        Assert.IsType<Effect.Failed>(await Clear(Other, Three));
        Assert.Equal(Map((Three, 1L)), (await Look()).KeyCounts);
    }

    private async Task Emptying_removes_the_keys_of_one_database_alone()
    {
        await write(Three, "two");
        await write(Four, "one");
        Assert.Equal(Map((Three, 2L), (Four, 1L)), (await Look()).KeyCounts);
        Assert.IsType<Effect.Done>(await Clear(User, Three));
        Assert.IsType<Effect.Done>(await Clear(User, Three));
        Assert.Equal(Map((Four, 1L)), (await Look()).KeyCounts);
    }

    private async Task A_restart_forgets_users_and_no_keys()
    {
        await restart();
        var seen = await Look();
        Assert.True(seen.Users.IsEmpty);
        Assert.Equal(Map((Four, 1L)), seen.KeyCounts);
    }

    private async Task A_user_is_removed_once_and_his_keys_stay()
    {
        Assert.IsType<Effect.Done>(await Admit(User, Four));
        Assert.IsType<Effect.Done>(await Drop(User));
        Assert.IsType<Effect.Done>(await Drop(User));
        var seen = await Look();
        Assert.True(seen.Users.IsEmpty);
        Assert.Equal(Map((Four, 1L)), seen.KeyCounts);
    }

    private Task<Effect> Admit(CacheUser user, CacheNumber database) =>
        valkey.AdmitCacheUser(new Action.AdmitCacheUser(user, database), CancellationToken.None);

    private Task<Effect> Clear(CacheUser user, CacheNumber database) =>
        valkey.EmptyCache(new Action.EmptyCache(user, database), CancellationToken.None);

    private Task<Effect> Drop(CacheUser user) =>
        valkey.DropCacheUser(new Action.DropCacheUser(user), CancellationToken.None);

    private async Task<ObservedCaches> Look() =>
        (await valkey.Caches(CancellationToken.None)).Match(
            seen => seen,
            reason => throw new InvalidOperationException(reason)
        );
}
