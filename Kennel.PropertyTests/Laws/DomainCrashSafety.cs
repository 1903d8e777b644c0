using Kennel.Core.Planning;
using Kennel.PropertyTests.World;

namespace Kennel.PropertyTests.Laws;

/// <summary>P1, P5, P7 and P9 for custom domains: any fault while one comes, moves and goes.</summary>
public sealed class DomainCrashSafety
{
    public static TheoryData<string> Titles => [.. DomainScenarios.All.Map(scenario => scenario.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public void Any_single_fault_at_any_effect_ends_in_the_world_without_faults(string title) =>
        FaultTrial.EachFaultAtEachEffect(Scenarios.Steps(title));

    [Fact]
    public void What_one_project_gives_up_the_other_gets_without_a_new_release()
    {
        var (_, steps) = DomainScenarios
            .All.Find(it => it.Title.Contains("two projects", StringComparison.Ordinal))
            .Head();
        using var simulation = Simulation.Run(steps());

        Assert.Equal("other refs/heads/main", simulation.Image().Domains["shop.example.net"]);
        Assert.Contains("/nix/store", simulation.Image().Routes["shop.example.net"], StringComparison.Ordinal);
    }

    [Fact]
    public void Who_comes_second_is_served_without_it_and_told_who_has_it()
    {
        using var simulation = Simulation.Run(
            Seq(
                DomainScenarios.Push("api=shop.example.net:1"),
                new Step.Settle(),
                DomainScenarios.Push("web/=shop.example.net:2", "other"),
                new Step.Settle()
            )
        );

        Assert.Equal("shop refs/heads/main", simulation.Image().Domains["shop.example.net"]);
        Assert.Contains(
            "other-web-main.",
            simulation.Image().Routes.Keys.Find(it => it.StartsWith("other-web", StringComparison.Ordinal)).IfNone(""),
            StringComparison.Ordinal
        );
        Assert.Contains("belongs to shop/main already", Describe(simulation), StringComparison.Ordinal);
    }

    [Fact]
    public void A_served_domain_has_records_with_our_mark_and_stands_in_the_file()
    {
        using var simulation = Simulation.Run(Seq1(DomainScenarios.Push("api=shop.example.net:1")));

        Assert.Equal(
            Set("shop.example.net A 192.0.2.7 of Kennel", "shop.example.net AAAA 2001:db8::7 of Kennel"),
            simulation.Image().Records
        );
        Assert.Equal("shop.example.net\n", simulation.Image().DomainsFile);
    }

    [Fact]
    public void While_Cloudflare_cannot_be_seen_a_branch_that_goes_waits_and_leaves_nothing_in_the_end()
    {
        using var simulation = new Simulation(Seq<Fault>());
        Seq(
                DomainScenarios.Push("api=shop.example.net:1"),
                new Step.Settle(),
                new Step.GoBlind("Cloudflare"),
                new Step.Remove("main"),
                new Step.Settle()
            )
            .Iter(simulation.Do);

        Assert.Contains("shop/main", simulation.Image().Branches.Keys);
        Assert.Contains("Cloudflare could not be looked at", Describe(simulation), StringComparison.Ordinal);

        simulation.Do(new Step.SeeAgain());
        simulation.Do(new Step.Settle());
        Assert.Equal(WorldImage.Nothing, simulation.Image());
    }

    [Fact]
    public void What_cannot_be_seen_of_data_services_does_not_keep_the_records_of_a_branch_that_goes()
    {
        using var simulation = Going(DatabasePlanner.System);

        Assert.Empty(simulation.Image().Records);
        Assert.Contains(simulation.Image().Databases.Values, it => it.StartsWith("of ", StringComparison.Ordinal));
    }

    [Fact]
    public void What_cannot_be_seen_of_DNS_does_not_keep_the_database_of_a_branch_that_goes()
    {
        using var simulation = Going("Cloudflare");

        Assert.Equal(2, simulation.Image().Records.Count);
        Assert.Empty(simulation.Image().Databases);
    }

    [Fact]
    public void Records_of_people_stay_as_they_are_and_are_named()
    {
        using var simulation = Simulation.Run(
            Seq(
                new Step.AddRecord("shop.example.net", "198.51.100.9"),
                new Step.AddRecord("old.example.net", "198.51.100.9", IsOfAnotherKennel: true),
                DomainScenarios.Push("api=shop.example.net:1")
            )
        );

        Assert.Empty(simulation.Violations);
        Assert.Equal(2, simulation.Image().Records.Count);
        Assert.Contains("which Kennel did not make", Describe(simulation), StringComparison.Ordinal);
        Assert.Contains(
            "record old.example.net A 198.51.100.9 carries Kennel's mark",
            Describe(simulation),
            StringComparison.Ordinal
        );
    }

    private static Simulation Going(string unseen)
    {
        var simulation = new Simulation(Seq<Fault>());
        Seq(
                DomainScenarios.Push("api@=shop.example.net:1"),
                new Step.Settle(),
                new Step.GoBlind(unseen),
                new Step.Remove("main"),
                new Step.Settle()
            )
            .Iter(simulation.Do);
        return simulation;
    }

    private static string Describe(Simulation simulation) =>
        string.Join(
            "; ",
            simulation.Look().Look.Plan.Notes.Map(note => $"{note.Subject}: {NotePrinting.Describe(note).What}")
        );
}
