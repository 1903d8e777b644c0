using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.Conformance;

/// <summary>What the plan relies on in a database server; see <see cref="SystemdConformance"/>.</summary>
/// <param name="postgres">The port.</param>
/// <param name="makeForeign">Makes a database and a role of these names that are nobody's of Kennel.</param>
public sealed class PostgresConformance(IPostgres postgres, Func<DatabaseName, RoleName, Task> makeForeign)
{
    private static readonly InstanceId Instance = Made(InstanceId.Parse("conformance", "0123456789ab"));
    private static readonly InstanceId Other = Made(InstanceId.Parse("conformance", "ba9876543210"));
    private static readonly RoleName Role = Made(RoleName.Parse("conformance", "knl-00000000000000aa"));
    private static readonly RoleName ForeignRole = Made(RoleName.Parse("conformance", "knl-00000000000000bb"));
    private static readonly DatabaseName Name = Made(DatabaseName.Parse("conformance", "kennel_o-neil_main"));
    private static readonly DatabaseName ForeignName = Made(DatabaseName.Parse("conformance", "kennel_o-neil_main2"));
    private static readonly DatabaseLimits Limits = new(7, 90);

    /// <summary>All that is relied on, in one story.</summary>
    public async Task Holds()
    {
        await What_is_not_there_counts_as_dropped();
        await A_role_is_made_once_with_its_mark();
        await A_new_database_is_closed_until_it_is_prepared();
        await What_was_prepared_can_be_prepared_again_with_other_limits();
        await Extensions_are_added_and_noted_and_preparing_again_forgets_the_note();
        await What_is_the_owners_already_stays_so_when_it_is_adopted();
        await What_others_made_is_seen_without_a_mark_and_is_not_touched();
        await A_database_is_dropped_only_as_it_was_seen_and_its_role_after_it();
    }

    private async Task What_is_not_there_counts_as_dropped()
    {
        Assert.IsType<Effect.Done>(await Drop(new Action.DropDatabase(Name, Role.Value, 1)));
        Assert.IsType<Effect.Done>(await DropRole(Role, Instance));
        Assert.IsType<Effect.Failed>(
            await postgres.CreateDatabase(new Action.CreateDatabase(Name, Role), CancellationToken.None)
        );
        Assert.IsType<Effect.Failed>(await Prepare(DatabaseLimits.None));
    }

    private async Task A_role_is_made_once_with_its_mark()
    {
        Assert.IsType<Effect.Done>(await CreateRole(Role, Instance));
        Assert.IsType<Effect.Done>(await CreateRole(Role, Instance));
        Assert.IsType<Effect.Failed>(await CreateRole(Role, Other));
        Assert.Equal(Some(new ObservedRole(Role, Instance)), (await Look()).Roles.Find(Role));
    }

    private async Task A_new_database_is_closed_until_it_is_prepared()
    {
        Assert.IsType<Effect.Done>(await Create(Role));
        Assert.IsType<Effect.Done>(await Create(Role));
        var closed = await Seen(Name);
        Assert.False(closed.IsOpen);
        Assert.Equal(Role.Value, closed.Owner);
        Assert.Equal(Some(Instance), (await Look()).MakerOf(closed));
        Assert.IsType<Effect.Done>(await Prepare(Limits));
        var open = await Seen(Name);
        Assert.Equal(closed with { IsOpen = true, IsPublic = false, Mark = Instance, Limits = Limits }, open);
    }

    private async Task What_was_prepared_can_be_prepared_again_with_other_limits()
    {
        Assert.IsType<Effect.Done>(await Prepare(DatabaseLimits.None));
        Assert.Equal(DatabaseLimits.None, (await Seen(Name)).Limits);
        Assert.IsType<Effect.Done>(await Prepare(new DatabaseLimits(None, 3)));
        Assert.Equal(new DatabaseLimits(None, 3), (await Seen(Name)).Limits);
    }

