using Kennel.Core.Domain;
using Kennel.Core.Ports;
using Kennel.Core.Routing;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.Conformance;

/// <summary>What the plan relies on in a web server; see <see cref="SystemdConformance"/>.</summary>
/// <param name="caddy">The port.</param>
/// <param name="lose">Makes the web server forget Kennel's subtree.</param>
public sealed class CaddyConformance(ICaddy caddy, Func<Task> lose)
{
    private static readonly InstanceId Owner = Made(InstanceId.Parse("conformance", "0123456789ab"));

    /// <summary>All that is relied on, in one story.</summary>
    public async Task Holds()
    {
        await A_missing_subtree_is_put_where_there_is_room_by_one_write();
        await A_write_that_names_an_older_state_is_refused_and_changes_nothing();
        await A_lost_subtree_is_missing_and_comes_back_by_one_write();
    }

    private async Task A_missing_subtree_is_put_where_there_is_room_by_one_write()
    {
        var before = await Look();
        Assert.IsType<RoutingPlace.Missing>(before.Place);
        Assert.True(before.Table.Entries.IsEmpty);
        Assert.IsType<Effect.Done>(await Write(before, 18001));
        var after = await Look();
        Assert.IsType<RoutingPlace.Present>(after.Place);
        Assert.True(after.IsCurrent);
        Assert.Equal(Table(18001), after.Table);
    }

    private async Task A_write_that_names_an_older_state_is_refused_and_changes_nothing()
    {
        var old = await Look();
        Assert.IsType<Effect.Done>(await Write(old, 18002));
        Assert.IsType<Effect.Failed>(await Write(old, 18003));
        Assert.Equal(Table(18002), (await Look()).Table);
    }

    private async Task A_lost_subtree_is_missing_and_comes_back_by_one_write()
    {
        var served = await Look();
        await lose();
        var lost = await Look();
        Assert.IsType<RoutingPlace.Missing>(lost.Place);
        Assert.IsType<Effect.Failed>(await Write(served, 18004));
        Assert.IsType<Effect.Done>(await Write(lost, 18005));
        Assert.Equal(Table(18005), (await Look()).Table);
    }

    private async Task<ObservedRouting> Look() =>
        (await caddy.Routing(CancellationToken.None)).Match(
            routing => routing,
            reason => throw new InvalidOperationException(reason)
        );

    private Task<Effect> Write(ObservedRouting seen, int port) =>
        caddy.Write(new Action.WriteRoutes(seen.Place, seen.Version, Table(port)), CancellationToken.None);

    private static RoutingTable Table(int port) =>
        new(
            Map(
                (
                    Made(HostName.Parse("conformance", "conformance.example")),
                    new RouteEntry(Owner, new Route.Service(Made(Port.Parse("test", port))))
                )
            )
        );

    private static T Made<T>(Validation<Problem, T> name) =>
        name.IfFail(problems => throw new InvalidOperationException(problems.ToString()));
}
