using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Views;

namespace Kennel.Tests.Views;

public sealed class InventoryViewTests
{
    private static readonly UnitName Foreign = Scene.Sure(UnitName.Parse("", "kennel-dog-food.service"));
    private static readonly UnitName Old = Scene.Sure(UnitName.Parse("", "kennel-old-main-api-0123456789.service"));

    private static readonly UnitName Mine = Scene.Sure(UnitName.Parse("", "kennel-hello-main-api-0123456789.service"));
    private static readonly UnitName Foreigns = Scene.Sure(
        UnitName.Parse("", "kennel-hello-main-api-abcdef0123.service")
    );
    private const string InMemory = "in memory, /run/kennel-secrets";

    [Fact]
    public void Everything_of_a_live_branch_has_that_branch_as_its_owner()
    {
        var view = InventoryView.Of(Scene.Look(Scene.Live()));

        Assert.All(view.Items, item => Assert.Equal(Some("hello/main"), item.Owner));
        Assert.Equal(
            new[] { "lease", "name", "root", "route", "state-directory", "unit" },
            view.Items.Map(item => item.Kind).Distinct()
        );
    }

    [Fact]
    public void A_unit_that_looks_alike_and_carries_no_mark_is_not_listed()
    {
        var look = Seen(Map((Foreign, Scene.Unit(Foreign, None, UnitState.Running))));

        Assert.Empty(InventoryView.Of(look).Items.Filter(item => item.Kind == "unit"));
    }

    [Fact]
    public void What_another_database_made_is_an_orphan_and_says_so()
    {
        var look = Seen(Map((Old, Scene.Unit(Old, Scene.Other, UnitState.Running))));
        var item = Assert.Single(InventoryView.Of(look).Items.Filter(item => item.Kind == "unit"));

        Assert.True(item.Owner.IsNone);
        Assert.Equal("running; made by another Kennel or an earlier database (ffffffffffff)", item.Detail);
    }

    [Fact]
    public void With_a_lost_database_everything_is_an_orphan()
    {
        var look = Scene.Look();
        var lost = look with
        {
            Desired = look.Desired with { Leases = Map<Port, Lease>(), Branches = Seq<DesiredBranch>() },
        };

        var view = InventoryView.Of(lost);

        Assert.Equal(7, view.Items.Count);
        Assert.All(view.Items, item => Assert.True(item.Owner.IsNone));
    }

    [Fact]
    public void What_could_not_be_looked_at_is_named()
    {
        var look = Scene.Look(Scene.Live());
        var blind = look with
        {
            Observed = look.Observed with
            {
                Roots = Observation.Unknown<Map<RootName, StorePath>>("permission denied"),
            },
        };

        Assert.Equal(
            new UnseenView("garbage collector roots", "permission denied"),
            Assert.Single(InventoryView.Of(blind).Unseen)
        );
    }

    [Fact]
    public void Secrets_in_memory_belong_to_the_branch_of_their_unit_and_are_orphans_with_it()
    {
        var look = Seen(
            Map(
                (Mine, Scene.Unit(Mine, Scene.Instance, UnitState.Running)),
                (Foreigns, Scene.Unit(Foreigns, Scene.Other, UnitState.Running))
            )
        );
        var files = Observation.Known(Set(Mine, Foreigns, Old));
        var view = InventoryView.Of(look with { Observed = look.Observed with { SecretFiles = files } });

        Assert.Equal(
            [
                new InventoryItem("secrets", Mine.Value, "hello/main", InMemory),
                new InventoryItem(
                    "secrets",
                    Foreigns.Value,
                    None,
                    $"{InMemory}; made by another Kennel or an earlier database (ffffffffffff)"
                ),
                new InventoryItem("secrets", Old.Value, None, InMemory),
            ],
            view.Items.Filter(item => item.Kind == "secrets").AsEnumerable()
        );
    }

    [Fact]
    public void Secrets_that_cannot_be_looked_at_are_named()
    {
        var look = Scene.Look(Scene.Live());
        var files = Observation.Unknown<Set<UnitName>>("permission denied");

        Assert.Equal(
            new UnseenView("secrets in memory", "permission denied"),
            Assert.Single(InventoryView.Of(look with { Observed = look.Observed with { SecretFiles = files } }).Unseen)
        );
    }

    private static Look Seen(Map<UnitName, ObservedUnit> units)
    {
        var look = Scene.Look(Scene.Live());
        return look with { Observed = look.Observed with { Units = Observation.Known(units) } };
    }
}
