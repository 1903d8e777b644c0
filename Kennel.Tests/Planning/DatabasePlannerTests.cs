using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Planning;

public sealed class DatabasePlannerTests
{
    private static readonly DatabaseName Name = Scene.Sure(DatabaseName.Parse("test", "kennel_hello_main"));
    private static readonly RoleName Role = Scene.Sure(RoleName.Parse("test", "knl-00000000000000aa"));
    private static readonly InstanceId Other = Scene.Sure(InstanceId.Parse("test", "ba9876543210"));
    private static readonly ExtensionName Trigrams = Scene.Sure(ExtensionName.Parse("test", "pg_trgm"));
    private static readonly ExtensionName Stores = Scene.Sure(ExtensionName.Parse("test", "hstore"));
    private static readonly ObservedRole Ours = new(Role, Scene.Instance);

    private static readonly ObservedDatabase Complete = new(
        Name,
        Number: 16385,
        Role.Value,
        Scene.Instance,
        IsOpen: true,
        IsPublic: false,
        DatabaseLimits.None
    );

    [Fact]
    public void A_role_comes_before_its_database_and_the_database_is_prepared_last() =>
        Assert.Equal(
            Seq(nameof(Action.CreateRole), nameof(Action.CreateDatabase), nameof(Action.PrepareDatabase)),
            Names(Missing(Seen(None, None)))
        );

    [Fact]
    public void Only_what_is_missing_is_made()
    {
        Assert.Equal(
            Seq(nameof(Action.CreateDatabase), nameof(Action.PrepareDatabase)),
            Names(Missing(Seen(None, Ours)))
        );
        Assert.Equal(
            Seq1(nameof(Action.PrepareDatabase)),
            Names(Missing(Seen(Complete with { IsOpen = false, Mark = None }, Ours)))
        );
        Assert.Equal(Part.Nothing, Missing(Seen(Complete, Ours)));
    }

    [Fact]
    public void What_was_changed_meanwhile_is_changed_back()
    {
        Assert.NotEmpty(Missing(Seen(Complete with { IsPublic = true }, Ours)).Steps);
        var limited = Seen(Complete with { Limits = new DatabaseLimits(3, None) }, Ours);
        var preview = Branch() with { Environment = DeployEnvironment.Preview };
        Assert.NotEmpty(
            DatabasePlanner.Complete(Sight(), preview, Name, limited, mayCreate: true, Set<ExtensionName>()).Steps
        );
    }

    [Fact]
    public void An_application_in_production_may_limit_itself() =>
        Assert.Equal(Part.Nothing, Missing(Seen(Complete with { Limits = new DatabaseLimits(3, 30) }, Ours)));

    [Fact]
    public void A_database_or_role_of_another_is_in_the_way_and_nothing_is_made()
    {
        var seen = Seq(
            Seen(Complete with { Owner = "somebody", Mark = None }, Ours),
            Seen(Complete with { Owner = "somebody" }, Ours),
            Seen(Complete with { Mark = Other }, new ObservedRole(Role, Other)),
            Seen(Complete with { Mark = None }, new ObservedRole(Role, None)),
            Seen(None, new ObservedRole(Role, None)),
            Seen(None, new ObservedRole(Role, Other))
        );

        Assert.All(
            seen,
            it =>
            {
                Assert.Empty(Missing(it).Steps);
                Assert.IsType<BlockedBy.ForeignResource>(
                    Assert.IsType<Note.Blocked>(Assert.Single(Missing(it).Notes)).By
                );
            }
        );
    }

    [Fact]
    public void What_was_complete_once_is_not_made_anew()
    {
        var part = DatabasePlanner.Complete(
            Sight(),
            Branch(),
            Name,
            Seen(None, Ours),
            mayCreate: false,
            Set<ExtensionName>()
        );

        Assert.Empty(part.Steps);
        Assert.IsType<BlockedBy.ResourceLost>(Assert.IsType<Note.Blocked>(Assert.Single(part.Notes)).By);
    }

    [Fact]
    public void The_comment_of_a_database_says_less_than_its_owner()
    {
        Assert.Equal(Some(Scene.Instance), MakerOf(Complete with { Mark = Other }, Ours));
        Assert.Equal(Some(Scene.Instance), MakerOf(Complete with { Mark = None }, Ours));
        Assert.Equal(Some(Other), MakerOf(Complete, new ObservedRole(Role, Other)));
        Assert.Equal(None, MakerOf(Complete with { Mark = None }, new ObservedRole(Role, None)));
    }

    [Fact]
    public void Extensions_come_after_the_database_and_those_that_are_there_stay()
    {
        Assert.Equal(nameof(Action.AddExtensions), Names(With(Seen(None, None), Trigrams)).Last());
        Assert.Equal(
            Set(Trigrams, Stores),
            Assert
                .IsType<Action.AddExtensions>(
                    Assert.Single(With(Seen(Complete with { Extensions = Set(Stores) }, Ours), Trigrams).Steps).Action
                )
                .Extensions
        );
        Assert.Equal(Part.Nothing, With(Seen(Complete with { Extensions = Set(Trigrams, Stores) }, Ours), Trigrams));
        Assert.Equal(
            Seq(nameof(Action.PrepareDatabase), nameof(Action.AddExtensions)),
            Names(With(Seen(Complete with { Extensions = Set(Trigrams), IsPublic = true }, Ours), Trigrams))
        );
    }

    [Fact]
    public void At_the_end_the_very_database_that_was_seen_goes_and_its_role_after_it() =>
        Assert.Equal(
            Seq<Action>(new Action.DropDatabase(Name, Role.Value, 16385), new Action.DropRole(Role, Scene.Instance)),
            Gone(Seen(Complete, Ours)).Steps.Map(step => step.Action)
        );

    [Fact]
    public void At_the_end_nothing_of_others_goes()
    {
        Assert.Equal(Part.Nothing, Gone(Seen(None, None)));
        Assert.Equal(Part.Nothing, Gone(Seen(Complete with { Owner = "somebody" }, None)));
        Assert.Equal(Part.Nothing, Gone(Seen(Complete with { Mark = Other }, new ObservedRole(Role, Other))));
        Assert.Equal(Part.Nothing, Gone(Seen(None, new ObservedRole(Role, None))));
    }

    private static Option<InstanceId> MakerOf(ObservedDatabase database, ObservedRole role) =>
        Seen(database, role).MakerOf(database);

    private static Part With(ObservedDatabases seen, ExtensionName extension) =>
        DatabasePlanner.Complete(Sight(), Branch(), Name, seen, mayCreate: true, Set(extension));

    private static Part Missing(ObservedDatabases seen) =>
        DatabasePlanner.Complete(Sight(), Branch(), Name, seen, mayCreate: true, Set<ExtensionName>());

    private static Part Gone(ObservedDatabases seen) => DatabasePlanner.Remove(Sight(), Branch(), Name, seen);

    private static DesiredBranch Branch() => Scene.Live() with { Role = Role };

    private static Sight Sight() => new(Scene.Desired(), Scene.Observed());

    private static ObservedDatabases Seen(Option<ObservedDatabase> database, Option<ObservedRole> role) =>
        new(toMap(database.ToSeq().Map(it => (it.Name, it))), toMap(role.ToSeq().Map(it => (it.Name, it))));

    private static Seq<string> Names(Part part) => part.Steps.Map(step => step.Action.GetType().Name).Strict();
}
