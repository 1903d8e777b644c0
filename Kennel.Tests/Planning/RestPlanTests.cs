using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Core.Routing;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Planning;

/// <summary>What a plan makes of a branch that hibernates or wakes.</summary>
public sealed class RestPlanTests
{
    private static readonly DateTimeOffset Since = Scene.Now.AddHours(-1);
    private static readonly InvocationId Start = Scene.Sure(InvocationId.Parse("test", new string('a', 32)));

    [Fact]
    public void The_routes_of_its_services_change_first_and_its_sites_stay()
    {
        var plan = Plan(new Rest.Asleep(Since), Scene.Observed());

        var write = Assert.IsType<Action.WriteRoutes>(Assert.Single(plan.Actions).Action);
        Assert.All(Scene.Hosts(Scene.Api), host => Assert.IsType<Route.Asleep>(write.Table.Entries[host].Route));
        Assert.All(Scene.Hosts(Scene.Docs), host => Assert.IsType<Route.Site>(write.Table.Entries[host].Route));
    }

    [Fact]
    public void Its_units_stop_once_no_route_leads_to_them() =>
        Assert.Equal(
            Seq1<Action>(new Action.StopUnit(Scene.ApiUnit)),
            Actions(
                Plan(new Rest.Asleep(Since), Scene.Observed() with { Routing = Observation.Known(AsleepRouting()) })
            )
        );

    [Fact]
    public void Requests_in_flight_have_their_time()
    {
        var seen = Scene.Observed() with
        {
            Routing = Observation.Known(AsleepRouting()),
            Connections = Observation.Known(Map((Scene.Port(18000), 1))),
        };
        Assert.Empty(Plan(new Rest.Asleep(Scene.Now.AddSeconds(-20)), seen).Actions);
        Assert.Single(Plan(new Rest.Asleep(Scene.Now.AddSeconds(-31)), seen).Actions);
    }

    [Fact]
    public void Then_its_port_is_given_back_and_nothing_else_goes() =>
        Assert.Equal(
            Seq1<Action>(new Action.ReleasePort(Scene.Port(18000), Scene.ApiUnit)),
            Actions(Plan(new Rest.Asleep(Since), Gone()))
        );

    [Fact]
    public void What_wakes_is_started_and_its_routes_stay() =>
        Assert.IsType<Action.StartUnit>(Assert.Single(Actions(Plan(new Rest.Waking(Scene.Now), Gone()))));

    [Fact]
    public void It_is_asked_whether_it_answers_and_awake_when_it_does()
    {
        var branch = Branch(new Rest.Waking(Since));
        var units = Scene.Observed().Units.ToOption().IfNone(Map<UnitName, ObservedUnit>());
        var inquiry = Inquiry.Of(Scene.Desired(branch), units);
        Assert.Equal(Scene.ApiUnit, Assert.Single(inquiry.Probes).Unit);
        Assert.True(inquiry.NeedsListeners);

        Assert.Empty(Actions(Plan(branch.Life.Rest, Answering(new ProbeAnswer.Silent("connection refused")))));
        Assert.Equal(
            Seq1<Action>(new Action.RecordAwake(new BranchId(1), Since)),
            Actions(Plan(branch.Life.Rest, Answering(new ProbeAnswer.Connected())))
        );
    }

    [Fact]
    public void What_another_program_answers_wakes_nothing() =>
        Assert.Empty(
            Actions(
                Plan(
                    new Rest.Waking(Since),
                    Answering(new ProbeAnswer.Connected()) with
                    {
                        Listeners = Observation.Known(Map((Scene.Port(18000), 1u))),
                    }
                )
            )
        );

    [Fact]
    public void One_that_never_answers_is_told_and_does_not_make_passes_for_ever()
    {
        var plan = Plan(new Rest.Waking(Since), Answering(new ProbeAnswer.Silent("connection refused")));
        Assert.Contains(
            plan.Notes,
            note => note is Note.Waiting { On: WaitingOn.Waking { LastAnswer: "connection refused" } }
        );
        Assert.True(plan.NextLookAt.ForAll(at => at > Scene.Now.AddSeconds(1)));
    }

    [Fact]
    public void Who_asks_for_its_name_is_told_how_far_it_is()
    {
        var host = Scene.Hosts(Scene.Api).Head();
        WakeState State(Rest rest, Func<Desired, Desired>? change = null) =>
            WakeState.Of((change ?? (it => it))(Scene.Desired(Branch(rest))), host, Scene.Now);
        var crash = Map((ActionKeys.OfCrash(Scene.ApiUnit), new Attempts(3, Scene.Now.AddSeconds(-1), "it crashed")));

        Assert.IsType<WakeState.Asleep>(State(new Rest.Asleep(Since)));
        Assert.IsType<WakeState.Waking>(State(new Rest.Waking(Since)));
        Assert.Equal(new WakeState.Awake(Scene.Port(18000)), State(new Rest.Awake()));
        Assert.Equal(
            new WakeState.Resting("it crashed", Scene.Now.AddSeconds(3)),
            State(new Rest.Waking(Since), it => it with { Attempts = crash })
        );
        Assert.IsType<WakeState.Waking>(State(new Rest.Waking(Scene.Now), it => it with { Attempts = crash }));
        Assert.IsType<WakeState.Unknown>(
            WakeState.Of(Scene.Desired(Branch(new Rest.Awake())), Scene.Hosts(Scene.Docs).Head(), Scene.Now)
        );
    }

    private static DesiredBranch Branch(Rest rest) => Scene.Live() with { Life = BranchLife.New with { Rest = rest } };

    private static Plan Plan(Rest rest, Observed seen) =>
        Planner.Plan(
            Scene.Desired(Branch(rest)) with
            {
                Settings = Scene.Settings with { Forge = ForgeSettings.Default },
            },
            seen
        );

    private static Seq<Action> Actions(Plan plan) => plan.Actions.Map(step => step.Action).Strict();

    private static Observed Gone() =>
        Scene.Observed() with
        {
            Units = Observation.Known(Map<UnitName, ObservedUnit>()),
            Routing = Observation.Known(AsleepRouting()),
        };

    private static Observed Answering(ProbeAnswer answer) =>
        Scene.Observed() with
        {
            Units = Observation.Known(
                Map(
                    (
                        Scene.ApiUnit,
                        Scene.Unit(Scene.ApiUnit, Some(Scene.Instance), UnitState.Running) with
                        {
                            Detail = new UnitDetail(Start, Since, 0, "success", 0, 61234u),
                        }
                    )
                )
            ),
            Routing = Observation.Known(AsleepRouting()),
            Probes = Map((Scene.ApiUnit, answer)),
        };

    private static ObservedRouting AsleepRouting()
    {
        var routing = Scene.Routing();
        var asleep = toMap(
            Scene.Hosts(Scene.Api).Map(host => (host, new RouteEntry(Scene.Instance, new Route.Asleep())))
        );
        return routing with { Table = new RoutingTable(routing.Table.Entries.AddOrUpdateRange(asleep)) };
    }
}
