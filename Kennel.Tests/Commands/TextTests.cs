using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Views;
using Kennel.Shell.Api;
using Kennel.Shell.Commands.Text;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Commands;

/// <summary>What people see, held against texts that are kept beside this file.</summary>
public sealed class TextTests
{
    private static readonly Subject HelloMain = new Subject.OfBranch(new BranchId(1), "hello/main");

    private static readonly Plan Busy = new(
        Seq1(
            new Strand(
                HelloMain,
                Seq(
                    new PlannedAction(
                        HelloMain,
                        new Action.LeasePort(Scene.Port(18001), Scene.ApiUnit, new BranchId(1)),
                        "a new release is to be tried"
                    ),
                    new PlannedAction(
                        HelloMain,
                        new Action.StartUnit(Scene.ApiUnit, Seq<Core.Units.UnitProperty>()),
                        "a new release is to be tried"
                    ),
                    new PlannedAction(HelloMain, new Action.StopUnit(Scene.ApiUnit), "it is no longer routed")
                )
            )
        ),
        new PlannedAction(
            new Subject.Host(),
            new Action.WriteRoutes(Scene.Led, "1", Scene.Routing().Table),
            "the rows of hello/main change"
        ),
        Seq<Note>(
            new Note.Waiting(HelloMain, new WaitingOn.StayingUp(Scene.ApiUnit, Scene.Now.AddSeconds(5))),
            new Note.Blocked(HelloMain, new BlockedBy.Rejection(Scene.Docs, Scene.Crash)),
            new Note.Waiting(new Subject.Host(), new WaitingOn.Sight("systemd", "no answer within 5 s")),
            new Note.Orphan(new Subject.Host(), "unit kennel-old-main-api-0123456789.service")
        ),
        Scene.Now.AddSeconds(5)
    );

    private static readonly EvidenceView Evidence = new(
        Scene.ApiUnit.Value,
        CauseView.Of(Scene.Crash),
        Scene.Now.AddMinutes(-5),
        Seq("listening on 127.0.0.1:18001", "panic: \u001b[31mno such table\u001b[0m: users")
    );

    private static readonly Memory Memory = new(
        Seq(Scene.Build(2, "failed", Scene.Crash), Scene.Build(1, "done", None)),
        Seq(
            new HistoryView("start-unit", "a new release is to be tried", "done", None, 1, Scene.Now, Scene.Now),
            new HistoryView(
                "write-routes",
                "the rows of hello/main change",
                "failed",
                Some("Caddy could not be asked: connection refused"),
                3,
                Scene.Now,
                Scene.Now
            )
        ),
        Seq1(Evidence)
    );

    [Fact]
    public void A_plan() => Holds("plan", PlanText.Lines(PlanView.Of(Scene.Look(Scene.Live()) with { Plan = Busy })));

    [Fact]
    public void A_plan_with_nothing_to_do() =>
        Holds("plan-nothing", PlanText.Lines(PlanView.Of(Scene.Look(Scene.Live()))));

    [Fact]
    public void A_pass() =>
        Holds(
            "pass",
            PlanText.Lines(
                PassView.Of(
                    Busy,
                    Seq(
                        new ActionReport(Busy.Actions[0], Effect.Happened),
                        new ActionReport(Busy.Actions[1], Effect.Refused("systemd", "access denied")),
                        new ActionReport(Busy.Actions[3], Effect.Unanswered("Caddy", "no answer within 15 s"))
                    )
                )
            )
        );

    [Fact]
    public void The_status_of_a_host_where_all_is_well() =>
        Holds("status-well", StatusText.Lines(StatusView.Of(Scene.Look(Scene.Live()), projects: 1)));

    [Fact]
    public void The_status_of_a_host_that_needs_somebody()
    {
        var look = Scene.Look(Scene.Behind()) with { Plan = Busy };
        var blind = look with
        {
            Observed = look.Observed with
            {
                Roots = Observation.Unknown<Map<RootName, StorePath>>("permission denied"),
            },
        };

        Holds("status-unwell", StatusText.Lines(StatusView.Of(blind, projects: 2)));
    }

