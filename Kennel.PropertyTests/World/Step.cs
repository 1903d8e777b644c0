using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.PropertyTests.World;

/// <summary>One thing that people, or the world, do in a scenario.</summary>
public abstract record Step
{
    private Step() { }

    /// <summary>A commit becomes the head of a branch, and its deployment is asked for.</summary>
    public sealed record Deploy(string Branch, SimulatedCommit Commit) : Step;

    /// <summary>The branch is removed on purpose.</summary>
    public sealed record Remove(string Branch) : Step;

    /// <summary>The machine restarts.</summary>
    public sealed record Reboot : Step;

    /// <summary>Caddy is loaded with its bare bootstrap.</summary>
    public sealed record LoseRoutes : Step;

    /// <summary>Somebody stops all units of a branch by hand.</summary>
    public sealed record StopByHand(string Branch) : Step;

    /// <summary>The Nix store is cleaned.</summary>
    public sealed record CollectGarbage : Step;

    /// <summary>A system cannot be seen from now on.</summary>
    public sealed record GoBlind(string System) : Step;

    /// <summary>Everything can be seen again.</summary>
    public sealed record SeeAgain : Step;

    /// <summary>Kennel runs for a while, however far it gets.</summary>
    public sealed record Passes(int Count) : Step;

    /// <summary>Kennel runs until nothing is left to do.</summary>
    public sealed record Settle : Step;

    /// <summary>People do something on the forge, in a repository.</summary>
    public sealed record OnForge(ForgeChange Change, string Project = "shop") : Step;

    /// <summary>Deliveries are held back from now on.</summary>
    public sealed record HoldDeliveries : Step;

    /// <summary>One delivery of those held back arrives.</summary>
    public sealed record Deliver(int Index) : Step;

    /// <summary>One delivery of those held back never arrives, if one can be made up for.</summary>
    public sealed record Lose(int Index) : Step;

    /// <summary>Kennel starts anew and looks at repositories for a while, whether deliveries come or not.</summary>
    public sealed record LookAround : Step;

    /// <summary>All deliveries that were held back arrive, and none is held back any more.</summary>
    public sealed record DeliverAll : Step;

    /// <summary>A delivery arrives once more.</summary>
    public sealed record Repeat(int Index, bool UnderNewNumber) : Step;

    /// <summary>Git takes this long from now on.</summary>
    public sealed record SlowGit(int Milliseconds, bool AnswersLate) : Step;

    /// <summary>So much is free on the disks from now on.</summary>
    public sealed record Room(int FreeGibibytes) : Step;

    /// <summary>Time passes, with the passes that a timer makes.</summary>
    public sealed record Wait(int Milliseconds) : Step;

    /// <summary>Somebody cancels the builds of a branch.</summary>
    public sealed record Cancel(string Branch) : Step;

    /// <summary>A person uses a branch: what hibernates is woken.</summary>
    public sealed record Use(string Branch) : Step;

    /// <summary>A known crawler asks a branch for everything.</summary>
    public sealed record Crawl(string Branch) : Step;

    /// <summary>Somebody lets a branch hibernate.</summary>
    public sealed record Hibernate(string Branch) : Step;

    /// <summary>From now on branches expire that nobody uses; zero for never.</summary>
    public sealed record Expire(TimeSpan HibernateAfter, TimeSpan RemoveAfter) : Step;

    /// <summary>Time passes in which nothing happens but what Kennel looks at by itself.</summary>
    public sealed record Idle(TimeSpan Time) : Step;

    /// <summary>The clock of the host is set wrong, or right again.</summary>
    public sealed record ClockJump(TimeSpan By) : Step;

    /// <summary>Somebody asks that a branch never expires.</summary>
    public sealed record Keep(string Branch) : Step;

    /// <summary>Somebody makes a record in DNS, as another Kennel where it has its mark.</summary>
    public sealed record AddRecord(string Name, string Target, bool IsOfAnotherKennel = false) : Step;

    /// <summary>Somebody removes the records of a name that people made.</summary>
    public sealed record RemoveRecords(string Name) : Step;

    /// <summary>Somebody wakes a branch.</summary>
    public sealed record Wake(string Branch) : Step;

    /// <summary>Somebody asks something about a branch of the simulated project.</summary>
    public sealed record Ask(Request What, string Branch = "main") : Step;

    /// <summary>Somebody writes a secret into the store, or takes it away.</summary>
    public sealed record PutSecret(Option<string> Value) : Step;

    /// <summary>Kennel looks whether the store has other versions than were given.</summary>
    public sealed record LookAtSecrets : Step;

    /// <summary>Somebody else makes a database.</summary>
    public sealed record MakeDatabase(string Name) : Step;

    /// <summary>From now on nothing can be restored, or everything again.</summary>
    public sealed record RefuseRestores(bool Refuse) : Step;

    /// <summary>Somebody holds on to a database, or lets go.</summary>
    public sealed record Hold(Option<string> Name) : Step;

    /// <summary>Somebody else writes to a database of Valkey.</summary>
    public sealed record WriteKeys(int Number) : Step;

    /// <summary>Another Kennel gives a database of Valkey to a user.</summary>
    public sealed record AdmitStranger(string Name, int Number) : Step;

    /// <summary>Valkey restarts, and forgets its users.</summary>
    public sealed record RestartValkey : Step;

    /// <summary>Valkey has so many databases from now on.</summary>
    public sealed record LimitCaches(int DatabasesMax) : Step;

    /// <summary>New caches are given so from now on.</summary>
    public sealed record GiveCaches(CacheMode Mode) : Step;

    /// <summary>Every valkey-server of a branch fails for good.</summary>
    public sealed record CrashCaches : Step;

