using Kennel.Core.Domain;
using Kennel.Core.Forge;
using Kennel.Core.Lifecycle;

namespace Kennel.Core.Planning;

/// <summary>All intent and all recorded facts, as one immutable value: what the store says.</summary>
/// <param name="Settings">The host's configuration.</param>
/// <param name="Projects">Every registered repository, those being removed included.</param>
/// <param name="Branches">Every branch that has a row, those being removed included.</param>
/// <param name="Builds">Builds that are not at their end, oldest first.</param>
/// <param name="LastStarts">When a build of each project was started last; empty when none is queued.</param>
/// <param name="Inbox">Deliveries that were not handled yet, oldest first.</param>
/// <param name="PullRequests">The pull requests that are open or that a delivery is about.</param>
/// <param name="Heads">The commit that the forge's word last led to, by project and branch.</param>
/// <param name="Leases">The ports given to units, cooling ones included.</param>
/// <param name="ClaimedHosts">Every host name that has an owner.</param>
/// <param name="Attempts">Failed actions and crashes since their last success, by key.</param>
/// <param name="Damage">Rows that could not be read, each with what is wrong; nothing is concluded from their absence.</param>
public sealed record Desired(
    Settings Settings,
    Seq<DesiredProject> Projects,
    Seq<DesiredBranch> Branches,
    Seq<DesiredBuild> Builds,
    Map<ProjectId, DateTimeOffset> LastStarts,
    Seq<Delivery> Inbox,
    Map<(ProjectId Project, int Number), PullRequest> PullRequests,
    Map<(ProjectId Project, Branch Branch), CommitId> Heads,
    Map<Port, Lease> Leases,
    Set<HostName> ClaimedHosts,
    Map<ActionKey, Attempts> Attempts,
    Seq<string> Damage
)
{
    /// <summary>The builds that are built and do not serve yet.</summary>
    public Set<BuildId> WaitingBuilds =>
        toSet(Builds.Filter(build => build.State == BuildState.Built).Map(build => build.Id));

    /// <summary>Orphans that a person gave up by name, as <see cref="OrphanPlanner"/> calls them.</summary>
    public Set<string> GivenUp { get; init; }

    /// <summary>The custom domains that are held, and by whom.</summary>
    public Map<HostName, DomainHolder> Domains { get; init; }

    /// <summary>How long requests have been observed without a gap; none where they never were.</summary>
    public Option<ActivityWatch> Watch { get; init; }
}

/// <summary>One branch: the root of all intent.</summary>
/// <param name="Id">The store's number; a branch that comes back gets a new one.</param>
/// <param name="Project">Its project.</param>
/// <param name="Branch">What it follows.</param>
/// <param name="Environment">What it is for.</param>
/// <param name="Role">The claimed name its units run under.</param>
/// <param name="Stems">The unit stems it holds, those of components that are no longer declared included.</param>
/// <param name="Removed">When and why it is to go, if it is.</param>
/// <param name="Newest">The commit of its newest build, or the one that build was queued for.</param>
/// <param name="Deployments">Its components.</param>
public sealed record DesiredBranch(
    BranchId Id,
    DesiredProject Project,
    Branch Branch,
    DeployEnvironment Environment,
    Option<RoleName> Role,
    Seq<UnitStem> Stems,
    Option<Removal> Removed,
    Option<CommitId> Newest,
    Seq<DesiredDeployment> Deployments
)
{
    /// <summary>What people and time have made of it.</summary>
    public BranchLife Life { get; init; } = BranchLife.New;

    /// <summary>Whether it is being removed; what is locked stays as it is, marked or not.</summary>
    public bool IsLeaving => Removed.IsSome && Project.Lock.IsNone;

    /// <summary>The name that was claimed for its database.</summary>
    public Option<DatabaseName> Database { get; init; }

    /// <summary>The name that was claimed for its bucket.</summary>
    public Option<BucketName> Bucket { get; init; }

    /// <summary>What the ledger says that it has of data services.</summary>
    public Seq<DesiredResource> Resources { get; init; }

    /// <summary>Whom its steps are for.</summary>
    public Subject Subject => new Subject.OfBranch(Id, Title);

    /// <summary>How people call it: <c>project/branch</c>.</summary>
    public string Title => $"{Project.Name}/{Branch}";
}