    private async Task Extensions_are_added_and_noted_and_preparing_again_forgets_the_note()
    {
        var extensions = Set(Made(ExtensionName.Parse("conformance", "plpgsql")));
        var action = new Action.AddExtensions(Name, Role, Instance, "o'neil\\/main", extensions);
        Assert.IsType<Effect.Done>(await postgres.AddExtensions(action, CancellationToken.None));
        Assert.IsType<Effect.Done>(await postgres.AddExtensions(action, CancellationToken.None));
        var seen = await Seen(Name);
        Assert.Equal((extensions, Some(Instance)), (seen.Extensions, seen.Mark));
        Assert.IsType<Effect.Done>(await Prepare(DatabaseLimits.None));
        Assert.Equal(Set<ExtensionName>(), (await Seen(Name)).Extensions);
        Assert.IsType<Effect.Failed>(
            await postgres.AddExtensions(action with { Owner = ForeignRole }, CancellationToken.None)
        );
    }

    private async Task What_is_the_owners_already_stays_so_when_it_is_adopted()
    {
        var template = Made(TemplateName.Parse("conformance", "sample"));
        var action = new Action.AdoptObjects(Name, Role, template);
        Assert.IsType<Effect.Done>(await postgres.AdoptObjects(action, CancellationToken.None));
        Assert.IsType<Effect.Failed>(
            await postgres.AdoptObjects(action with { Owner = ForeignRole }, CancellationToken.None)
        );
    }

    private async Task What_others_made_is_seen_without_a_mark_and_is_not_touched()
    {
        await makeForeign(ForeignName, ForeignRole);
        var foreign = await Seen(ForeignName);
        Assert.True((await Look()).MakerOf(foreign).IsNone);
        Assert.IsType<Effect.Failed>(
            await postgres.CreateDatabase(new Action.CreateDatabase(ForeignName, Role), CancellationToken.None)
        );
        Assert.IsType<Effect.Failed>(
            await postgres.PrepareDatabase(
                new Action.PrepareDatabase(ForeignName, Role, Instance, "conformance", Limits),
                CancellationToken.None
            )
        );
        Assert.IsType<Effect.Failed>(await Drop(new Action.DropDatabase(ForeignName, Role.Value, foreign.Number)));
        Assert.IsType<Effect.Failed>(await CreateRole(ForeignRole, Instance));
        Assert.IsType<Effect.Failed>(await DropRole(ForeignRole, Instance));
        Assert.Equal(foreign, await Seen(ForeignName));
    }

    private async Task A_database_is_dropped_only_as_it_was_seen_and_its_role_after_it()
    {
        var seen = await Seen(Name);
        Assert.IsType<Effect.Failed>(await Drop(new Action.DropDatabase(Name, Role.Value, seen.Number + 1)));
        Assert.IsType<Effect.Failed>(await Drop(new Action.DropDatabase(Name, "somebody", seen.Number)));
        Assert.IsType<Effect.Failed>(await DropRole(Role, Instance));
        Assert.Equal(seen, await Seen(Name));
        Assert.IsType<Effect.Done>(await Drop(DatabasePlanner.Drop(seen)));
        Assert.IsType<Effect.Done>(await DropRole(Role, Instance));
        Assert.False((await Look()).Databases.ContainsKey(Name));
        Assert.False((await Look()).Roles.ContainsKey(Role));
    }

    private Task<Effect> CreateRole(RoleName role, InstanceId instance) =>
        postgres.CreateRole(new Action.CreateRole(role, instance, "o'neil\\/main"), CancellationToken.None);

    private Task<Effect> Create(RoleName owner) =>
        postgres.CreateDatabase(new Action.CreateDatabase(Name, owner), CancellationToken.None);

    private Task<Effect> Prepare(DatabaseLimits limits) =>
        postgres.PrepareDatabase(
            new Action.PrepareDatabase(Name, Role, Instance, "o'neil\\/main", limits),
            CancellationToken.None
        );

    private Task<Effect> Drop(Action.DropDatabase action) => postgres.DropDatabase(action, CancellationToken.None);

    private Task<Effect> DropRole(RoleName role, InstanceId instance) =>
        postgres.DropRole(new Action.DropRole(role, instance), CancellationToken.None);

    private async Task<ObservedDatabase> Seen(DatabaseName name) => (await Look()).Databases[name];

    private async Task<ObservedDatabases> Look() =>
        (await postgres.Databases(CancellationToken.None)).Match(
            seen => seen,
            reason => throw new InvalidOperationException(reason)
        );

    private static T Made<T>(Validation<Problem, T> name) =>
        name.IfFail(problems => throw new InvalidOperationException(problems.ToString()));
}
