using System.Diagnostics;
using System.Globalization;
using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>A note for people.</summary>
/// <param name="Kind"><c>waiting</c>, <c>blocked</c> or <c>orphan</c>.</param>
/// <param name="Code">A stable word with hyphens, such as <c>no-port</c>.</param>
/// <param name="What">What waits for what, or what is in the way.</param>
/// <param name="Until">When it ends at the latest, where that is known.</param>
/// <param name="Remedy">What somebody can do; nothing where it goes on by itself.</param>
public sealed record NoteText(
    string Kind,
    string Code,
    string What,
    Option<DateTimeOffset> Until,
    Option<string> Remedy
);

/// <summary>Why nothing happens, for people.</summary>
public static class NotePrinting
{
    /// <summary>A note, for people.</summary>
    public static NoteText Describe(this Note note) =>
        note switch
        {
            Note.Waiting it => Describe(it.On),
            Note.Blocked it => Describe(it.By),
            Note.Orphan it => new NoteText(
                "orphan",
                "orphan",
                $"{it.What} carries Kennel's mark and no row of this database owns it; it is left as it is",
                None,
                Some("Look whether anybody needs it; if not: kennel gc --orphans")
            ),
            _ => throw new UnreachableException(),
        };

    private static NoteText Describe(WaitingOn on) =>
        on switch
        {
            WaitingOn.Sight it => Waiting("sight", $"{it.System} could not be looked at: {it.Reason}", None),
            WaitingOn.Ready it => Waiting(
                "ready",
                $"{it.Unit} is on trial and not ready yet; last answer: {it.LastAnswer}",
                Some(it.Deadline)
            ),
            WaitingOn.StayingUp it => Waiting("staying-up", $"{it.Unit} is ready and must stay up", Some(it.Until)),
            WaitingOn.Step it => Waiting(
                "step",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"preDeploy of {it.Component} runs since {it.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC ({it.Unit})"
                ),
                Some(it.Deadline)
            ),
            WaitingOn.EarlierStep it => Waiting(
                "earlier-step",
                $"preDeploy of an earlier release must end first ({it.Unit})",
                None
            ),
            WaitingOn.Predecessor it => Waiting(
                "predecessor",
                $"the service is stateful: {it.Unit} must stop before another generation starts",
                None
            ),
            WaitingOn.Drain it => Waiting("drain", $"{it.Unit} finishes its last requests", Some(it.Until)),
            WaitingOn.UnitChange it => Waiting("unit-change", $"{it.Unit} is {it.State.Word()}", None),
            WaitingOn.Retry it => Waiting("retry", $"{it.What} failed and is tried again: {it.Error}", Some(it.At)),
            _ => DescribeTurn(on),
        };

    private static NoteText DescribeTurn(WaitingOn on) =>
        on switch
        {
            WaitingOn.Fetch => Waiting("fetch", "the commit is being fetched", None),
            WaitingOn.Build it => Waiting("build", $"build {it.Id.Value} is running", None),
            WaitingOn.Turn it => Waiting("turn", $"as many builds run as may ({it.BuildsMax})", None),
            WaitingOn.OlderBuild it => Waiting(
                "older-build",
                $"build {it.Id.Value} of this branch must end first",
                None
            ),
            WaitingOn.SameCommit it => Waiting("same-commit", $"build {it.Id.Value} is building the same commit", None),
            WaitingOn.Room it => Waiting(
                "room",
                $"{Mebibytes(it.Space.FreeBytes)} MiB are free at {it.Space.Path}; a build begins with {Mebibytes(it.NeededBytes)} MiB"
                    + it.Problem.Match(why => $"; garbage collection failed: {why}", () => ""),
                None
            ),
            WaitingOn.Secrets it => Waiting("secrets", $"the secret store is being asked for {it.Folder}", None),
            WaitingOn.Listing it => Waiting("listing", $"the repository of {it.Project} is being asked", None),
            WaitingOn.RouteChange => Waiting("route-change", "the route must change first", None),
            WaitingOn.SecondLook it => Waiting(
                "second-look",
                $"nobody seems to use it: unless somebody does, it {RestPrinting.Fate(it.Kind)}",
                Some(it.Until)
            ),
            WaitingOn.ExpiryTurn => Waiting(
                "expiry-turn",
                "nobody uses it, and it is removed when it is its turn: such branches go one at a time",
                None
            ),
            WaitingOn.Waking it => Waiting("waking", $"{it.Unit} is waking; last answer: {it.LastAnswer}", None),
            WaitingOn.EarlierRemoval it => Waiting(
                "earlier-removal",
                $"what is left of the removed {it.Title} must go first",
                None
            ),
            WaitingOn.Dump it => Waiting("dump", $"the database {it.Database} is being dumped first", None),
            WaitingOn.DumpEnd it => Waiting("dump-end", $"the dump {it.Name} must end before it is removed", None),
            WaitingOn.Copy it => Waiting("copy", $"its database is being filled as {it.Start} ({it.Unit})", None),
            WaitingOn.Pin it => Waiting(
                "pin",
                $"{it.Title} is pinned to build {it.Id.Value}; kennel unpin {it.Title}",
                None
            ),
            WaitingOn.Lock it => Waiting(
                "lock",
                $"{it.Project} is locked: {it.Reason.TrimEnd('.')}; kennel unlock {it.Project}",
                None
            ),
            _ => throw new UnreachableException(),
        };

    private static NoteText Describe(BlockedBy by) =>
        by switch
        {
            BlockedBy.Rejection it => Blocked(
                "rejection",
                $"the newest release of {it.Component} was rejected ({it.Cause.Code}): {it.Cause.Sentence}",
                Remedies.Of(it.Cause)
            ),
            BlockedBy.NotReadyAgain it => Blocked(
                "not-ready-again",
                $"{it.Component} of build {it.Build.Value} proved good once and does not get ready again: {it.Error}",
                "What served before serves on. Look at its log; roll back to another build, or give the pin up with kennel unpin."
            ),
            BlockedBy.ForeignUnit it => Blocked(
                "foreign-unit",
                $"{it.Unit} exists and Kennel did not make it",
                "Stop or rename that unit; Kennel goes on by itself."
            ),
            BlockedBy.NoPort it => Blocked(
                "no-port",
                $"every port from {it.First} to {it.Last} is taken",
                "Widen ports.first and ports.last in the configuration and restart Kennel, or remove branches."
            ),
            BlockedBy.NoServer it => Blocked(
                "no-server",
                $"Caddy has no server that listens on port {it.Port}; it listens on {it.Listens}",
                "Give Caddy a server on that port, or set caddy.port to the port it listens on."
            ),
            BlockedBy.RoutesRefused it => Blocked(
                "routes-refused",
                $"routes cannot be changed: {it.Error}",
                "Mend what it names; Kennel goes on trying."
            ),
            BlockedBy.BranchMissing it => Blocked(
                "branch-missing",
                $"the repository has {it.Title} no more, and no delivery told of it; it is left as it is",
                "If it was deleted: kennel remove PROJECT BRANCH."
            ),
            BlockedBy.BadPlan it => Blocked(
                "bad-plan",
                $"the plan broke a rule and was not executed: {it.Finding}",
                "This is a fault of Kennel's: report it together with the output of kennel plan --json."
            ),
            _ => DescribeResource(by),
        };

    private static NoteText DescribeResource(BlockedBy by) =>
        by switch
        {
            BlockedBy.ForeignResource it => Blocked(
                "foreign-resource",
                $"{it.What} exists and is not this branch's: {it.Owner}",
                "Rename or drop it if nobody needs it (kennel gc --orphans where it is an orphan); Kennel goes on by itself."
            ),
            BlockedBy.ResourceLost it => Blocked(
                "resource-lost",
                $"{it.What} is gone, and Kennel did not remove it",
                $"Put it back from a copy (docs/operations); or begin anew with an empty one: kennel db reset {it.Title}"
            ),
            BlockedBy.NoCache it => Blocked(
                "no-cache",
                $"Valkey has {it.DatabasesMax} databases, and none for this branch",
                "Raise databases in Valkey's configuration and restart it, or remove branches."
            ),
            BlockedBy.NoCopy it => Blocked("no-copy", it.Cause.Sentence, Remedies.Of(it.Cause)),
            BlockedBy.DomainTaken it => Blocked(
                "domain-taken",
                $"the custom domain {it.Domain} belongs to {it.Owner} already; it is served without it",
                $"Take {it.Domain} out of the manifest of one of the two and deploy that. Once it is free, Kennel leads it here by itself."
            ),
            BlockedBy.ForeignRecord it => Blocked(
                "foreign-record",
                $"{it.Domain} has the record {it.Content} in DNS, which Kennel did not make and leaves as it is",
                "Remove that record, or let it lead to this host; Kennel goes on by itself."
            ),
            _ => throw new UnreachableException(),
        };

    private static long Mebibytes(long bytes) => bytes >> 20;

    private static NoteText Waiting(string code, string what, Option<DateTimeOffset> until) =>
        new("waiting", code, what, until, None);

    private static NoteText Blocked(string code, string what, string remedy) =>
        new("blocked", code, what, None, Some(remedy));
}

/// <summary>What a person can do about a cause.</summary>
public static class Remedies
{
    /// <summary>The next step, by whose move it is.</summary>
    public static string Of(CauseRecord cause) =>
        cause.Fault switch
        {
            Fault.Author => "Mend it in the project, commit, and deploy again.",
            Fault.Kennel => "Deploy again; if it happens again, report it together with journalctl -u kennel.",
            Fault.Outside => "Look at the system it names, then deploy again.",
            _ => throw new UnreachableException(),
        };
}