/// <summary>A registered repository.</summary>
/// <param name="Id">The store's number.</param>
/// <param name="Name">Its name.</param>
/// <param name="CloneUrl">Where it is fetched from.</param>
/// <param name="DefaultBranch">The branch that is production.</param>
/// <param name="RepositoryId">The forge's number, once a delivery told it.</param>
/// <param name="Environments">The environments it is deployed to; what belongs to others is left alone.</param>
/// <param name="IsBeingRemoved">Whether it is on its way out.</param>
public sealed record DesiredProject(
    ProjectId Id,
    ProjectName Name,
    string CloneUrl,
    BranchName DefaultBranch,
    Option<long> RepositoryId,
    Set<DeployEnvironment> Environments,
    bool IsBeingRemoved
)
{
    /// <summary>Whether, and why, it is frozen.</summary>
    public Option<ProjectLock> Lock { get; init; }

    /// <summary>What it is called in the secret store, where that is not its name.</summary>
    public Option<ProjectName> SecretsProject { get; init; }

    /// <summary>After how long without activity its branches hibernate, where it says so itself; zero for never.</summary>
    public Option<TimeSpan> HibernateAfter { get; init; }

    /// <summary>After how long without activity its branches are removed, where it says so itself; zero for never.</summary>
    public Option<TimeSpan> RemoveAfter { get; init; }
}

/// <summary>A branch's removal: a mark that a person or the forge set, never an absence.</summary>
public sealed record Removal(DateTimeOffset At, string Reason);

/// <summary>One component of a branch.</summary>
/// <param name="Id">The store's number.</param>
/// <param name="Component">Its name in the manifest.</param>
/// <param name="Stem">The claimed first part of its unit names.</param>
/// <param name="Target">The release of the newest build; none when that build no longer has the component.</param>
/// <param name="Serving">The release that traffic is sent to.</param>
/// <param name="ServingSince">When that was decided.</param>
/// <param name="Releases">The target, the serving and the last ten releases, and those of builds that wait, newest first.</param>
public sealed record DesiredDeployment(
    DeploymentId Id,
    ComponentName Component,
    UnitStem Stem,
    Option<ReleaseId> Target,
    Option<ReleaseId> Serving,
    Option<DateTimeOffset> ServingSince,
    Seq<Release> Releases
)
{
    /// <summary>The target release.</summary>
    public Option<Release> TargetRelease => Target.Bind(Find);

    /// <summary>The serving release.</summary>
    public Option<Release> ServingRelease => Serving.Bind(Find);

    /// <summary>The unit in which a release of this deployment runs.</summary>
    public UnitName Unit(Release release) => UnitName.OfGeneration(Stem, release.Digest);

    private Option<Release> Find(ReleaseId id) => Releases.Find(release => release.Id == id);
}

/// <summary>A port given to one unit.</summary>
/// <param name="Port">The port.</param>
/// <param name="Unit">The unit it was given to.</param>
/// <param name="Branch">The branch the unit belongs to.</param>
/// <param name="Since">When it was given.</param>
/// <param name="ReleasedAt">When the unit was seen gone; the port then cools before it is given again.</param>
public sealed record Lease(
    Port Port,
    UnitName Unit,
    BranchId Branch,
    DateTimeOffset Since,
    Option<DateTimeOffset> ReleasedAt
);

/// <summary>What an action does and to whom, as one text: failures of the same action add up under it.</summary>
public sealed record ActionKey(string Value) : IComparable<ActionKey>
{
    /// <inheritdoc/>
    public int CompareTo(ActionKey? other) => string.CompareOrdinal(Value, other?.Value);
}

/// <summary>How often in a row something failed, and when last.</summary>
public sealed record Attempts(int Count, DateTimeOffset LastAt, string Error);
