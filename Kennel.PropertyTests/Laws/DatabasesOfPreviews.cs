using Kennel.PropertyTests.World;

namespace Kennel.PropertyTests.Laws;

/// <summary>What the database of a preview starts with, in the simulated world.</summary>
public sealed class DatabasesOfPreviews
{
    private const string Preview = "kennel_shop_pr-1";

    [Fact]
    public void A_copy_of_a_template_is_its_owners_and_is_never_filled_by_a_seed()
    {
        using var simulation = Simulation.Run(
            CopyScenarios.Steps("a preview that starts as a template, and its end").Take(4).ToSeq().Strict()
        );
        Assert.Equal(CopyScenarios.Template, Held(simulation));
        Assert.Empty(simulation.Causes());
    }

    [Fact]
    public void A_preview_that_is_made_anew_is_filled_anew_and_no_unit_nor_dump_is_left_of_it()
    {
        using var simulation = Run("a preview that starts as a clone, and is made anew");
        Assert.Equal("all of kennel_shop_dev", Held(simulation));
        Assert.DoesNotContain(simulation.Host.Units.Values, unit => unit.IsCopy);
        Assert.True(simulation.Host.Dumps.IsEmpty);
    }

    [Fact]
    public void What_could_not_be_filled_fails_the_release_and_the_next_one_begins_with_an_empty_database()
    {
        using var failing = Simulation.Run(
            CopyScenarios.Steps("a clone that fails, and then does not").Take(5).ToSeq().Strict()
        );
        Assert.Equal(Seq1("copy-failed"), failing.Causes());
        Assert.Equal("nothing", Held(failing));
        Assert.True(failing.Host.Dumps.IsEmpty);

        using var simulation = Run("a clone that fails, and then does not");
        Assert.Equal("all of kennel_shop_dev", Held(simulation));
    }

    [Fact]
    public void What_an_earlier_release_wanted_to_start_with_is_not_taken_for_what_the_next_one_wants()
    {
        using var simulation = Run("a clone that fails, and then a template");
        Assert.Equal(CopyScenarios.Template, Held(simulation));
    }

    [Fact]
    public void A_clone_of_production_fails_the_release_and_makes_nothing()
    {
        using var simulation = Run("a clone of production");
        Assert.Equal(Seq1("copy-refused"), simulation.Causes());
        Assert.DoesNotContain(simulation.Host.Databases.Databases.Keys, name => name.Value == Preview);
        Assert.True(simulation.Host.Dumps.IsEmpty);
    }

    [Fact]
    public void What_is_removed_while_it_is_filled_leaves_nothing_behind()
    {
        using var simulation = Run("a preview removed while it is filled");
        Assert.DoesNotContain(simulation.Host.Databases.Databases.Keys, name => name.Value == Preview);
        Assert.DoesNotContain(simulation.Host.Units.Values, unit => unit.IsCopy);
        Assert.True(simulation.Host.Dumps.IsEmpty);
    }

    private static Simulation Run(string title) => Simulation.Run(CopyScenarios.Steps(title));

    private static string Held(Simulation simulation) =>
        simulation.Host.Databases.ContentOf(
            simulation.Host.Databases.Databases.Values.Single(database => database.Name.Value == Preview)
        );
}
