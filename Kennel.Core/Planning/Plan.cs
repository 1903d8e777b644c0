using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>What one pass is going to do, and why it does nothing where it does nothing.</summary>
/// <param name="Strands">Steps in order within a strand; strands do not depend on each other.</param>
/// <param name="Routes">The one write to Caddy, after all strands.</param>
/// <param name="Notes">What waits and what is blocked.</param>
/// <param name="NextLookAt">When to look again even if nothing happens.</param>
public sealed record Plan(
    Seq<Strand> Strands,
    Option<PlannedAction> Routes,
    Seq<Note> Notes,
    Option<DateTimeOffset> NextLookAt
)
{
    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Strands.ForAll(strand => strand.Steps.IsEmpty) && Routes.IsNone;

    /// <summary>All actions.</summary>
    public Seq<PlannedAction> Actions => Joined(Strands.Bind(strand => strand.Steps), Routes.ToSeq());
}

/// <summary>Steps that must happen in order; the first that fails ends the strand for this pass.</summary>
/// <param name="Subject">Whose steps they are.</param>
/// <param name="Steps">The steps.</param>
public sealed record Strand(Subject Subject, Seq<PlannedAction> Steps);

/// <summary>An action with the reason for it.</summary>
/// <param name="Subject">Whom it is for.</param>
/// <param name="Action">What to do.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record PlannedAction(Subject Subject, Action Action, string Reason);

/// <summary>Whom a step or a note is about.</summary>
public abstract record Subject
{
    private Subject() { }

    /// <summary>A branch.</summary>
    public sealed record OfBranch(BranchId Id, string Title) : Subject;

    /// <summary>A build of a branch.</summary>
    public sealed record OfBuild(BuildId Id, BranchId Branch, string Title) : Subject;

    /// <summary>A project, whatever the branch.</summary>
    public sealed record OfProject(ProjectId Id, string Title) : Subject;

    /// <summary>The host as a whole.</summary>
    public sealed record Host : Subject;

    /// <summary>The subject, for people.</summary>
    public sealed override string ToString() =>
        this switch
        {
            OfBranch branch => branch.Title,
            OfBuild build => $"build {build.Id.Value} of {build.Title}",
            OfProject project => project.Title,
            Host => "host",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}

/// <summary>Why nothing happens: as data, so that <c>plan</c> and <c>why</c> can tell.</summary>
public abstract record Note(Subject Subject)
{
    /// <summary>It will go on by itself.</summary>
    /// <param name="Subject">Whom it is about.</param>
    /// <param name="On">What it waits for.</param>
    public sealed record Waiting(Subject Subject, WaitingOn On) : Note(Subject);

    /// <summary>It needs somebody.</summary>
    /// <param name="Subject">Whom it is about.</param>
    /// <param name="By">What is in the way.</param>
    public sealed record Blocked(Subject Subject, BlockedBy By) : Note(Subject);

    /// <summary>Something was found that is not this database's: it is left as it is.</summary>
    /// <param name="Subject">The host.</param>
    /// <param name="What">The unit, host name or directory.</param>
    public sealed record Orphan(Subject Subject, string What) : Note(Subject);
}

/// <summary>What something waits for.</summary>
public abstract record WaitingOn
{
    private WaitingOn() { }

    /// <summary>A system that could not be seen.</summary>
    public sealed record Sight(string System, string Reason) : WaitingOn;

    /// <summary>A generation on trial.</summary>
    public sealed record Ready(UnitName Unit, string LastAnswer, DateTimeOffset Deadline) : WaitingOn;

    /// <summary>A generation that is ready and must stay up a little.</summary>
    public sealed record StayingUp(UnitName Unit, DateTimeOffset Until) : WaitingOn;

    /// <summary>The step of a release, which runs before anything of it is started.</summary>
    /// <param name="Component">Whose step.</param>
    /// <param name="Unit">Where it runs.</param>
    /// <param name="Since">Since when.</param>
    /// <param name="Deadline">When it is ended.</param>
    public sealed record Step(ComponentName Component, UnitName Unit, DateTimeOffset Since, DateTimeOffset Deadline)
        : WaitingOn;

    /// <summary>The step of a release that is wanted no more; it is not cut off, and no other begins meanwhile.</summary>
    public sealed record EarlierStep(UnitName Unit) : WaitingOn;

    /// <summary>Another generation of a stateful service, which must be gone first.</summary>
    public sealed record Predecessor(UnitName Unit) : WaitingOn;

    /// <summary>An old generation that finishes its requests.</summary>
    public sealed record Drain(UnitName Unit, DateTimeOffset Until) : WaitingOn;

    /// <summary>A unit that is on its way up or down.</summary>
    public sealed record UnitChange(UnitName Unit, UnitState State) : WaitingOn;

    /// <summary>The next try after a failure.</summary>
    public sealed record Retry(string What, string Error, DateTimeOffset At) : WaitingOn;

    /// <summary>The fetch of a commit.</summary>
    public sealed record Fetch : WaitingOn;

    /// <summary>A running build.</summary>
    public sealed record Build(BuildId Id) : WaitingOn;

    /// <summary>Its turn: as many builds run as may.</summary>
    public sealed record Turn(int BuildsMax) : WaitingOn;

