using System.Diagnostics;
using System.Globalization;
using Kennel.PropertyTests.World;

namespace Kennel.Benchmarks;

/// <summary>What days cost in the simulated world: branches that people use now and then, and that expire.</summary>
internal static class DayBenchmark
{
    private const int BranchesDefault = 50;
    private const int DaysDefault = 31;
    private const int UsedEvery = 5;

    public static int Run(IReadOnlyList<string> numbers)
    {
        var branches = Number(numbers, 0, BranchesDefault);
        var days = Number(numbers, 1, DaysDefault);
        using var simulation = new Simulation(Seq<Fault>());
        for (var branch = 0; branch < branches; branch++)
            simulation.Do(Scenarios.Deploy($"b{branch}", "api:1 web/:1"));
        simulation.Settle();
        simulation.Do(new Step.Expire(TimeSpan.FromDays(7), TimeSpan.FromDays(30)));
        Console.WriteLine($"{branches} branches, of which one in {UsedEvery} is used every day; a row is a day");
        Console.WriteLine("  day   passes  effects    seconds  branches");
        for (var day = 1; day <= days; day++)
            Day(simulation, day, branches);
        return simulation.Violations.IsEmpty ? 0 : 1;
    }

    private static void Day(Simulation simulation, int day, int branches)
    {
        var (passes, effects, since) = (simulation.PassCount, simulation.EffectCount, Stopwatch.StartNew());
        for (var branch = 0; branch < branches; branch += UsedEvery)
            simulation.Do(new Step.Use($"b{branch}"));
        simulation.Do(new Step.Idle(TimeSpan.FromDays(1)));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{day, 5} {simulation.PassCount - passes, 8} {simulation.EffectCount - effects, 8} {since.Elapsed.TotalSeconds, 10:0.00} {simulation.Image().Branches.Count, 9}"
            )
        );
    }

    private static int Number(IReadOnlyList<string> numbers, int place, int otherwise) =>
        place < numbers.Count ? int.Parse(numbers[place], CultureInfo.InvariantCulture) : otherwise;
}
