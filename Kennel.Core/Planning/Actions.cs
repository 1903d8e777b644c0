using Kennel.Core.Domain;
using Kennel.Core.Forge;
using Kennel.Core.Lifecycle;
using Kennel.Core.Routing;
using Kennel.Core.Secrets;
using Kennel.Core.Units;

namespace Kennel.Core.Planning;

/// <summary>
/// One change of the world or one fact to record. An action carries every name, port and path it needs and what it
/// assumes; it leaves no choice to whoever executes it. Closed.
/// </summary>
public abstract record Action
{
    private Action() { }

    /// <summary>What is recorded in the state database and changes nothing else.</summary>
    public abstract record StoreChange : Action
    {
        private protected StoreChange() { }
    }

    /// <summary>Store: gives a port to a unit, before the unit starts.</summary>
    public sealed record LeasePort(Port Port, UnitName Unit, BranchId Branch) : StoreChange;

    /// <summary>Store: notes that the unit that had the port is gone; the port begins to cool.</summary>
    public sealed record ReleasePort(Port Port, UnitName Unit) : StoreChange;

    /// <summary>Store: forgets a lease that has cooled.</summary>
    public sealed record ForgetLease(Port Port, UnitName Unit) : StoreChange;

    /// <summary>systemd: starts a transient unit; it must not exist.</summary>
    /// <param name="Unit">The unit.</param>
    /// <param name="Properties">All its properties, environment included.</param>
    public sealed record StartUnit(UnitName Unit, Seq<UnitProperty> Properties) : Action;

    /// <summary>systemd: stops a unit; one that is gone counts as stopped.</summary>
    public sealed record StopUnit(UnitName Unit) : Action;

    /// <summary>systemd: forgets a failed unit, after what it tells was recorded.</summary>
    public sealed record ResetUnit(UnitName Unit) : Action;

    /// <summary>Store: the step of a release is about to be started, in this start of the machine.</summary>
    public sealed record RecordStepBegun(ReleaseId Release, BootId Boot, DateTimeOffset At) : StoreChange;

    /// <summary>Store: the step of a release ended well.</summary>
    public sealed record RecordStepDone(ReleaseId Release, DateTimeOffset At) : StoreChange;

    /// <summary>Store: a release was seen ready for the first time in this start of its unit.</summary>
    public sealed record RecordReady(ReleaseId Release, FirstReady Ready) : StoreChange;

    /// <summary>Store: a release proved good.</summary>
    public sealed record RecordAccepted(ReleaseId Release, DateTimeOffset At) : StoreChange;

    /// <summary>Store: a release proved bad; the last lines its unit logged are kept with it.</summary>
    public sealed record RecordRejected(ReleaseId Release, Option<UnitName> Unit, Cause Cause, DateTimeOffset At)
        : StoreChange;

    /// <summary>Store: a unit that had proved good was found failed; its last lines are kept.</summary>
    /// <param name="Branch">Its branch.</param>
    /// <param name="Unit">The unit.</param>
    /// <param name="Count">How many times in a row; the next start waits longer with each.</param>
    /// <param name="Cause">How it ended.</param>
    /// <param name="At">When it was found.</param>
    public sealed record RecordCrash(BranchId Branch, UnitName Unit, int Count, Cause Cause, DateTimeOffset At)
        : StoreChange;

    /// <summary>Store: from now on the branch serves the targets of all its components, in one transaction.</summary>
    public sealed record RecordServing(BranchId Branch, Seq<ServingChange> Changes, DateTimeOffset At) : StoreChange;

    /// <summary>Store: forgets a deployment whose component is no longer built and of which nothing remains.</summary>
    public sealed record ForgetDeployment(DeploymentId Deployment) : StoreChange;

    /// <summary>Caddy: switches to another routing table in one step, if all still is as it was seen.</summary>
    /// <param name="Place">Where Caddy is to be led to the table, if it is not yet.</param>
    /// <param name="Version">The state of the table that must still hold.</param>
    /// <param name="Table">All rows.</param>
    public sealed record WriteRoutes(RoutingPlace Place, string Version, RoutingTable Table) : Action;

    /// <summary>Nix: protects a store path from garbage collection; it must exist.</summary>
    public sealed record AddRoot(RootName Root, StorePath Path) : Action;

    /// <summary>Nix: gives a store path up.</summary>
    public sealed record RemoveRoot(RootName Root) : Action;