    /// <summary>An older build of the same branch, which is being ended.</summary>
    public sealed record OlderBuild(BuildId Id) : WaitingOn;

    /// <summary>A build of the same commit for another branch, whose result will do for this one.</summary>
    public sealed record SameCommit(BuildId Id) : WaitingOn;

    /// <summary>Room on a disk.</summary>
    /// <param name="Space">What there is.</param>
    /// <param name="NeededBytes">What must be free.</param>
    /// <param name="Problem">Why garbage collection could not make room, if it failed.</param>
    public sealed record Room(FreeSpace Space, long NeededBytes, Option<string> Problem) : WaitingOn;

    /// <summary>The secret store's answer.</summary>
    /// <param name="Folder">What is asked for.</param>
    public sealed record Secrets(string Folder) : WaitingOn;

    /// <summary>The repository's answer what references it has.</summary>
    public sealed record Listing(ProjectName Project) : WaitingOn;

    /// <summary>The route that must change first.</summary>
    public sealed record RouteChange : WaitingOn;

    /// <summary>A second look at a branch that nobody seems to use.</summary>
    public sealed record SecondLook(Lifecycle.ExpiryKind Kind, DateTimeOffset Until) : WaitingOn;

    /// <summary>Its turn: branches that nobody uses are removed one at a time, with a pause in between.</summary>
    public sealed record ExpiryTurn : WaitingOn;

    /// <summary>A generation of a branch that is waking.</summary>
    public sealed record Waking(UnitName Unit, string LastAnswer) : WaitingOn;

    /// <summary>The removal of an earlier incarnation.</summary>
    public sealed record EarlierRemoval(string Title) : WaitingOn;

    /// <summary>The dump of a database, before anything may happen to it.</summary>
    public sealed record Dump(DatabaseName Database) : WaitingOn;

    /// <summary>The end of a dump that nobody needs any more.</summary>
    public sealed record DumpEnd(DumpName Name) : WaitingOn;

    /// <summary>The database that is being filled.</summary>
    /// <param name="Start">What with.</param>
    /// <param name="Unit">Where.</param>
    public sealed record Copy(PreviewDatabase Start, UnitName Unit) : WaitingOn;

    /// <summary>Somebody who gives up the pin: what is built is not deployed until then.</summary>
    /// <param name="Id">The build that the branch is pinned to.</param>
    /// <param name="Title">The branch.</param>
    public sealed record Pin(BuildId Id, string Title) : WaitingOn;

    /// <summary>Somebody who unlocks the project.</summary>
    /// <param name="Project">The project.</param>
    /// <param name="Reason">Why it is locked.</param>
    public sealed record Lock(ProjectName Project, string Reason) : WaitingOn;
}

/// <summary>What is in the way.</summary>
public abstract record BlockedBy
{
    private BlockedBy() { }

    /// <summary>The target release was rejected; the serving one stays.</summary>
    public sealed record Rejection(ComponentName Component, CauseRecord Cause) : BlockedBy;

    /// <summary>An earlier release is to serve again and does not get ready; the serving one stays.</summary>
    public sealed record NotReadyAgain(ComponentName Component, BuildId Build, string Error) : BlockedBy;

    /// <summary>A unit that Kennel did not make has the name it needs.</summary>
    public sealed record ForeignUnit(UnitName Unit) : BlockedBy;

    /// <summary>A database or role that Kennel did not make, or another Kennel did, has the name it needs.</summary>
    /// <param name="What">Which.</param>
    /// <param name="Owner">Whose it is, as far as that can be seen.</param>
    public sealed record ForeignResource(string What, string Owner) : BlockedBy;

    /// <summary>Something that was complete once is gone, and Kennel did not remove it.</summary>
    /// <param name="What">What is gone.</param>
    /// <param name="Title">The branch.</param>
    public sealed record ResourceLost(string What, string Title) : BlockedBy;

    /// <summary>Valkey has no database for it: none is free, or it has fewer by now.</summary>
    public sealed record NoCache(int DatabasesMax) : BlockedBy;

    /// <summary>Its database may not, or cannot, start as the copy that its manifest asks for.</summary>
    public sealed record NoCopy(CauseRecord Cause) : BlockedBy;

    /// <summary>Every port of the range is taken.</summary>
    public sealed record NoPort(Port First, Port Last) : BlockedBy;

    /// <summary>Caddy has no server on the configured port.</summary>
    public sealed record NoServer(Port Port, string Listens) : BlockedBy;

    /// <summary>The routing table could not be written, again and again.</summary>
    public sealed record RoutesRefused(string Error) : BlockedBy;

    /// <summary>The repository has the branch no more, and no delivery told that it was deleted.</summary>
    public sealed record BranchMissing(string Title) : BlockedBy;

    /// <summary>Another branch holds the custom domain; it is served without it.</summary>
    /// <param name="Domain">The domain.</param>
    /// <param name="Owner">Who has it, as people call it.</param>
    public sealed record DomainTaken(HostName Domain, string Owner) : BlockedBy;

    /// <summary>A record of the custom domain's that Kennel did not make leads elsewhere.</summary>
    public sealed record ForeignRecord(HostName Domain, RecordContent Content) : BlockedBy;

    /// <summary>The plan itself broke a rule and was not executed.</summary>
    public sealed record BadPlan(string Finding) : BlockedBy;
}
