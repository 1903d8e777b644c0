using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Units;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Planning;

/// <summary>What the database of a pull request starts with.</summary>
public sealed class CopyPlannerTests
{
    private static readonly DatabaseName Name = Scene.Sure(DatabaseName.Parse("test", "kennel_hello_pr-7"));
    private static readonly DatabaseName SourceName = Scene.Sure(DatabaseName.Parse("test", "kennel_hello_dev"));
    private static readonly RoleName Role = Scene.Sure(RoleName.Parse("test", "knl-00000000000000aa"));
    private static readonly RoleName SourceRole = Scene.Sure(RoleName.Parse("test", "knl-00000000000000bb"));
    private static readonly TemplateName Sample = Scene.Sure(TemplateName.Parse("test", "sample"));
    private static readonly PreviewDatabase Template = new PreviewDatabase.Template(Sample);
    private static readonly PreviewDatabase Clone = Scene.Sure(PreviewDatabase.Parse("test", "clone:dev"));
    private static readonly BranchId SourceId = new(9);
    private static readonly DumpName Dump = DumpName.ForCopy(Name, SourceId);
    private static readonly DumpState Dumped = new DumpState.Done(Scene.Now, 1);
    private static readonly UnitName Unit = UnitName.OfCopy(
        Scene.Instance,
        Scene.Behind().Id,
        Scene.Release(Scene.Api, 2, Scene.Untried).Id
    );

    [Fact]
    public void Without_a_word_it_is_empty_and_complete_at_once() =>
        Assert.Equal(
            Seq(
                nameof(Action.RecordResource),
                nameof(Action.CreateDatabase),
                nameof(Action.PrepareDatabase),
                nameof(Action.RecordResourcePresent)
            ),
            Names(new Scenario(PreviewDatabase.Default))
        );

    [Fact]
    public void A_template_is_copied_and_what_is_in_it_adopted_before_it_is_complete()
    {
        var steps = Steps(new Scenario(Template));

        Assert.Equal(
            Seq(
                nameof(Action.RecordResource),
                nameof(Action.CreateDatabase),
                nameof(Action.PrepareDatabase),
                nameof(Action.AdoptObjects),
                nameof(Action.RecordResourcePresent)
            ),
            steps.Map(step => step.GetType().Name)
        );
        Assert.Equal(
            Some(Sample),
            steps.Bind(step => step is Action.CreateDatabase it ? Seq1(it.Template) : []).Head()
        );
    }

    [Fact]
    public void A_clone_is_dumped_first_and_then_restored_as_the_preview_and_is_not_complete_by_that()
    {
        Assert.Equal(
            Seq<Action>(
                new Action.RecordResource(Scene.Behind().Id, new Resource.Postgres(Name), Scene.Now),
                new Action.StartDump(SourceName, Dump)
            ),
            Steps(new Scenario(Clone))
        );
        var restoring = Steps(Begun(Clone) with { Dumps = Map((Dump, Dumped)) });
        Assert.Equal(
            Seq(nameof(Action.CreateDatabase), nameof(Action.PrepareDatabase), nameof(Action.StartUnit)),
            restoring.Map(step => step.GetType().Name)
        );
        var start = Assert.IsType<Action.StartUnit>(restoring.Last());
        Assert.Equal(Unit, start.Unit);
        Assert.Contains(new UnitProperty("User", new UnitValue.Text(Role.Value)), start.Properties);
        Assert.Contains(
            new UnitProperty("StandardInputFile", new UnitValue.Text($"/var/lib/kennel/backups/{Dump}")),
            start.Properties
        );
    }

    [Fact]
    public void It_is_complete_when_the_restore_has_ended_well_and_then_nothing_is_left_of_it()
    {
        var scenario = Begun(Clone) with { Dumps = Map((Dump, Dumped)), Database = Open(7), Copy = UnitState.Running };
        Assert.Equal(Seq1(nameof(Action.RecordResourcePresent)), Names(scenario));
        Assert.Equal(
            Seq<Action>(new Action.StopUnit(Unit), new Action.RemoveDump(Dump)),
            Steps(scenario with { State = ResourceState.Present })
        );
    }