    /// <summary>Git: begins to fetch what a build needs into the project's mirror; ends later, as an observation.</summary>
    public sealed record StartFetch(
        BuildId Build,
        DesiredProject Project,
        Branch Reference,
        Option<CommitId> RequestedCommit
    ) : Action;

    /// <summary>Git: begins to ask a repository for its references; ends later, as an observation.</summary>
    /// <param name="Project">The project.</param>
    /// <param name="Deliveries">The deliveries that want to know.</param>
    /// <param name="PullRequests">The pull requests to ask for, besides all branches.</param>
    public sealed record StartListing(DesiredProject Project, Set<DeliveryId> Deliveries, Set<int> PullRequests)
        : Action;

    /// <summary>Store: deliveries of one project, or a look at its repository, are handled; what they ask for is written in the same transaction.</summary>
    /// <param name="Project">The project; none where they belong to no project.</param>
    /// <param name="Ends">What became of each.</param>
    /// <param name="PullRequests">How pull requests stand now.</param>
    /// <param name="Intents">What is to be deployed and what is to go.</param>
    /// <param name="Heads">The heads that were seen, so that they are not news again.</param>
    /// <param name="At">When.</param>
    public sealed record RecordDeliveries(
        Option<ProjectId> Project,
        Seq<DeliveryEnd> Ends,
        Seq<PullRequest> PullRequests,
        Seq<BranchIntent> Intents,
        Map<Branch, CommitId> Heads,
        DateTimeOffset At
    ) : StoreChange;

    /// <summary>Store: a repository registers itself with its first valid delivery.</summary>
    /// <param name="Delivery">The delivery.</param>
    /// <param name="Name">What the project is to be called.</param>
    /// <param name="Repository">The repository.</param>
    /// <param name="At">When.</param>
    public sealed record RegisterProject(
        DeliveryId Delivery,
        ProjectName Name,
        ForgeRepository Repository,
        DateTimeOffset At
    ) : StoreChange;

    /// <summary>Nix: begins to remove what nothing needs from the store; ends later, as an observation.</summary>
    public sealed record CollectGarbage : Action;

    /// <summary>Store: the build's commit is known and its unit is about to be started.</summary>
    public sealed record RecordBuilding(BuildId Build, CommitId Commit, DateTimeOffset At) : StoreChange;

    /// <summary>Files: makes the directory a build unit writes to and its empty log.</summary>
    public sealed record MakeBuildDirectory(BuildId Build) : Action;

    /// <summary>Files: removes a build's directory, after its result was recorded.</summary>
    public sealed record RemoveBuildDirectory(BuildId Build) : Action;

    /// <summary>
    /// Store: all components have their path; claims, releases and targets change in one transaction. The build ran, or
    /// waited in the queue while the same commit was built for another branch.
    /// </summary>
    public sealed record RecordBuilt(BuildId Build, CommitId Commit, BuildResult.Built Result, DateTimeOffset At)
        : StoreChange
    {
        /// <summary>The secrets that its releases are given.</summary>
        public Option<ReleaseSecrets> Secrets { get; init; }
    }

    /// <summary>Secrets: begins to read what the store has for a build; ends later, as an observation.</summary>
    public sealed record StartReadingSecrets(BuildId Build, SecretPlan Plan) : Action;

    /// <summary>Secrets: puts those of a generation in memory, in the versions that it was recorded with.</summary>
    public sealed record WriteSecrets(UnitName Unit, UnitSecrets Secrets) : Action;

    /// <summary>Secrets: removes those of a generation whose unit is gone.</summary>
    public sealed record RemoveSecrets(UnitName Unit) : Action;

    /// <summary>Store: the build is at its end.</summary>
    public sealed record RecordBuildEnd(BuildId Build, BuildState State, Option<Cause> Cause, DateTimeOffset At)
        : StoreChange;

    /// <summary>Store: the reference has moved since the delivery that led to the build, which is now of this commit.</summary>
    public sealed record RecordMoved(BuildId Build, CommitId Head) : StoreChange;

    /// <summary>Store: the build vanished with its unit and waits for its turn again.</summary>
    public sealed record RequeueBuild(BuildId Build) : StoreChange;

    /// <summary>Files: removes what Kennel kept and nothing refers to.</summary>
    public sealed record RemoveFile(KeptFile File) : Action;

