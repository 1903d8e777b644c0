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
                DomainScenarios.Push("api@shop.example.net:1"),
                new Step.Settle(),
                DomainScenarios.Push("web/@shop.example.net:2", "other"),
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

    private static string Describe(Simulation simulation) =>
        string.Join(
            "; ",
            simulation
                .Look()
                .Look.Plan.Notes.Map(note => $"{note.Subject}: {Core.Planning.NotePrinting.Describe(note).What}")
        );
}
