using FsCheck;
using FsCheck.Fluent;
using Kennel.Core.Planning;

namespace Kennel.PropertyTests.World;

/// <summary>Random scenarios and faults.</summary>
public static class ScenarioGenerator
{
    private static readonly string[] Branches = ["main", "dev"];

    /// <summary>The systems that may be unseen for a while.</summary>
    public static readonly Seq<string> Systems = Seq(
        "systemd",
        "Caddy",
        "connections",
        "network",
        "roots",
        "directories",
        DatabasePlanner.System,
        CachePlanner.System,
        BucketPlanner.System,
        "Cloudflare"
    );
    private static readonly string[] Components =
    [
        "api:1",
        "api:2",
        "web/:1",
        "api:1 web/:1",
        "api:3 web/:2",
        "api:2 job:1",
        "api+:2 job:2",
        "db!:1",
        "api+:1 db!+:2",
        "api@:1",
        "api@+:2 web/:1",
        "api%:1",
        "api%@:2 job:1",
        "api#:1",
        "api#%:2 web/:1",
        "api$:1",
        "api$@%#:2 job:1",
        "api$+:2 web/:1",
        "api=shop.example.net:4 web/:1",
        "api:4 web/=shop.example.net:1",
    ];

    private static readonly Option<string>[] Secrets = [Some("1"), Some("2"), Some("3"), None];

    private static readonly Behaviour[] Behaviours =
    [
        Behaviour.Good,
        Behaviour.Good,
        Behaviour.Good,
        Behaviour.CrashLoop,
        Behaviour.NeverReady,
        Behaviour.WrongPort,
        Behaviour.ReadyThenCrash,
    ];

    private static readonly BuildBehaviour[] Builds =
    [
        BuildBehaviour.Good,
        BuildBehaviour.Good,
        BuildBehaviour.Good,
        BuildBehaviour.Fails,
        BuildBehaviour.VanishesAlways,
        BuildBehaviour.Killed,
    ];

    /// <summary>Short lists of steps.</summary>
    public static Gen<Seq<Step>> Scenarios => Gen.ListOf(Step).Select(steps => steps.ToSeq());

    /// <summary>Up to three faults among the first eighty effects.</summary>
    public static Gen<Fault[]> Faults =>
        Gen.Choose(0, 3)
            .SelectMany(count =>
                Gen.ArrayOf(
                    Gen.Choose(1, 80)
                        .SelectMany(at =>
                            Gen.Elements(Enum.GetValues<FaultKind>()).Select(kind => new Fault(at, kind))
                        ),
                    count
                )
            );

    private static Gen<Step> Step =>
        Gen.Frequency(
            (6, Deploy),
            (5, Ask),
            (2, Gen.Elements(Branches).Select(branch => (Step)new Step.Remove(branch))),
            (2, Gen.Constant((Step)new Step.Settle())),
            (4, Gen.Choose(1, 20).Select(count => (Step)new Step.Passes(count))),
            (1, Gen.Constant((Step)new Step.Reboot())),
            (1, Gen.Constant((Step)new Step.LoseRoutes())),
            (1, Gen.Constant((Step)new Step.CollectGarbage())),
            (1, Gen.Elements(Branches).Select(branch => (Step)new Step.StopByHand(branch))),
            (1, Gen.Elements(Systems.ToArray()).Select(system => (Step)new Step.GoBlind(system))),
            (1, Gen.Elements("secrets", "OpenBao").Select(system => (Step)new Step.GoBlind(system))),
            (2, Gen.Elements(Secrets).Select(value => (Step)new Step.PutSecret(value))),
            (1, Gen.Constant((Step)new Step.LookAtSecrets())),
            (1, Gen.Constant((Step)new Step.SeeAgain())),
            (1, Gen.Elements(Enum.GetValues<CacheMode>()).Select(mode => (Step)new Step.GiveCaches(mode))),
            (1, Gen.Constant((Step)new Step.CrashCaches()))
        );

    private static Gen<Step> Ask =>
        from branch in Gen.Elements(Branches)
        from what in Gen.Elements(Enum.GetValues<Request>())
        select (Step)new Step.Ask(what, branch);

    private static Gen<Step> Deploy =>
        from branch in Gen.Elements(Branches)
        from components in Gen.Elements(Components)
        from behaviour in Gen.Elements(Behaviours)
        from build in Gen.Elements(Builds)
        select World.Scenarios.Deploy(branch, components, behaviour, build);
}