    /// <summary>Store: forgets what a person gave up, for it was seen gone.</summary>
    /// <param name="Names">As <see cref="OrphanPlanner"/> calls them.</param>
    public sealed record ForgetGivenUp(Seq<string> Names) : StoreChange;

    /// <summary>Store: when branches were last used.</summary>
    /// <param name="Uses">The last use of each.</param>
    /// <param name="At">When that was found; what was stored and is much later is wrong.</param>
    public sealed record RecordActivity(Map<BranchId, DateTimeOffset> Uses, DateTimeOffset At) : StoreChange;

    /// <summary>Store: how long requests have been observed without a gap; none where they are not.</summary>
    public sealed record RecordWatch(Option<ActivityWatch> Watch) : StoreChange;

    /// <summary>Store: a branch was found due because nobody uses it; nothing happens to it yet.</summary>
    public sealed record MarkExpiring(BranchId Branch, ExpiryKind Kind, DateTimeOffset At) : StoreChange;

    /// <summary>Store: a branch that was found due is not due any more.</summary>
    public sealed record ClearExpiring(BranchId Branch) : StoreChange;

    /// <summary>Store: a branch that was marked for it hibernates from now on.</summary>
    /// <param name="Branch">The branch.</param>
    /// <param name="MarkedAt">When it was marked; the mark must still stand.</param>
    /// <param name="At">When.</param>
    public sealed record Hibernate(BranchId Branch, DateTimeOffset MarkedAt, DateTimeOffset At) : StoreChange;

    /// <summary>Store: a branch that was marked for it is to be removed.</summary>
    /// <param name="Branch">The branch.</param>
    /// <param name="MarkedAt">When it was marked; the mark must still stand.</param>
    /// <param name="Reason">Why, for people.</param>
    /// <param name="At">When.</param>
    public sealed record ExpireBranch(BranchId Branch, DateTimeOffset MarkedAt, string Reason, DateTimeOffset At)
        : StoreChange;

    /// <summary>Store: all that serves of a branch that was waking answers.</summary>
    /// <param name="Branch">The branch.</param>
    /// <param name="WakingSince">Since when it was waking.</param>
    public sealed record RecordAwake(BranchId Branch, DateTimeOffset WakingSince) : StoreChange;

    /// <summary>Store: a branch is about to get a part of a data service; recorded before anything of it is made.</summary>
    public sealed record RecordResource(BranchId Branch, Resource Resource, DateTimeOffset At) : StoreChange;

    /// <summary>Store: a resource is complete and may be used.</summary>
    public sealed record RecordResourcePresent(BranchId Branch, Resource Resource) : StoreChange;

    /// <summary>Store: what somebody wanted anew is gone, and may be made again.</summary>
    public sealed record RecordResourceWanted(BranchId Branch, Resource Resource) : StoreChange;

    /// <summary>Store: forgets a resource of which nothing is left; goes last.</summary>
    public sealed record ForgetResource(BranchId Branch, Resource Resource) : StoreChange;

    /// <summary>PostgreSQL: makes a role that may log in, with the mark; one with the same mark counts as made.</summary>
    public sealed record CreateRole(RoleName Role, InstanceId Instance, string Title) : Action;

    /// <summary>PostgreSQL: makes a database that nobody can connect to yet; one of the same owner counts as made.</summary>
    public sealed record CreateDatabase(DatabaseName Database, RoleName Owner) : Action
    {
        /// <summary>The database that it is a copy of; without one it is empty.</summary>
        public Option<TemplateName> Template { get; init; }
    }

    /// <summary>PostgreSQL: makes all that the copy of a template has its owner's; what is the owner's already stays so.</summary>
    public sealed record AdoptObjects(DatabaseName Database, RoleName Owner, TemplateName Template) : Action;

    /// <summary>PostgreSQL: marks a database, closes it to all others, sets its limits, and opens it to its owner.</summary>
    public sealed record PrepareDatabase(
        DatabaseName Database,
        RoleName Owner,
        InstanceId Instance,
        string Title,
        DatabaseLimits Limits
    ) : Action;

    /// <summary>PostgreSQL: adds extensions to a database, as its owner, and notes them in its mark; those that are there count as added.</summary>
    public sealed record AddExtensions(
        DatabaseName Database,
        RoleName Owner,
        InstanceId Instance,
        string Title,
        Set<ExtensionName> Extensions
    ) : Action;

