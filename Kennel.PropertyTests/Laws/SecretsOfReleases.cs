using System.Text;
using Kennel.Core.Planning;
using Kennel.Core.Units;
using Kennel.PropertyTests.World;

namespace Kennel.PropertyTests.Laws;

/// <summary>What releases are given stays what it was until somebody asks, and shows nowhere (P12).</summary>
public sealed class SecretsOfReleases
{
    private const string Canary = SimulatedVault.Canary;

    [Fact]
    public void A_release_is_given_what_the_store_has_when_it_is_recorded() =>
        Assert.Equal($"{Canary}-1", Given(Ran(Deploy("api$:1"))));

    [Fact]
    public void A_step_is_given_the_same()
    {
        using var simulation = Ran(Deploy("api$+:1"));

        var given = simulation.Host.Vault.Given.Filter((unit, _) => unit.Build.IsNone);
        Assert.All(given.Values, value => Assert.Equal($"{Canary}-1", value));
        Assert.Equal(2, given.Count);
    }

    [Fact]
    public void A_restart_of_the_machine_changes_nothing_unasked()
    {
        using var simulation = Ran(Deploy("api$:1"));
        var before = simulation.Image();
        simulation.Do(new Step.PutSecret("2"));
        simulation.Do(new Step.Reboot());
        simulation.Settle();

        Assert.Equal($"{Canary}-1", Given(simulation));
        Assert.Equal(before, simulation.Image());
    }

    [Fact]
    public void A_restart_that_is_asked_for_keeps_them_and_a_redeploy_picks_up_what_is_new()
    {
        using var simulation = Ran(Deploy("api$:1"));
        simulation.Do(new Step.PutSecret("2"));
        simulation.Do(new Step.Ask(Request.Restart));
        simulation.Settle();
        Assert.Equal($"{Canary}-1", Given(simulation));

        simulation.Do(new Step.Ask(Request.Redeploy));
        simulation.Settle();
        Assert.Equal($"{Canary}-2", Given(simulation));
        Assert.Single(simulation.Host.Vault.Files);
    }

    [Fact]
    public void The_same_paths_with_a_secret_that_has_changed_are_another_generation()
    {
        using var simulation = Ran(Deploy("api$:1"));
        var before = Unit(simulation);
        simulation.Do(Deploy("api$:1"));
        simulation.Settle();
        Assert.Equal(before, Unit(simulation));

        simulation.Do(new Step.PutSecret("2"));
        simulation.Do(Deploy("api$:1"));
        simulation.Settle();
        Assert.NotEqual(before, Unit(simulation));
    }

    [Fact]
    public void A_store_that_is_down_holds_up_new_releases_and_nothing_that_runs()
    {
        using var simulation = Ran(Deploy("api$:1"));
        var before = simulation.Image();
        simulation.Do(new Step.GoBlind("OpenBao"));
        simulation.Do(Deploy("api$:2"));
        simulation.Do(new Step.Wait(120_000));
        while (simulation.OnePass().Exists(done => !done.ChangedSomething))
            simulation.Do(new Step.Wait(1000));

        Assert.Equal(before.Units, simulation.Image().Units);
        Assert.Contains(
            simulation.Look().Look.Plan.Notes,
            note => note is Note.Waiting { On: WaitingOn.Retry { Error: "OpenBao could not be asked: sealed" } }
        );

        simulation.Do(new Step.SeeAgain());
        simulation.Settle();
        Assert.Contains("Accepted", simulation.Image().Branches["shop/main"], StringComparison.Ordinal);
        Assert.Empty(simulation.Violations);
    }

    [Fact]
    public void After_a_restart_of_the_machine_what_needs_no_secrets_starts_and_the_rest_as_soon_as_the_store_answers()
    {
        using var simulation = new Simulation(Seq<Fault>());
        simulation.Do(Deploy("api$:1"));
        simulation.Do(Scenarios.Deploy("dev", "api:1"));
        simulation.Settle();
        var before = simulation.Image();
        simulation.Do(new Step.GoBlind("OpenBao"));
        simulation.Do(new Step.Reboot());
        simulation.Do(new Step.Wait(60_000));
        Assert.Single(simulation.Image().Units);

        simulation.Do(new Step.SeeAgain());
        simulation.Settle();
        Assert.Equal(before, simulation.Image());
    }

    [Fact]
    public void A_secret_that_is_missing_ends_the_build_and_leaves_what_serves()
    {
        using var simulation = Ran(Deploy("api$:1"));
        simulation.Do(new Step.PutSecret(Option<string>.None));
        simulation.Do(Deploy("api$:2"));
        simulation.Settle();

        Assert.Equal("failed", simulation.Store.Builds().Last().State);
        Assert.Equal($"{Canary}-1", Given(simulation));
        Assert.Empty(simulation.Violations);
    }

