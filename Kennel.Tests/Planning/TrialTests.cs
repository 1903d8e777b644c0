using Kennel.Core.Domain;
using Kennel.Core.Manifest;
using Kennel.Core.Planning;
using Kennel.Core.Units;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Planning;

public sealed class TrialTests
{
    private static readonly InvocationId Invocation = Scene.Sure(InvocationId.Parse("", new string('a', 32)));

    [Theory]
    [InlineData(200, true)]
    [InlineData(503, false)]
    public void Without_statuses_any_of_200_to_299_is_an_answer_of_a_ready_service(int code, bool isReady) =>
        Assert.Equal(isReady, IsRecordedReady(new Readiness.Http("/"), new ProbeAnswer.Status(code)));

    [Theory]
    [InlineData(200, false)]
    [InlineData(401, true)]
    public void Statuses_that_are_given_are_the_only_ones(int code, bool isReady) =>
        Assert.Equal(
            isReady,
            IsRecordedReady(new Readiness.Http("/") { Statuses = Set(401) }, new ProbeAnswer.Status(code))
        );

    [Fact]
    public void A_unit_that_notifies_is_ready_once_it_is_active_and_is_not_asked()
    {
        var release = Untried(new Readiness.Notify(), None);

        Assert.Contains(Judge(release, UnitState.Running, 1).Steps, it => it.Action is Action.RecordReady);
        Assert.Empty(Inquiry.Of(Desired(release), Units(release, UnitState.Running, 1)).Probes);
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public void A_unit_that_never_notifies_is_rejected_at_the_deadline_though_it_is_still_starting(
        int seconds,
        bool isRejected
    )
    {
        var steps = Judge(Untried(new Readiness.Notify(), None), UnitState.Starting, seconds).Steps;

        Assert.Equal(
            isRejected,
            steps.Exists(it => it.Action is Action.RecordRejected { Cause: Cause.NeverReady { DeadlineSeconds: 60 } })
        );
    }

    [Fact]
    public void The_deadline_of_a_service_comes_before_that_of_the_host()
    {
        var release = Untried(new Readiness.Tcp { Seconds = new TrialSeconds(None, 5, None) }, None);

        Assert.Contains(
            Judge(release, UnitState.Running, 5).Steps,
            it => it.Action is Action.RecordRejected { Cause: Cause.NeverReady { DeadlineSeconds: 5 } }
        );
    }

    [Fact]
    public void The_staying_up_time_of_a_service_comes_before_that_of_the_host()
    {
        var ready = new FirstReady(Invocation, Scene.Now.AddSeconds(-1));
        var answers = Map((Unit(Untried(new Readiness.Tcp(), None)), (ProbeAnswer)new ProbeAnswer.Connected()));

        Assert.Contains(
            Judge(
                Untried(new Readiness.Tcp { Seconds = new TrialSeconds(None, None, 1) }, ready),
                UnitState.Running,
                9,
                answers
            ).Steps,
            it => it.Action is Action.RecordAccepted
        );
        Assert.DoesNotContain(
            Judge(Untried(new Readiness.Tcp(), ready), UnitState.Running, 9, answers).Steps,
            it => it.Action is Action.RecordAccepted
        );
    }

    [Fact]
    public void A_service_on_trial_is_looked_at_again_after_its_own_period() =>
        Assert.Equal(
            Scene.Now.AddSeconds(7),
            Judge(
                Untried(new Readiness.Tcp { Seconds = new TrialSeconds(7, None, None) }, None),
                UnitState.Running,
                1
            ).LookAt
        );

    [Fact]
    public void Only_a_unit_that_notifies_has_the_type_and_a_limit_for_its_start_beyond_the_deadline()
    {
        var notifying = Properties(new Readiness.Notify());
        var listening = Properties(new Readiness.Tcp());

        Assert.Contains(new UnitProperty("Type", new UnitValue.Text("notify")), notifying);
        Assert.Contains(new UnitProperty("NotifyAccess", new UnitValue.Text("all")), notifying);
        Assert.Contains(new UnitProperty("TimeoutStartUSec", new UnitValue.Large(90_000_000)), notifying);
        Assert.Contains(new UnitProperty("Type", new UnitValue.Text("exec")), listening);
        Assert.DoesNotContain(listening, it => it.Name is "NotifyAccess" or "TimeoutStartUSec");
    }

    private static Seq<UnitProperty> Properties(Readiness ready)
    {
        var rendered = ServiceUnit.Render(
            new ServiceIdentity(
                Scene.Instance,
                Scene.Hello,
                Scene.Main,
                DeployEnvironment.Prod,
                Scene.Api,
                Scene.Sure(UnitStem.Parse("", "kennel-hello-main-api")),
                Scene.Sure(RoleName.Parse("", "knl-0123456789abcdef"))
            ),
            new ServiceManifest(None, ready, false, Map<string, string>(), Relaxations.Default),
            "/nix/store/api/bin/api",
            "https://hello.example.org"
        );
        return ServiceUnit.AtStart(rendered, Scene.Commit(1), Scene.Port(18000), TimeSpan.FromSeconds(60));
    }

    private static bool IsRecordedReady(Readiness ready, ProbeAnswer answer)
    {
        var release = Untried(ready, None);
        return Judge(release, UnitState.Running, 1, Map((Unit(release), answer)))
            .Steps.Exists(it => it.Action is Action.RecordReady);
    }

    private static Part Judge(
        Release release,
        UnitState state,
        int startedSecondsAgo,
        Map<UnitName, ProbeAnswer> answers = default
    )
    {
        var units = Units(release, state, startedSecondsAgo);
        var sight = new Sight(
            Desired(release),
            Scene.Observed() with
            {
                Units = Observation.Known(units),
                Probes = answers,
                Listeners = Observation.Known(Map<Port, uint>()),
            }
        );
        return TrialPlanner.Judge(sight, Assert.Single(Wanted.Units(sight.Desired.Branches[0])), units[Unit(release)]);
    }

    private static Map<UnitName, ObservedUnit> Units(Release release, UnitState state, int startedSecondsAgo)
    {
        var at = Scene.Now.AddSeconds(-startedSecondsAgo);
        var detail = new UnitDetail(Invocation, state == UnitState.Running ? Some(at) : None, 0, "success", 0, 61234)
        {
            StartedAt = at,
        };
        var unit = Unit(release);
        return Map((unit, new ObservedUnit(unit, Scene.Instance, state, detail)));
    }

    private static Desired Desired(Release release) =>
        Scene.Desired(Scene.Branch(Scene.Deployment(Scene.Api, None, release)));

    private static UnitName Unit(Release release) => Scene.Deployment(Scene.Api, None, release).Unit(release);

    private static Release Untried(Readiness ready, Option<FirstReady> seen) =>
        Scene.Release(Scene.Api, 1, new Outcome.Untried(seen)) with
        {
            Specification = new Specification.Service(Seq<UnitProperty>(), Seq<string>(), ready, "hello-main-api"),
        };
}
