using Kennel.Core.Domain;
using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;
using Kennel.Core.Units;
using Kennel.Tests.Views;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Tests.Planning;

public sealed class CachePlannerTests
{
    private static readonly Release Needy = Scene.Release(Scene.Api, 2, Scene.Untried) with { Specification = Service };

    private static readonly DesiredBranch Branch = Scene.Branch(
        Scene.Deployment(Scene.Api, 1, Needy, Scene.Release(Scene.Api, 1, Scene.Accepted))
    );

    private static readonly Resource.Valkey Cache = new(
        CacheUser.Of(Scene.Instance, Branch.Id),
        Scene.Sure(CacheNumber.Parse("test", 2))
    );

    private static Specification.Service Service =>
        ((Specification.Service)Scene.Release(Scene.Api, 2, Scene.Untried).Specification) with
        {
            Resources = Set(ResourceKind.Valkey),
        };

    [Fact]
    public void A_branch_gets_the_lowest_database_that_no_row_no_user_and_no_key_claims()
    {
        var stranger = Scene.Sure(CacheUser.Parse("test", "kennel-ba9876543210-1"));
        var seen = Seen(16) with
        {
            KeyCounts = Map((Scene.Sure(CacheNumber.Parse("test", 1)), 5L)),
            Users = Map((stranger, new ObservedCacheUser(stranger, Scene.Sure(CacheNumber.Parse("test", 3)), true))),
        };
        var other = Branch with { Id = new BranchId(9), Resources = Row(ResourceState.Present) };

        var (part, isUsable) = Keep(Branch, seen, other);

        Assert.False(isUsable);
        var given = (Action.RecordResource)part.Steps.Head().Action;
        Assert.Equal(Some(4), given.Resource.Number);
        Assert.Equal(
            Seq("RecordResource", "EmptyCache", "AdmitCacheUser", "RecordResourcePresent"),
            part.Steps.Map(step => step.Action.GetType().Name)
        );
    }

    [Fact]
    public void Without_a_free_database_the_release_fails_and_the_cause_names_limit_and_option()
    {
        var (part, _) = Keep(Branch, Seen(1));

        var rejected = (Action.RecordRejected)part.Steps.Head().Action;
        Assert.Equal(Needy.Id, rejected.Release);
        var cause = rejected.Cause.Describe();
        Assert.Equal("caches-exhausted", cause.Code);
        Assert.Contains("it has 1", cause.Sentence, StringComparison.Ordinal);
        Assert.Contains("`databases`", cause.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_whom_Valkey_forgot_is_admitted_again_and_nothing_is_emptied()
    {
        var (part, isUsable) = Keep(Branch with { Resources = Row(ResourceState.Present) }, Seen(16));

        Assert.False(isUsable);
        Assert.Equal(new Action.AdmitCacheUser(Cache.User, Cache.Database), Assert.Single(part.Steps).Action);
    }

    [Fact]
    public void Its_units_are_told_its_address_once_more_for_the_password_may_be_another()
    {
        var serving = Scene.Release(Scene.Api, 1, Scene.Accepted) with { Specification = Service };
        var branch = Scene.Branch(Scene.Deployment(Scene.Api, 1, serving)) with
        {
            Resources = Row(ResourceState.Present),
        };
        var unit = Wanted.Units(branch)[0].Unit;
        var observed = Scene.Observed() with
        {
            Caches = Observation.Known(Seen(16)),
            SecretFiles = Observation.Known(Set(unit)),
        };

        var (part, _) = CachePlanner.Keep(new Sight(Scene.Desired(branch), observed), branch, Seq<WantedUnit>());

        Assert.Equal(Seq("WriteSecrets", "AdmitCacheUser"), part.Steps.Map(step => step.Action.GetType().Name));
    }

    [Fact]
    public void An_orphan_that_is_given_up_leaves_the_keys_of_the_branch_that_has_its_database_now()
    {
        var orphan = new ObservedCacheUser(
            CacheUser.Of(Scene.Instance, new BranchId(77)),
            Some(Cache.Database),
            IsComplete: true
        );
        var desired = Scene.Desired(Branch with { Resources = Row(ResourceState.Present) }) with
        {
            GivenUp = Set(Orphan.TitleOf(orphan.Name)),
        };
        var observed = Scene.Observed() with
        {
            Caches = Observation.Known(Seen(16) with { Users = Map((orphan.Name, orphan)) }),
        };

        Assert.Equal(
            Seq1((Action)new Action.DropCacheUser(orphan.Name)),
            OrphanPlanner.Plan(new Sight(desired, observed)).Bind(part => part.Steps).Map(step => step.Action)
        );
    }

    [Fact]
    public void A_user_whom_Valkey_forgot_is_admitted_again_in_a_locked_project_too()
    {
        var locked = Branch with
        {
            Project = Branch.Project with { Lock = new ProjectLock(Scene.Now, "the exam runs") },
            Resources = Row(ResourceState.Present),
        };
        var observed = Scene.Observed() with { Caches = Observation.Known(Seen(16)) };

        var parts = BranchPlanner.Plan(new Sight(Scene.Desired(locked), observed), locked, Map<UnitName, Port>());

        Assert.Contains(
            new Action.AdmitCacheUser(Cache.User, Cache.Database),
            parts.Bind(part => part.Steps).Map(step => step.Action)
        );
    }

    [Fact]
    public void What_cannot_be_seen_is_waited_for_and_not_touched()
    {
        var sight = new Sight(Scene.Desired(Branch), Scene.Observed());

        var (part, isUsable) = CachePlanner.Keep(sight, Branch, Wanted.Units(Branch));

        Assert.False(isUsable);
        Assert.Empty(part.Steps);
        Assert.NotEmpty(part.Notes);
    }

    [Fact]
    public void A_plan_names_secret_variables_and_shows_no_value()
    {
        var variables = ResourceEnvironment.Secrets(
            Scene.Instance,
            Service with
            {
                Resources = Set(ResourceKind.Valkey, ResourceKind.Garage),
            },
            Row(ResourceState.Present)
        );

        Assert.Equal(Seq("REDIS_URL", "VALKEY_URL"), variables.Map(variable => variable.Name));
        Assert.All(variables, variable => Assert.IsType<ResourceSecret.CacheAddress>(variable.Source));
    }

    private static Seq<DesiredResource> Row(ResourceState state) =>
        Seq1(new DesiredResource(new ResourceId(1), Cache, state));

    private static ObservedCaches Seen(int databasesMax) =>
        new(databasesMax, Map<CacheNumber, long>(), Map<CacheUser, ObservedCacheUser>());

    private static (Part Part, bool IsUsable) Keep(
        DesiredBranch branch,
        ObservedCaches seen,
        params DesiredBranch[] others
    ) =>
        CachePlanner.Keep(
            new Sight(Scene.Desired([branch, .. others]), Scene.Observed() with { Caches = Observation.Known(seen) }),
            branch,
            Wanted.Units(branch).Filter(unit => unit.Release.Id == Needy.Id)
        );
}
