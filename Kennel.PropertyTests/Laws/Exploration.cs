using FsCheck;
using FsCheck.Fluent;
using Kennel.PropertyTests.World;
using Fault = Kennel.PropertyTests.World.Fault;

namespace Kennel.PropertyTests.Laws;

/// <summary>
/// Random scenarios for a law: the same in every run, so that a change is judged by what it changes; with the variable
/// set, new ones.
/// </summary>
/// <param name="ScenariosMax">How many.</param>
/// <param name="StepsMax">How many steps the longest has.</param>
/// <param name="Seed">Where the random numbers begin…</param>
/// <param name="Gamma">…and how they go on.</param>
internal sealed record Exploration(int ScenariosMax, int StepsMax, ulong Seed, ulong Gamma)
{
    private const string ExploreVariable = "KENNEL_EXPLORE";

    /// <summary>Tries the law on all of them, each with a few faults.</summary>
    public static void Holds(Gen<Seq<Step>> scenarios, Exploration exploration, Action<Seq<Step>, Fault[]> law)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(exploration.ScenariosMax).WithEndSize(exploration.StepsMax);
        config =
            int.TryParse(Environment.GetEnvironmentVariable(ExploreVariable), out var count) && count > 1
                ? config.WithMaxTest(count)
                : config;
        if (Environment.GetEnvironmentVariable(ExploreVariable) is null)
            config = config.WithReplay(exploration.Seed, exploration.Gamma);
        var faults = ScenarioGenerator.Faults.ToArbitrary();
        Check.One(
            config,
            Prop.ForAll(
                scenarios.ToArbitrary(),
                ScenarioGenerator.Faults.ToArbitrary(),
                (steps, broken) => Told(law, steps, broken)
            )
        );
    }

    private static void Told(Action<Seq<Step>, Fault[]> law, Seq<Step> steps, Fault[] faults)
    {
        if (Broken(law, steps, faults).IsNone)
            return;
        (steps, faults) = Shortest(law, steps, faults);
        var problem = Broken(law, steps, faults).IfNone(() => new InvalidOperationException("it holds at times"));
        var story = string.Join("; ", steps.Map(step => step.Title));
        var broken = string.Join(", ", faults.Select(fault => $"{fault.Kind} at {fault.At}"));
        throw new InvalidOperationException($"{problem.Message}\nafter: {story}\nfaults: {broken}", problem);
    }

    /// <summary>A failing case is told as short as it can be.</summary>
    private static (Seq<Step>, Fault[]) Shortest(Action<Seq<Step>, Fault[]> law, Seq<Step> steps, Fault[] faults)
    {
        var shorter = Shorter(steps.ToArray())
            .Select(fewer => (Steps: fewer.ToSeq(), Faults: faults))
            .Concat(Shorter(faults).Select(fewer => (Steps: steps, Faults: fewer)))
            .Where(one => Broken(law, one.Steps, one.Faults).IsSome)
            .Take(1)
            .ToList();
        return shorter.Count == 0 ? (steps, faults) : Shortest(law, shorter[0].Steps, shorter[0].Faults);
    }

    private static IEnumerable<T[]> Shorter<T>(T[] all) =>
        all.Select((_, left) => all.Where((_, place) => place != left).ToArray());

    private static Option<Exception> Broken(Action<Seq<Step>, Fault[]> law, Seq<Step> steps, Fault[] faults)
    {
        try
        {
            law(steps, faults);
            return None;
        }
        catch (Exception problem)
        {
            return problem;
        }
    }
}