    [Fact]
    public void What_one_branch_lacks_does_not_fail_another_branch_of_the_same_commit()
    {
        using var simulation = new Simulation(Seq<Fault>());
        simulation.Host.Vault.Lacking = Set("prod");
        var commit = Steps.Commit("api$:1");
        simulation.Do(new Step.OnForge(new ForgeChange.Push("main", commit)));
        simulation.Do(new Step.OnForge(new ForgeChange.Push("dev", commit)));
        simulation.Settle();

        Assert.Contains("Accepted", simulation.Image().Branches["shop/dev"], StringComparison.Ordinal);
        Assert.Contains(simulation.Store.Builds(), build => build.State == "failed");
    }

    [Fact]
    public void A_redeploy_without_them_is_refused_and_changes_nothing()
    {
        using var simulation = Ran(Deploy("api$:1"));
        simulation.Do(new Step.PutSecret(Option<string>.None));
        simulation.Do(new Step.Ask(Request.Redeploy));

        Assert.Equal(Some("secrets-missing"), simulation.Store.People.Refused);
        Assert.True(simulation.Look().Look.Plan.IsEmpty);
    }

    [Fact]
    public void A_roll_back_gives_todays_secrets_to_what_was_good_before_and_repeats_no_step()
    {
        using var simulation = Ran(Deploy("api$+:1"), new Step.Settle(), Deploy("api$+:2"), new Step.Settle());
        var before = simulation.Host.Vault.Given.Keys.ToSeq().Strict();
        simulation.Do(new Step.PutSecret("2"));
        simulation.Do(new Step.Ask(Request.RollBack));
        simulation.Settle();

        Assert.Equal($"{Canary}-2", Given(simulation));
        Assert.Single(simulation.Host.Vault.Given.Keys.Filter(unit => !before.Contains(unit)));
        Assert.Empty(simulation.Violations);
    }

    [Fact]
    public void A_roll_back_to_what_had_todays_secrets_brings_it_back_as_it_was()
    {
        using var simulation = Ran(Deploy("api$:1"));
        var before = Unit(simulation);
        simulation.Do(Deploy("api$:2"));
        simulation.Settle();
        simulation.Do(new Step.Ask(Request.RollBack));
        simulation.Settle();

        Assert.Equal(before, Unit(simulation));
    }

    [Fact]
    public void A_roll_back_without_secrets_is_refused_and_changes_nothing()
    {
        using var simulation = Ran(Deploy("api$:1"), new Step.Settle(), Deploy("api$:2"));
        simulation.Do(new Step.PutSecret(Option<string>.None));
        simulation.Do(new Step.Ask(Request.RollBack));

        Assert.Equal(Some("secrets-missing"), simulation.Store.People.Refused);
        Assert.True(simulation.Look().Look.Plan.IsEmpty);
    }

    [Fact]
    public void What_is_pushed_after_a_roll_back_to_todays_secrets_waits_until_the_branch_is_unpinned()
    {
        using var simulation = Ran(Deploy("api$:1"), new Step.Settle(), Deploy("api$:2"), new Step.Settle());
        simulation.Do(new Step.PutSecret("2"));
        simulation.Do(new Step.Ask(Request.RollBack));
        simulation.Settle();
        var rolledBack = Unit(simulation);
        simulation.Do(Deploy("api$:3"));
        simulation.Settle();
        Assert.Equal(rolledBack, Unit(simulation));

        simulation.Do(new Step.Ask(Request.Unpin));
        simulation.Settle();
        Assert.NotEqual(rolledBack, Unit(simulation));
        Assert.Empty(simulation.Violations);
    }

    [Fact]
    public void With_a_watch_a_change_of_version_is_picked_up_once_and_the_same_version_never()
    {
        using var simulation = Ran(Deploy("api$:1"));
        var before = Unit(simulation);
        simulation.Do(new Step.LookAtSecrets());
        simulation.Settle();
        Assert.Equal(before, Unit(simulation));

        simulation.Do(new Step.PutSecret("2"));
        simulation.Do(new Step.LookAtSecrets());
        simulation.Settle();
        Assert.Equal($"{Canary}-2", Given(simulation));
        var after = Unit(simulation);
        simulation.Do(new Step.LookAtSecrets());
        simulation.Settle();
        Assert.Equal(after, Unit(simulation));
        Assert.Empty(simulation.Violations);
    }