    [Fact]
    public void While_it_is_filled_nothing_happens_to_it() =>
        Assert.Empty(
            Steps(Begun(Clone) with { Dumps = Map((Dump, Dumped)), Database = There(7), Copy = UnitState.Starting })
        );

    [Theory]
    [InlineData("empty")]
    [InlineData("template:sample")]
    [InlineData("clone:dev")]
    public void What_was_begun_and_is_not_complete_goes_first(string start) =>
        Assert.Equal(
            Seq1<Action>(new Action.DropDatabase(Name, Role.Value, 7)),
            Steps(
                Begun(Scene.Sure(PreviewDatabase.Parse("test", start))) with
                {
                    Dumps = start == "clone:dev" ? Map((Dump, Dumped)) : Map<DumpName, DumpState>(),
                    Database = There(7),
                }
            )
        );

    [Fact]
    public void What_is_there_without_a_row_is_kept_as_it_is() =>
        Assert.Equal(
            Seq(nameof(Action.RecordResource), nameof(Action.PrepareDatabase), nameof(Action.RecordResourcePresent)),
            Names(new Scenario(Clone) { Database = There(7) })
        );

    [Fact]
    public void A_restore_that_fails_fails_the_release()
    {
        var rejected = Assert.IsType<Action.RecordRejected>(
            Assert.Single(
                Steps(Begun(Clone) with { Dumps = Map((Dump, Dumped)), Database = There(7), Copy = UnitState.Failed })
            )
        );
        Assert.Equal(new Cause.CopyFailed(Clone, "exit-code", 1), rejected.Cause);
        Assert.Equal(Some(Unit), rejected.Unit);
    }

    [Fact]
    public void A_restore_for_an_earlier_release_is_ended_before_the_next_one_begins()
    {
        var earlier = UnitName.OfCopy(Scene.Instance, Scene.Behind().Id, new ReleaseId(3));
        Assert.Equal(
            Seq1<Action>(new Action.StopUnit(earlier)),
            Steps(
                Begun(Clone) with
                {
                    Dumps = Map((Dump, Dumped)),
                    Database = There(7),
                    Copy = UnitState.Starting,
                    CopyName = earlier,
                }
            )
        );
    }

