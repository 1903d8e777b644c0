using Kennel.PropertyTests.World;

namespace Kennel.PropertyTests.Laws;

/// <summary>
/// P11, and what follows it: deliveries that come late, twice, in any order or not at all lead to what the repository
/// holds; each that arrives is accounted for, every build ends, and what is closed stays away.
/// </summary>
public sealed class PushToLive
{
    private const int ScenariosMax = 150;
    private const int StepsMax = 32;
    private const ulong Seed = 11203951734482919091;
    private const ulong Gamma = 7260917420118462211;

    [Fact]
    public void Whatever_becomes_of_deliveries_the_end_is_what_the_repository_holds() =>
        Exploration.Holds(
            ForgeScenarioGenerator.Scenarios,
            new Exploration(ScenariosMax, StepsMax, Seed, Gamma),
            (steps, faults) =>
            {
                using var simulation = Simulation.Run(steps, faults);
                var problems = Joined(
                    simulation.Violations,
                    ForgeEnd.Problems(simulation, !steps.Exists(step => step is Step.Cancel))
                );
                Assert.True(problems.IsEmpty, string.Join("\n", problems));
            }
        );

    [Fact]
    public void A_commit_is_built_once_however_many_branches_have_it() =>
        Exploration.Holds(
            ForgeScenarioGenerator.SharedCommits,
            new Exploration(ScenariosMax / 3, StepsMax / 4, Seed, Gamma),
            (steps, _) =>
            {
                using var simulation = Simulation.Run(steps);
                Assert.Empty(simulation.Violations);
                Assert.Empty(ForgeEnd.Problems(simulation, isEverythingBuilt: true));
                Assert.Empty(
                    simulation
                        .Host.BuildStarts.GroupBy(start => start.Commit)
                        .Where(group => group.Count() > 1)
                        .Select(group => $"{group.Key.Short} was built {group.Count()} times")
                );
            }
        );
}