    [Fact]
    public void A_watch_leaves_alone_what_the_store_lacks_is_silent_about_or_a_person_froze()
    {
        using var simulation = Ran(Deploy("api$:1"));
        var before = Unit(simulation);
        simulation.Do(new Step.PutSecret(Option<string>.None));
        simulation.Do(new Step.LookAtSecrets());
        simulation.Do(new Step.PutSecret("2"));
        simulation.Do(new Step.GoBlind("OpenBao"));
        simulation.Do(new Step.LookAtSecrets());
        simulation.Do(new Step.SeeAgain());
        simulation.Do(new Step.Ask(Request.Lock));
        simulation.Do(new Step.LookAtSecrets());
        simulation.Settle();
        Assert.Equal(before, Unit(simulation));

        simulation.Do(new Step.Ask(Request.Unlock));
        simulation.Do(new Step.LookAtSecrets());
        simulation.Settle();
        Assert.Equal($"{Canary}-2", Given(simulation));
    }

    [Fact]
    public void A_watch_wakes_nothing_that_sleeps()
    {
        using var simulation = Ran(Scenarios.Deploy("dev", "api$:1"));
        simulation.Do(new Step.Hibernate("dev"));
        simulation.Settle();
        simulation.Do(new Step.PutSecret("2"));
        simulation.Do(new Step.LookAtSecrets());
        simulation.Settle();
        Assert.Empty(simulation.Host.Units);
    }

    [Fact]
    public void What_sleeps_has_none_in_memory_and_what_wakes_has_them_again()
    {
        using var simulation = Ran(Scenarios.Deploy("dev", "api$:1"));
        simulation.Do(new Step.Hibernate("dev"));
        simulation.Settle();
        Assert.Empty(simulation.Host.Vault.Files);

        simulation.Do(new Step.Wake("dev"));
        simulation.Settle();
        Assert.Equal($"{Canary}-1", Given(simulation));
    }

    [Fact]
    public void Secrets_that_vanish_from_memory_are_put_back_while_their_unit_runs()
    {
        using var simulation = Ran(Deploy("api$:1"));
        var unit = Unit(simulation);
        simulation.Host.Vault.ForgetMemory();
        simulation.Settle();

        Assert.Equal($"{Canary}-1", Assert.Single(simulation.Host.Vault.Files.Values));
        Assert.Equal(unit, Unit(simulation));
    }

    [Fact]
    public void Nothing_of_them_is_left_when_their_branch_is_gone()
    {
        using var simulation = Ran(Deploy("api$+:1"));
        simulation.Do(new Step.Remove("main"));
        simulation.Settle();

        Assert.Equal(WorldImage.Nothing, simulation.Image());
        Assert.Empty(simulation.Host.Vault.Files);
    }

    [Fact]
    public void No_value_is_in_the_database_in_a_plan_in_a_unit_or_in_a_route()
    {
        using var simulation = new Simulation(Seq<Fault>());
        foreach (var step in SecretScenarios.All.Bind(scenario => scenario.Steps()))
        {
            simulation.Do(step);
            var look = simulation.Look().Look;
            var said = string.Join(
                '\n',
                $"{look}",
                string.Join('\n', look.Plan.Actions.Map(step => $"{step} {step.Action.Describe()}")),
                string.Join('\n', look.Plan.Notes.Map(note => $"{note} {note.Describe()}")),
                string.Join('\n', simulation.Host.Units.Values.SelectMany(unit => unit.Properties).Select(Shown)),
                string.Join('\n', simulation.Host.Table.Entries.Pairs),
                Encoding.UTF8.GetString(simulation.Store.Content())
            );
            Assert.DoesNotContain(Canary, said, StringComparison.Ordinal);
            Assert.True(said.Length > 1000);
        }
    }

    private static string Shown(UnitProperty property) =>
        property.Value switch
        {
            UnitValue.Texts it => string.Join('\n', it.Values),
            UnitValue.Files it => string.Join('\n', it.Values),
            UnitValue.Pairs it => string.Join('\n', it.Values),
            var other => $"{other}",
        };

    private static string Unit(Simulation simulation) => Assert.Single(simulation.Host.Units.Keys).Value;

    private static string Given(Simulation simulation) =>
        simulation.Host.Vault.Given[Assert.Single(simulation.Host.Units.Keys)];

    private static Simulation Ran(params Step[] steps)
    {
        var simulation = new Simulation(Seq<Fault>());
        steps.ToSeq().Iter(simulation.Do);
        simulation.Settle();
        return simulation;
    }

    private static Step Deploy(string components) => Scenarios.Deploy("main", components);
}
