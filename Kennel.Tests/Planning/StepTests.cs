using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Units;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Planning;

public sealed class StepTests
{
    private static readonly BootId Boot = Scene.Sure(BootId.Parse("", "01234567-89ab-cdef-0123-456789abcdef"));
    private static readonly BootId EarlierBoot = Scene.Sure(BootId.Parse("", "11111111-89ab-cdef-0123-456789abcdef"));
    private static readonly StepProgress Begun = new StepProgress.Begun(Boot, Scene.Now.AddSeconds(-10));

    private static readonly Specification.Service Service = new(
        Seq(
            new UnitProperty("Description", new UnitValue.Text("api of hello/main [0123456789ab]")),
            new UnitProperty("Type", new UnitValue.Text("notify")),
            new UnitProperty("NotifyAccess", new UnitValue.Text("all")),
            new UnitProperty("Restart", new UnitValue.Text("always")),
            new UnitProperty("User", new UnitValue.Text("knl-0123456789abcdef"))
        ),
        Seq1("APP_URL=https://hello.example.org"),
        new Readiness.Tcp(),
        "hello-main-api"
    )
    {
        PreDeploy = new ReleaseStep("/nix/store/x/bin/migrate", Seq("--to", "$LATEST"), None),
    };

    [Fact]
    public void That_a_step_begins_is_recorded_before_it_is_started_and_its_service_waits()
    {
        var actions = Plan(new StepProgress.Waiting());

        Assert.IsType<Action.RecordStepBegun>(actions[0]);
        Assert.Equal(Step(), Assert.IsType<Action.StartUnit>(actions[1]).Unit);
        Assert.DoesNotContain(actions, it => it is Action.StartUnit start && start.Unit != Step());
    }

    [Fact]
    public void A_step_that_was_recorded_and_is_not_there_in_the_same_start_of_the_machine_was_never_started() =>
        Assert.Equal(Step(), Assert.IsType<Action.StartUnit>(Assert.Single(Plan(Begun))).Unit);

    [Fact]
    public void A_step_that_an_earlier_start_of_the_machine_began_is_not_repeated() =>
        Assert.IsType<Cause.StepInterrupted>(
            Assert
                .IsType<Action.RecordRejected>(
                    Assert.Single(Plan(new StepProgress.Begun(EarlierBoot, Scene.Now.AddHours(-1))))
                )
                .Cause
        );

    [Fact]
    public void Nothing_is_concluded_while_the_start_of_the_machine_is_unknown() =>
        Assert.Empty(Plan(Begun, boot: Observation.Unknown<BootId>("no /proc")));

    [Fact]
    public void A_step_that_runs_is_waited_for() => Assert.Empty(Plan(Begun, Unit(UnitState.Starting)));

    [Fact]
    public void A_step_that_ended_well_is_recorded_before_its_unit_goes()
    {
        var actions = Plan(Begun, Unit(UnitState.Running));

        Assert.IsType<Action.RecordStepDone>(actions[0]);
        Assert.Equal(new Action.StopUnit(Step()), actions[1]);
    }

    [Theory]
    [InlineData("exit-code", "step-failed")]
    [InlineData("timeout", "step-timed-out")]
    public void A_step_that_failed_rejects_the_release_with_its_last_lines(string result, string code)
    {
        var actions = Plan(Begun, Unit(UnitState.Failed, result));
        var rejected = Assert.IsType<Action.RecordRejected>(actions[0]);

        Assert.Equal(Some(Step()), rejected.Unit);
        Assert.Equal((code, Fault.Author), (rejected.Cause.Describe().Code, rejected.Cause.Describe().Fault));
        Assert.Equal(new Action.ResetUnit(Step()), actions[1]);
    }

    [Fact]
    public void Once_the_step_is_done_the_service_starts() =>
        Assert.Contains(
            Plan(new StepProgress.Done(Scene.Now)),
            it => it is Action.StartUnit start && start.Unit != Step()
        );

    [Fact]
    public void The_unit_of_a_step_is_the_services_without_what_only_a_service_has()
    {
        var properties = Plan(Begun).OfType<Action.StartUnit>().Single().Properties;

        Assert.Contains(new UnitProperty("User", new UnitValue.Text("knl-0123456789abcdef")), properties);
        Assert.Contains(new UnitProperty("Type", new UnitValue.Text("oneshot")), properties);
        Assert.Contains(new UnitProperty("RemainAfterExit", new UnitValue.Flag(true)), properties);
        Assert.Contains(new UnitProperty("TimeoutStartUSec", new UnitValue.Large(600_000_000)), properties);
        Assert.DoesNotContain(properties, it => it.Name is "Restart" or "NotifyAccess");
        Assert.Equal(properties.Map(it => it.Name).Distinct().Count(), properties.Count);
        Assert.Equal(Some(Scene.Instance), UnitMark.Read(Text(properties, "Description")));
    }

    [Fact]
    public void Arguments_reach_the_program_as_they_were_written()
    {
        var start = Plan(Begun).OfType<Action.StartUnit>().Single();
        var command = start.Properties.Find(it => it.Name == "ExecStart").Map(it => (UnitValue.Commands)it.Value);

        // systemd makes one dollar sign of two.
        Assert.Equal(
            Seq("/nix/store/x/bin/migrate", "--to", "$$LATEST"),
            command.Map(it => it.Values[0].Arguments).IfNone(Seq<string>())
        );
    }

    [Fact]
    public void The_unit_of_a_step_belongs_to_its_branch_and_is_no_orphan()
    {
        var desired = Desired(Begun);
        var sight = new Sight(desired, Observed(Unit(UnitState.Starting), Observation.Known(Boot)));

        Assert.Empty(Part.Concat(OrphanPlanner.Plan(sight)).Notes);
        Assert.Equal(Step(), Assert.Single(sight.StepsOf(desired.Branches[0])).Name);
    }

    private static string Text(Seq<UnitProperty> properties, string name) =>
        properties.Find(it => it.Name == name).Map(it => ((UnitValue.Text)it.Value).Value).IfNone("");

    private static Seq<Action> Plan(
        StepProgress progress,
        Option<ObservedUnit> unit = default,
        Observation<BootId>? boot = null
    )
    {
        var sight = new Sight(Desired(progress), Observed(unit, boot ?? Observation.Known(Boot)));
        return BranchPlanner
            .Plan(sight, sight.Desired.Branches[0], Map<UnitName, Port>())
            .Bind(part => part.Steps)
            .Map(step => step.Action)
            .Strict();
    }

    private static UnitName Step() =>
        UnitName.OfStep(Scene.Instance, new BranchId(1), Scene.Release(Scene.Api, 1, Scene.Untried).Id);

    private static Option<ObservedUnit> Unit(UnitState state, string result = "success") =>
        Some(
            new ObservedUnit(
                Step(),
                Scene.Instance,
                state,
                new UnitDetail(None, None, 0, result, result == "success" ? 0 : 3, None)
            )
        );

    private static Observed Observed(Option<ObservedUnit> unit, Observation<BootId> boot) =>
        Scene.Observed() with
        {
            Units = Observation.Known(toMap(unit.ToSeq().Map(it => (it.Name, it)))),
            Boot = boot,
        };

    private static Desired Desired(StepProgress progress) =>
        Scene.Desired(
            Scene.Branch(
                Scene.Deployment(
                    Scene.Api,
                    None,
                    Scene.Release(Scene.Api, 1, Scene.Untried) with
                    {
                        Specification = Service,
                        Step = progress,
                    }
                )
            )
        );
}