    [Fact]
    public void All_deployments() =>
        Holds("deployments", DeploymentText.Lines(DeploymentView.All(Scene.Look(Scene.Behind()), None)));

    [Fact]
    public void Why_a_branch_is_behind() =>
        Holds(
            "why-behind",
            WhyText.Lines(WhyView.Of(Scene.Look(Scene.Behind()) with { Plan = Busy }, Scene.Behind(), Memory))
        );

    [Fact]
    public void Why_a_branch_is_live() =>
        Holds("why-live", WhyText.Lines(WhyView.Of(Scene.Look(Scene.Live()), Scene.Live(), Scene.NoMemory)));

    [Fact]
    public void Why_a_strangers_pull_request_is_not_deployed() =>
        Holds(
            "why-stranger",
            WhyText.Lines(
                WhyView
                    .OfAbsent(Scene.Look(Scene.Live()), Scene.Project, new Branch.PullRequest(42), ForgeScene.Stranger)
                    .IfNone(() => throw new InvalidOperationException())
            )
        );

    [Fact]
    public void Deliveries() => Holds("deliveries", DeliveryText.Lines(ForgeScene.Deliveries));

    [Fact]
    public void A_registration_whose_webhook_is_to_be_entered_by_hand() =>
        Holds(
            "project-added",
            ProjectText.Registered(ForgeScene.Project with { Webhook = ForgeScene.Webhook("by-hand") })
        );

    [Fact]
    public void A_registration_whose_webhook_was_made() =>
        Holds(
            "project-added-made",
            ProjectText.Registered(ForgeScene.Project with { Webhook = ForgeScene.Webhook("made") })
        );

    [Fact]
    public void One_project() =>
        Holds(
            "project",
            ProjectText.Lines(
                new ProjectDetailsView(
                    ForgeScene.Project,
                    ForgeScene.Webhook("by-hand").TargetUrl,
                    ForgeScene.Project.SecretFile,
                    HasOwnSecret: true,
                    ForgeScene.Refused,
                    ForgeScene.Deliveries
                )
                {
                    Expiry = new ExpiryView(new PeriodView(604_800, IsOwn: false), new PeriodView(0, IsOwn: true)),
                }
            )
        );

    [Fact]
    public void An_inventory_with_an_orphan()
    {
        var old = Scene.Sure(UnitName.Parse("", "kennel-old-main-api-0123456789.service"));
        var look = Scene.Look(Scene.Live());
        var units = look.Observed.Units.ToOption().IfNone(Map<UnitName, ObservedUnit>());
        var seen = Observation.Known(units.Add(old, Scene.Unit(old, Scene.Other, UnitState.Running)));

        Holds(
            "inventory",
            InventoryText.Lines(InventoryView.Of(look with { Observed = look.Observed with { Units = seen } }))
        );
    }

    [Fact]
    public void Builds() => Holds("builds", BuildText.Lines(Memory.Builds));

    [Fact]
    public void One_build() => Holds("build", BuildText.Lines(Memory.Builds.Head()));

    [Fact]
    public void An_error_with_several_mistakes() =>
        Holds(
            "error",
            ProblemText.Lines(
                ApiProblem.Invalid(
                    Seq(Problem.Of("name", "build", "another name"), Problem.Of("cloneUrl", "x", "a clone URL"))
                )
            )
        );

    [Fact]
    public void No_text_lets_an_escape_sequence_through() =>
        Assert.DoesNotContain(
            '\u001b',
            Text(WhyText.Lines(WhyView.Of(Scene.Look(Scene.Behind()), Scene.Behind(), Memory)))
        );

    private static void Holds(string name, Seq<Line> lines) =>
        Golden.Holds($"Kennel.Tests/Commands/{name}.golden.txt", Text(lines));

    private static string Text(Seq<Line> lines) => string.Join("\n", lines.Map(line => line.ToString().TrimEnd()));
}
