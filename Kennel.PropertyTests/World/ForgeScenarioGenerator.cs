using FsCheck;
using FsCheck.Fluent;

namespace Kennel.PropertyTests.World;

/// <summary>Random scenarios of people on the forge, of deliveries and of builds.</summary>
public static class ForgeScenarioGenerator
{
    private static readonly string[] Branches = ["main", "feature", "dev"];
    private static readonly string[] Passing = ["feature", "dev"];
    private static readonly string[] Components = ["api:1", "api:2", "api:3", "web/:1", "web/:2", "api:1 web/:1"];
    private static readonly string[] Messages = ["", "", "", "", "", "", "", "docs [skip ci]"];
    private static readonly int[] Seconds = [1, 2, 5, 20];

    private static readonly Behaviour[] Behaviours =
    [
        Behaviour.Good,
        Behaviour.Good,
        Behaviour.Good,
        Behaviour.Good,
        Behaviour.NeverReady,
    ];

    private static readonly BuildBehaviour[] Builds =
    [
        BuildBehaviour.Good,
        BuildBehaviour.Good,
        BuildBehaviour.Good,
        BuildBehaviour.Good,
        BuildBehaviour.Fails,
        BuildBehaviour.VanishesOnce,
        BuildBehaviour.Hangs,
        BuildBehaviour.IgnoresStop,
    ];

    /// <summary>Short lists of steps.</summary>
    public static Gen<Seq<Step>> Scenarios =>
        Gen.ListOf(Gen.Frequency((12, Step.Select(step => Seq1(step))), (1, Loss)))
            .Select(parts => parts.ToSeq().Bind(part => part).Strict());

    /// <summary>One commit after another, each pushed to some branches, with pull requests from them.</summary>
    public static Gen<Seq<Step>> SharedCommits =>
        Gen.ListOf(Shared).Select(rounds => rounds.ToSeq().Bind(round => round));

    private static Gen<Seq<Step>> Shared =>
        from commit in Commit(Gen.Constant(BuildBehaviour.Good), Gen.Constant(Behaviour.Good))
        from branches in Gen.SubListOf(Branches)
        from order in Gen.Shuffle(branches.ToArray())
        from passes in Gen.ArrayOf(Gen.Choose(0, 6), Branches.Length)
        from time in Gen.Elements(0, 50, 400)
        select Joined(
            Seq1<Step>(new Step.SlowGit(time, AnswersLate: false)),
            order
                .Select((branch, place) => (Branch: branch, Passes: passes[place]))
                .ToSeq()
                .Bind(one => Seq(Change(new ForgeChange.Push(one.Branch, commit)), new Step.Passes(one.Passes))),
            Seq(Change(new ForgeChange.Open(1, "feature")), new Step.Settle())
        );

    private static Gen<Step> Step =>
        Gen.Frequency(
            (8, Push),
            (2, Gen.Elements(Branches).SelectMany(Return)),
            (2, Follow),
            (2, Gen.Elements(Passing).Select(branch => Change(new ForgeChange.Delete(branch)))),
            (4, Gen.Choose(1, 2).Select(number => Change(new ForgeChange.Open(number, Passing[number - 1])))),
            (2, Gen.Choose(1, 2).Select(number => Change(new ForgeChange.Close(number)))),
            (2, Gen.Choose(1, 2).Select(number => Change(new ForgeChange.Reopen(number)))),
            (1, Gen.Choose(1, 2).Select(number => Change(new ForgeChange.Merge(number)))),
            (6, Deliveries),
            (3, Gen.Choose(1, 20).Select(count => (Step)new Step.Passes(count))),
            (6, Gen.Choose(1, 3000).Select(milliseconds => (Step)new Step.Wait(milliseconds))),
            (3, Gen.Constant((Step)new Step.Settle())),
            (4, Weather)
        );

    // Steps that are drawn one by one seldom lose anything: deliveries must be held back, and then there must be some.
    private static Gen<Seq<Step>> Loss =>
        from moves in Gen.ArrayOf(Gen.OneOf(Push, Follow, Gen.Elements(Branches).SelectMany(Return)), 2)
        from lost in Gen.ArrayOf(Gen.Choose(0, 9).Select(index => (Step)new Step.Lose(index)), 2)
        from end in Gen.Elements<Step[]>([], [new Step.DeliverAll()], [new Step.LookAround()])
        select Joined(Seq1<Step>(new Step.HoldDeliveries()), moves.ToSeq(), lost.ToSeq(), end.ToSeq());

    private static Gen<Step> Deliveries =>
        Gen.Frequency(
            (3, Gen.Constant((Step)new Step.HoldDeliveries())),
            (6, Gen.Choose(0, 9).Select(index => (Step)new Step.Deliver(index))),
            (3, Gen.Choose(0, 9).Select(index => (Step)new Step.Lose(index))),
            (1, Gen.Constant((Step)new Step.LookAround())),
            (1, Gen.Constant((Step)new Step.DeliverAll())),
            (2, Gen.Choose(0, 9).Select(index => (Step)new Step.Repeat(index, UnderNewNumber: false))),
            (3, Gen.Choose(0, 9).Select(index => (Step)new Step.Repeat(index, UnderNewNumber: true)))
        );

    private static Gen<Step> Weather =>
        Gen.Frequency(
            (3, Slow),
            (1, Gen.Constant((Step)new Step.GoBlind("git"))),
            (1, Gen.Constant((Step)new Step.GoBlind("systemd"))),
            (2, Gen.Constant((Step)new Step.SeeAgain())),
            (1, Gen.Constant((Step)new Step.Reboot())),
            (1, Gen.Constant((Step)new Step.CollectGarbage())),
            (1, Gen.Elements(2, 50).Select(gibibytes => (Step)new Step.Room(gibibytes))),
            (1, Gen.Choose(1, 900).Select(seconds => (Step)new Step.Wait(seconds * 1000))),
            (1, Gen.Elements(Branches).Select(branch => (Step)new Step.Cancel(branch)))
        );

    private static Gen<Step> Slow =>
        from time in Gen.Elements(0, 20, 100, 3000)
        from isLate in Gen.Elements(true, false)
        select (Step)new Step.SlowGit(time, isLate);

    private static Gen<Step> Push =>
        from branch in Gen.Elements(Branches)
        from commit in Commit(Gen.Elements(Builds), Gen.Elements(Behaviours))
        select Change(new ForgeChange.Push(branch, commit));

    private static Gen<Step> Return(string branch) =>
        Gen.Choose(0, 5).Select(index => Change(new ForgeChange.Return(branch, index)));

    private static Gen<Step> Follow =>
        from branch in Gen.Elements(Branches)
        from other in Gen.Elements(Branches)
        select Change(new ForgeChange.Follow(branch, other));

    private static Gen<SimulatedCommit> Commit(Gen<BuildBehaviour> builds, Gen<Behaviour> behaviours) =>
        from components in Gen.Elements(Components)
        from behaviour in behaviours
        from build in builds
        from message in Gen.Elements(Messages)
        from seconds in Gen.Elements(Seconds)
        select Steps.Commit(components, behaviour, build) with
        {
            Message = message,
            BuildSeconds = seconds,
        };

    private static Step Change(ForgeChange change) => new Step.OnForge(change);
}
