using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Planning;

/// <summary>A database that somebody wants anew.</summary>
public sealed class ResourceResetTests
{
    private static readonly DatabaseName Name = Scene.Sure(DatabaseName.Parse("test", "kennel_hello_main"));
    private static readonly RoleName Role = Scene.Sure(RoleName.Parse("test", "knl-00000000000000aa"));
    private static readonly DumpName Dump = DumpName.BeforeReset(Name, 16385);
    private static readonly ObservedDatabase There = new(
        Name,
        Number: 16385,
        Role.Value,
        Scene.Instance,
        IsOpen: true,
        IsPublic: false,
        DatabaseLimits.None
    );

    [Fact]
    public void Production_is_dumped_and_waits_for_the_dump()
    {
        Assert.Equal(new Action.StartDump(Name, Dump), Only(Turn(There, Map<DumpName, DumpState>())));
        Assert.Empty(Steps(Turn(There, Map((Dump, (DumpState)new DumpState.Running())))));
    }

    [Fact]
    public void Then_it_goes_and_its_role_stays_and_no_unit_may_be_started()
    {
        var turn = Turn(There, Map((Dump, (DumpState)new DumpState.Done(Scene.Now, 1))));

        Assert.Equal(DatabasePlanner.Drop(There), Only(turn));
        Assert.Empty(turn.Usable);
    }

    [Fact]
    public void A_dump_of_an_earlier_one_is_not_taken_for_its_own() =>
        Assert.Equal(
            new Action.StartDump(Name, DumpName.BeforeReset(Name, 20000)),
            Only(Turn(There with { Number = 20000 }, Map((Dump, (DumpState)new DumpState.Done(Scene.Now, 1)))))
        );

    [Fact]
    public void What_is_gone_is_wanted_again() =>
        Assert.Equal(
            new Action.RecordResourceWanted(Scene.Live().Id, new Resource.Postgres(Name)),
            Only(Turn(None, Map<DumpName, DumpState>()))
        );

    [Fact]
    public void A_database_of_another_is_not_dropped_for_it() =>
        Assert.IsType<Action.RecordResourceWanted>(
            Only(Turn(There with { Owner = "somebody" }, Map<DumpName, DumpState>()))
        );

    private static ResourceTurn Turn(Option<ObservedDatabase> database, Map<DumpName, DumpState> dumps)
    {
        var branch = Scene.Live() with
        {
            Role = Role,
            Database = Name,
            Resources = Seq1(
                new DesiredResource(new ResourceId(1), new Resource.Postgres(Name), ResourceState.Leaving)
            ),
        };
        var seen = new ObservedDatabases(
            toMap(database.ToSeq().Map(it => (it.Name, it))),
            Map((Role, new ObservedRole(Role, Scene.Instance)))
        );
        var sight = new Sight(
            Scene.Desired(),
            Scene.Observed() with
            {
                Databases = Observation.Known(seen),
                Dumps = Observation.Known(dumps),
            }
        );
        return ResourcePlanner.Plan(sight, branch, Wanting(branch), Map<UnitName, ObservedUnit>());
    }

    private static Seq<WantedUnit> Wanting(DesiredBranch branch) =>
        Wanted
            .Units(branch)
            .Map(unit =>
                unit with
                {
                    Specification = unit.Specification with { Resources = Set(ResourceKind.Postgres) },
                }
            )
            .Strict();

    private static Seq<Action> Steps(ResourceTurn turn) =>
        turn.Parts.Bind(part => part.Steps.Map(step => step.Action)).Strict();

    private static Action Only(ResourceTurn turn) => Assert.Single(Steps(turn));
}