    [Theory]
    [InlineData("template:other", "this host does not allow it (resources.postgres.templates): it allows sample.")]
    [InlineData("clone:main", "(resources.postgres.cloneProduction)")]
    [InlineData("clone:nobody", "hello has no branch nobody here.")]
    public void What_may_not_be_copied_or_is_not_there_fails_the_release(string start, string reason)
    {
        var rejected = Assert.IsType<Action.RecordRejected>(
            Assert.Single(Steps(new Scenario(Scene.Sure(PreviewDatabase.Parse("test", start)))))
        );
        Assert.Contains(reason, rejected.Cause.Describe().Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_branch_is_just_being_given_is_waited_for() =>
        Assert.Empty(Steps(new Scenario(Clone) { SourceState = ResourceState.Wanted }));

    [Fact]
    public void A_branch_without_a_database_has_nothing_to_clone() =>
        Assert.Contains(
            "hello/dev has no database that is complete",
            Assert
                .IsType<Action.RecordRejected>(Assert.Single(Steps(new Scenario(Clone) { SourceState = None })))
                .Cause.Describe()
                .Sentence,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_seed_does_not_fill_a_copy()
    {
        var branch = Scene.Behind() with { Deployments = Seq1(Scene.Deployment(Scene.Api, None, Api(Template))) };
        Seq<ReleaseStep> Commands(PreviewDatabase start) =>
            ReleaseCommands.Of(
                branch,
                branch.Deployments[0],
                (Specification.Service)Api(start).Specification with
                {
                    Seed = new ReleaseStep("/nix/store/x/bin/seed", Seq<string>(), None),
                }
            );
        Assert.Single(Commands(PreviewDatabase.Default));
        Assert.Empty(Commands(Template));
        Assert.Empty(Commands(Clone));
    }

    private static Release Api(PreviewDatabase start) =>
        Scene.Release(Scene.Api, 2, Scene.Untried) is { Specification: Specification.Service service } release
            ? release with
            {
                Specification = service with { Resources = Set(ResourceKind.Postgres), DatabaseStart = start },
            }
            : throw new System.Diagnostics.UnreachableException();

    private static Scenario Begun(PreviewDatabase start) => new(start) { State = ResourceState.Wanted };

    private static ObservedDatabase There(uint number) =>
        new(Name, number, Role.Value, None, IsOpen: false, IsPublic: true, DatabaseLimits.None);

    private static ObservedDatabase Open(uint number) =>
        There(number) with
        {
            IsOpen = true,
            IsPublic = false,
            Mark = Scene.Instance,
        };

    private static Seq<string> Names(Scenario scenario) => Steps(scenario).Map(step => step.GetType().Name).Strict();

    private static Seq<Action> Steps(Scenario scenario)
    {
        var units = toMap(
            scenario
                .Copy.ToSeq()
                .Map(state =>
                    (
                        scenario.CopyName,
                        new ObservedUnit(
                            scenario.CopyName,
                            Scene.Instance,
                            state,
                            new UnitDetail(None, None, 0, "exit-code", 1, None)
                        )
                    )
                )
        );
        var preview = scenario.Preview();
        var sight = new Sight(
            Scene.Desired(preview, scenario.Source()) with
            {
                Settings = Scene.Settings with
                {
                    Resources = new ResourceSettings(
                        new PostgresSettings("/run/postgresql", DatabaseLimits.None) { Templates = Set(Sample) }
                    ),
                },
            },
            Scene.Observed() with
            {
                Units = Observation.Known(units),
                Databases = Observation.Known(scenario.Seen()),
                Dumps = Observation.Known(scenario.Dumps),
            }
        );
        return ResourcePlanner
            .Plan(sight, preview, Wanted.Units(preview).Strict(), units)
            .Parts.Bind(part => part.Steps.Map(step => step.Action))
            .Strict();
    }

    private sealed record Scenario(PreviewDatabase Start)
    {
        public Option<ResourceState> State { get; init; }

        public Option<ResourceState> SourceState { get; init; } = ResourceState.Present;

        public Option<ObservedDatabase> Database { get; init; }

        public Map<DumpName, DumpState> Dumps { get; init; }

        public Option<UnitState> Copy { get; init; }

        public UnitName CopyName { get; init; } = Unit;

        public DesiredBranch Preview() =>
            Scene.Behind() with
            {
                Branch = new Branch.PullRequest(7),
                Environment = DeployEnvironment.Preview,
                Role = CopyPlannerTests.Role,
                Database = Name,
                Resources = State
                    .ToSeq()
                    .Map(state => new DesiredResource(new ResourceId(1), new Resource.Postgres(Name), state))
                    .Strict(),
                Deployments = Seq1(Scene.Deployment(Scene.Api, None, Api(Start))),
            };

        public DesiredBranch Source() =>
            Scene.Behind() with
            {
                Id = SourceId,
                Branch = new Branch.Git(Scene.Sure(BranchName.Parse("test", "dev"))),
                Environment = DeployEnvironment.Dev,
                Role = SourceRole,
                Database = SourceName,
                Resources = SourceState
                    .Map(state => new DesiredResource(new ResourceId(2), new Resource.Postgres(SourceName), state))
                    .ToSeq(),
                Deployments = Seq<DesiredDeployment>(),
            };

        public ObservedDatabases Seen() =>
            new(
                toMap(
                    Database
                        .ToSeq()
                        .Map(it => (it.Name, it))
                        .Add(
                            (
                                SourceName,
                                new ObservedDatabase(
                                    SourceName,
                                    3,
                                    SourceRole.Value,
                                    Scene.Instance,
                                    true,
                                    false,
                                    DatabaseLimits.None
                                )
                            )
                        )
                ),
                Map(
                    (CopyPlannerTests.Role, new ObservedRole(CopyPlannerTests.Role, Scene.Instance)),
                    (SourceRole, new ObservedRole(SourceRole, Scene.Instance))
                )
            );
    }
}