    /// <summary>PostgreSQL: begins to dump a database into a file; ends later, as an observation.</summary>
    public sealed record StartDump(DatabaseName Database, DumpName Dump) : Action;

    /// <summary>Files: removes an old dump.</summary>
    public sealed record RemoveDump(DumpName Dump) : Action;

    /// <summary>PostgreSQL: ends all connections and drops a database; one that is gone counts as dropped.</summary>
    /// <param name="Database">The database.</param>
    /// <param name="Owner">Its owner, as it was seen.</param>
    /// <param name="Number">PostgreSQL's own number of it, as it was seen: never another one of the same name.</param>
    public sealed record DropDatabase(DatabaseName Database, string Owner, uint Number) : Action;

    /// <summary>PostgreSQL: drops a role that carries the mark of this instance; one that is gone counts as dropped.</summary>
    public sealed record DropRole(RoleName Role, InstanceId Instance) : Action;

    /// <summary>Valkey: removes all keys of a database, unless another user of Kennel's has it; an empty one counts as emptied.</summary>
    public sealed record EmptyCache(CacheUser User, CacheNumber Database) : Action;

    /// <summary>Valkey: makes the user who may use this database and no other, or makes him so again.</summary>
    public sealed record AdmitCacheUser(CacheUser User, CacheNumber Database) : Action;

    /// <summary>Valkey: ends all connections of a user and removes him; one who is gone counts as removed.</summary>
    public sealed record DropCacheUser(CacheUser User) : Action;

    /// <summary>Garage: makes a key with the mark; one with the same mark counts as made.</summary>
    public sealed record CreateBucketKey(BucketKeyMark Mark) : Action;

    /// <summary>Garage: makes a bucket that the key with the mark may use.</summary>
    public sealed record CreateBucket(BucketKeyMark Mark) : Action;

    /// <summary>Garage: lets the key with the mark do everything in its bucket.</summary>
    public sealed record OpenBucket(BucketKeyMark Mark) : Action;

    /// <summary>Garage: removes objects and unfinished uploads, as many as a few seconds allow.</summary>
    /// <param name="Bucket">The bucket.</param>
    /// <param name="Id">Garage's own name of it, as it was seen: never another one of the same name.</param>
    /// <param name="Maker">Whose it is.</param>
    public sealed record EmptyBucket(BucketName Bucket, string Id, InstanceId Maker) : Action;

    /// <summary>Garage: drops an empty bucket; one that is gone counts as dropped.</summary>
    /// <param name="Bucket">The bucket.</param>
    /// <param name="Id">Garage's own name of it, as it was seen.</param>
    /// <param name="Maker">Whose it is.</param>
    public sealed record DropBucket(BucketName Bucket, string Id, InstanceId Maker) : Action;

    /// <summary>Garage: drops a key with this mark; one that is gone counts as dropped.</summary>
    public sealed record DropBucketKey(BucketKeyMark Mark, string Id) : Action;

    /// <summary>DNS: makes a record for a custom domain; the name must lead nowhere.</summary>
    /// <param name="Zone">The zone.</param>
    /// <param name="Name">The domain.</param>
    /// <param name="Content">Where it is to lead.</param>
    /// <param name="Mark">The instance that it is marked with.</param>
    public sealed record CreateRecord(HostName Zone, HostName Name, RecordContent Content, InstanceId Mark) : Action;

    /// <summary>DNS: removes a record, if it still is just this one.</summary>
    public sealed record RemoveRecord(DnsRecord Record) : Action;

    /// <summary>Files: writes the file that tells other services which custom domains are served.</summary>
    public sealed record WriteDomainsFile(string Path, Seq<HostName> Domains) : Action;

    /// <summary>Store: a branch takes a custom domain that its releases declare and that became free.</summary>
    public sealed record ClaimDomain(HostName Domain, DomainHolder Holder) : StoreChange;

    /// <summary>Store: a custom domain that nothing declares any more is free again, after all of it was seen gone.</summary>
    public sealed record ReleaseDomain(HostName Domain, DomainHolder Holder) : StoreChange;

    /// <summary>Store: forgets a removed branch, its claims and its history, when nothing of it remains.</summary>
    public sealed record ForgetBranch(BranchId Branch) : StoreChange;
}

/// <summary>What one deployment serves after a switch.</summary>
public sealed record ServingChange(DeploymentId Deployment, Option<ReleaseId> Serving);
