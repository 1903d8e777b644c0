using Kennel.Core.Domain;
using Kennel.Core.Forge;
using Kennel.Core.Planning;
using Kennel.Tests.Views;

namespace Kennel.Tests.Planning;

public sealed class NewcomersTests
{
    [Fact]
    public void Each_repository_has_a_part_of_its_own_whatever_is_wrong_with_another()
    {
        var settings = Scene.Settings with { Forge = new ForgeSettings(Set("club"), "https://git.example.org") };
        var sight = new Sight(Scene.Desired() with { Settings = settings }, Scene.Observed());

        var parts = Newcomers.Plan(
            sight,
            Seq(Delivery(1, 50, "club"), Delivery(2, 51, "mallory"), Delivery(3, 50, "club"))
        );

        Assert.Equal(2, parts.Count);
        Assert.IsType<Core.Planning.Action.RegisterProject>(Assert.Single(parts[0].Steps).Action);
        Assert.IsType<Core.Planning.Action.RecordDeliveries>(Assert.Single(parts[1].Steps).Action);
    }

    private static Delivery Delivery(long id, long repository, string owner) =>
        new(
            new DeliveryId(id),
            None,
            new ForgeMessage(
                new ForgeRepository(repository, owner, "site", $"https://git.example.org/{owner}/site.git", None),
                new News.OfBranch(Scene.Project.DefaultBranch, Scene.Commit(1), IsDeletion: false)
            ),
            Scene.Now
        );
}