    /// <summary>Somebody else makes a bucket.</summary>
    public sealed record MakeBucket(string Name) : Step;

    /// <summary>How a person would say it.</summary>
    public string Title =>
        this switch
        {
            Deploy deploy =>
                $"deploy {deploy.Branch} {string.Join('+', deploy.Commit.Components.Map(one => $"{one.Name}:{one.Content}:{one.Behaviour}"))} ({deploy.Commit.Build})",
            Remove remove => $"remove {remove.Branch}",
            StopByHand stop => $"stop {stop.Branch} by hand",
            GoBlind blind => $"{blind.System} cannot be seen",
            Passes passes => $"{passes.Count} passes",
            OnForge change => $"{change.Project}: {change.Change.Title}",
            Deliver deliver => $"deliver {deliver.Index}",
            Lose lose => $"lose {lose.Index}",
            Repeat repeat => $"repeat {repeat.Index}{(repeat.UnderNewNumber ? " anew" : "")}",
            SlowGit git => $"git takes {git.Milliseconds} ms{(git.AnswersLate ? " and answers late" : "")}",
            Room room => $"{room.FreeGibibytes} GiB free",
            Wait wait => $"wait {wait.Milliseconds} ms",
            Use use => $"use {use.Branch}",
            Crawl crawl => $"crawl {crawl.Branch}",
            Hibernate hibernate => $"let {hibernate.Branch} hibernate",
            Expire expire => $"branches expire after {expire.HibernateAfter} and {expire.RemoveAfter}",
            Idle idle => $"idle for {idle.Time}",
            ClockJump jump => $"the clock jumps by {jump.By}",
            Keep keep => $"keep {keep.Branch}",
            Wake wake => $"wake {wake.Branch}",
            AddRecord record => $"a record {record.Name} {record.Target}",
            RemoveRecords record => $"no record {record.Name} of people",
            Cancel cancel => $"cancel the builds of {cancel.Branch}",
            Ask ask => $"{ask.What} {ask.Branch}",
            PutSecret put => put.Value.Match(_ => "write a secret", () => "take a secret away"),
            LookAtSecrets => "look whether secrets have changed",
            MakeDatabase make => $"somebody makes the database {make.Name}",
            Hold hold => $"somebody holds {hold.Name}",
            MakeBucket make => $"somebody makes the bucket {make.Name}",
            WriteKeys write => $"somebody writes to database {write.Number}",
            GiveCaches give => $"caches are given as {give.Mode}",
            LimitCaches limit => $"Valkey has {limit.DatabasesMax} databases",
            _ => GetType().Name,
        };
}

/// <summary>What people ask about a branch, or about its project.</summary>
public enum Request
{
    /// <summary>Back to what was good before, and pinned to it.</summary>
    RollBack,

    /// <summary>On to the newest.</summary>
    Unpin,

    /// <summary>What it aims at, anew.</summary>
    Redeploy,

    /// <summary>A new database in the place of what it has.</summary>
    ResetDatabase,

    /// <summary>What serves, anew.</summary>
    Restart,

    /// <summary>The project is frozen.</summary>
    Lock,

    /// <summary>It is not any more.</summary>
    Unlock,

    /// <summary>A page instead of the branch.</summary>
    BeginMaintenance,

    /// <summary>The branch again.</summary>
    EndMaintenance,
}

/// <summary>Shorthand for writing scenarios.</summary>
public static class Steps
{
    private static int commits;

    /// <summary>After these nothing that people asked for keeps a branch from following its commits.</summary>
    public static Seq<Step> LetGo(string branch) =>
        Seq(Request.Unlock, Request.Unpin, Request.EndMaintenance).Map(what => (Step)new Step.Ask(what, branch));

    /// <summary>
    /// A commit with components written as <c>name:content</c>, sites as <c>name/:content</c>; those with a step as
    /// <c>name+:content</c>, stateful ones as <c>name!:content</c>; one as <c>name@:content</c> gives all a database,
    /// <c>name*:content</c> has data to fill, <c>name=domain:content</c> has a custom domain, and a commit with
    /// <c>name$:content</c> declares secrets;
    /// <c>name%:content</c> gives all a cache, <c>name#:content</c> a bucket.
    /// </summary>
    public static SimulatedCommit Commit(
        string components,
        Behaviour behaviour = Behaviour.Good,
        BuildBehaviour build = BuildBehaviour.Good
    ) =>
        new(
            CommitId.Parse("scenario", Interlocked.Increment(ref commits).ToString("x40", null)).Valid(),
            components.Split(' ').Select(text => Component(text, behaviour)).ToSeq(),
            build
        )
        {
            DeclaresSecrets = components.Contains('$', StringComparison.Ordinal),
        };

    private static SimulatedComponent Component(string text, Behaviour behaviour)
    {
        var parts = text.Split(':');
        var named = parts[0].Split('=');
        var isSite = named[0].EndsWith('/');
        var name = ComponentName.Parse("scenario", named[0].TrimEnd('/', '+', '!', '@', '*', '$', '%', '#')).Valid();
        return new SimulatedComponent(name, isSite, parts[1], isSite ? Behaviour.Good : behaviour)
        {
            IsStateful = named[0].Contains('!', StringComparison.Ordinal),
            HasStep = named[0].Contains('+', StringComparison.Ordinal),
            HasSeed = named[0].Contains('*', StringComparison.Ordinal),
            HasDatabase = named[0].Contains('@', StringComparison.Ordinal),
            HasCache = named[0].Contains('%', StringComparison.Ordinal),
            HasBucket = named[0].Contains('#', StringComparison.Ordinal),
            Domain = named.Length > 1 ? Some(HostName.Parse("scenario", named[1]).Valid()) : None,
        };
    }
}
