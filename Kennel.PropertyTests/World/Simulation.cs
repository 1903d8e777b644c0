using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Shell.Reconcile;

namespace Kennel.PropertyTests.World;

/// <summary>Kennel itself, with its real store and interpreter, on a simulated host.</summary>
public sealed partial class Simulation : IDisposable
{
    private const int PassesMax = 600;
    private const int PassesWhileNobodyAnswers = 40;
    private static readonly TimeSpan TimerInterval = TimeSpan.FromSeconds(30);

    private readonly SimulatedStore store;
    private readonly Safety safety;
    private readonly SimulatedVisitors visitors;
    private readonly SimulatedFaults faults;
    private readonly Pass quietPass;
    private readonly Pass lookingPass;
    private readonly Interpreter repeating;
    private Map<string, Seq<ComponentName>> declared;
    private Map<string, Seq<HostName>> declaredDomains;
    private Pass pass;
    private int passesUnseen;

    public Simulation(Seq<Fault> faults)
    {
        // Everything here is synchronous; the test runner's own context would wait for itself.
        SynchronizationContext.SetSynchronizationContext(null);
        store = new SimulatedStore(Host);
        Truth = new IdleTruth(Host, store);
        visitors = new SimulatedVisitors(Host, store);
        Serving = new ServingWatch(Host, store.Judged);
        safety = new Safety(
            Host,
            new StandStill(store.Serving),
            Serving,
            new DatabaseWatch(Host, store.Ledger),
            new RecordWatch(Host, SimulatedStore.Instance)
        )
        {
            Caches = new CacheWatch(Host, store),
            CacheInstances = new CacheInstanceWatch(Host, store),
            Buckets = new BucketWatch(Host, store),
        };
        this.faults = new SimulatedFaults(faults, Check);
        var outside = new Outside(
            store.Store,
            new SimulatedSystemd(Host),
            new SimulatedCaddy(Host),
            new SimulatedNetwork(Host),
            new SimulatedNix(Host),
            new SimulatedGit(Host),
            new SimulatedFiles(Host),
            new SimulatedActivity(Host)
        )
        {
            Secrets = new SimulatedSecrets(Host),
            Postgres = new SimulatedPostgres(Host),
            Dumps = new SimulatedDumps(Host),
            Valkey = new SimulatedValkey(Host),
            Garage = new SimulatedGarage(Host),
            Dns = new SimulatedDns(Host),
        };
        var looking = outside with { Store = store.LookingStore };
        quietPass = new Pass(outside, new Interpreter(outside, this.faults));
        lookingPass = new Pass(looking, new Interpreter(looking, this.faults));
        pass = quietPass;
        repeating = new Interpreter(outside, new NoFault());
        Forge = new SimulatedForge(Host, store.Keep);
        Register(Project);
    }

    public static ProjectName Project { get; } = ProjectName.Parse("simulation", "shop").Valid();

    public SimulatedHost Host { get; } = new();

    public SimulatedForge Forge { get; }

    public SimulatedStore Store => store;

    public int EffectCount => faults.Count;

    public int PassCount { get; private set; }

    /// <summary>How many effects there were before each pass.</summary>
    public Set<int> PassBoundaries { get; private set; }

    /// <summary>Who really used what.</summary>
    public IdleTruth Truth { get; }

    /// <summary>Whether only accepted releases serve.</summary>
    public ServingWatch Serving { get; }

    public Seq<string> Violations => Joined(safety.Violations, Truth.Violations);

    /// <summary>Whether every action that was executed is executed once more, as by a program that is behind.</summary>
    public bool Repeats { get; init; }

    /// <summary>A system that cannot be seen from some effect on.</summary>
    public Option<Unseen> Unseen { get; init; }

    /// <summary>Runs a scenario: the steps in order, then until nothing is left to do.</summary>
    public static Simulation Run(Seq<Step> steps, params Fault[] faults) =>
        Finish(new Simulation(faults.ToSeq()), steps);

    /// <summary>The same with every action executed twice.</summary>
    public static Simulation RunTwice(Seq<Step> steps) =>
        Finish(new Simulation(Seq<Fault>()) { Repeats = true }, steps);

    /// <summary>The same with a system that cannot be seen for a while.</summary>
    public static Simulation RunUnseen(Seq<Step> steps, Unseen unseen) =>
        Finish(new Simulation(Seq<Fault>()) { Unseen = unseen }, steps);

    private static Simulation Finish(Simulation simulation, Seq<Step> steps)
    {
        steps.Iter(simulation.Do);
        simulation.Do(new Step.SeeAgain());
        simulation.Do(new Step.Room(50));
        simulation.Do(new Step.DeliverAll());
        simulation.Do(new Step.Expire(TimeSpan.Zero, TimeSpan.Zero));
        simulation.Settle();
        if (!simulation.Forge.Lost.IsEmpty)
            simulation.Do(new Step.LookAround());
        simulation.Settle();
        return simulation;
    }

    private void Wait(TimeSpan time)
    {
        var until = Host.Now + time;
        while (Host.Now < until)
        {
            var result = OnePass();
            var isBusy = result.Match(done => done.ChangedSomething, () => true);
            var next = Host.NextEvent() | Some(until);
            Host.AdvanceTo(
                isBusy ? Host.Now.AddMilliseconds(10) : Min(Min(next.IfNone(until), until), Host.Now + TimerInterval)
            );
        }
    }

    // The first look follows the start; one that a fault spoiled is made up for by the next.
    private void LookAround()
    {
        Host.ForgetMemory();
        pass = lookingPass;
        Wait(SimulatedStore.LookInterval * 2);
        pass = quietPass;
    }

    private void Check(Core.Planning.Action action, Effect effect)
    {
        safety.Check(action, effect);
        Truth.Check(action, effect);
    }

    private static DateTimeOffset Min(DateTimeOffset one, DateTimeOffset two) => one < two ? one : two;

    private SimulatedRepository Repository(string project)
    {
        var name = ProjectName.Parse("scenario", project).Valid();
        return Host.Repositories.Values.ToSeq().Find(one => one.Name == name).IfNone(() => Register(name));
    }

    private SimulatedRepository Register(ProjectName project)
    {
        store.AddProject(project);
        var repository = new SimulatedRepository(project, Host.Repositories.Count + 1);
        Host.Repositories = Host.Repositories.Add(repository.CloneUrl, repository);
        return repository;
    }

    /// <summary>Passes until the plan is empty and nothing is expected; the number of passes that took.</summary>
    public int Settle()
    {
        // A repository that does not answer is asked again and again.
        var isAnswered = !Host.Blind.Contains("git");
        for (var count = 1; count <= (isAnswered ? PassesMax : PassesWhileNobodyAnswers); count++)
        {
            if (!Advance(OnePass()) && !IsUnseen)
                return count;
        }
        if (!isAnswered)
            return PassesWhileNobodyAnswers;
        throw new InvalidOperationException($"not settled after {PassesMax} passes: {Describe()}");
    }

    /// <summary>One pass; none where the program crashed in it.</summary>
    public Option<PassResult> OnePass()
    {
        PassCount++;
        var writesBefore = Host.CaddyWrites;
        PassBoundaries = PassBoundaries.AddOrUpdate(EffectCount);
        Unseen.IfSome(GoBlind);
        try
        {
            var result = pass.Run(Host.Clock, CancellationToken.None).GetAwaiter().GetResult();
            safety.CheckPass(result, Host.CaddyWrites - writesBefore);
            if (Repeats)
                result.Reports.Iter(Repeat);
            return result;
        }
        catch (SimulatedCrashException)
        {
            Truth.ForgetUnwritten();
            Host.ForgetMemory();
            return None;
        }
    }

    private bool IsUnseen => Unseen.Exists(unseen => EffectCount >= unseen.FromEffect && passesUnseen <= unseen.Passes);

    // Nobody looks between two effects of one pass, so a system goes unseen with the first pass after the effect.
    private void GoBlind(Unseen unseen)
    {
        if (!IsUnseen)
            return;
        passesUnseen++;
        Host.Blind = passesUnseen <= unseen.Passes ? Set(unseen.System) : Set<string>();
    }

    private Seq<ComponentName> Declares(string branch) => declared.Find(branch).IfNone(Seq<ComponentName>());

    private Seq<HostName> DeclaredDomains(string branch) => declaredDomains.Find(branch).IfNone(Seq<HostName>());

    private void Repeat(ActionReport report) =>
        repeating.Execute(report.Planned.Action, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>What a pass would do now.</summary>
    public PassResult Look() => pass.Look(Host.Clock, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>The world in a form that can be compared: ports, ids and times left out.</summary>
    public WorldImage Image() => WorldImage.Of(Host, Look().Look.Desired);

    /// <summary>Why releases that are known still were rejected.</summary>
    public Seq<string> Causes() =>
        Look()
            .Look.Desired.Branches.Bind(branch => branch.Deployments)
            .Bind(deployment => deployment.Releases)
            .Bind(release => release.Outcome is Outcome.Rejected it ? Seq1(it.Cause.Code) : Seq<string>())
            .Strict();

    public string Describe()
    {
        var look = Look();
        return string.Join(
                "; ",
                look.Look.Plan.Actions.Map(step => $"{step.Subject}: {ActionKeys.Of(step.Action).Value}")
            )
            + " | "
            + string.Join("; ", look.Look.Plan.Notes);
    }

    public void Dispose() => store.Dispose();

    private bool Advance(Option<PassResult> result) =>
        result.Match(
            done =>
            {
                if (done.ChangedSomething)
                {
                    Host.AdvanceTo(Host.Now.AddMilliseconds(10));
                    return true;
                }
                var next = Part.Earlier(done.Look.Plan.NextLookAt.Map(Host.OnClock), Host.NextEvent());
                next.IfSome(Host.AdvanceTo);
                return next.IsSome || !done.Look.Plan.IsEmpty;
            },
            () => true
        );

    private static Branch Branch(string name) => Core.Domain.Branch.Parse("scenario", name).Valid();
}

/// <summary>A system that cannot be seen for some passes.</summary>
/// <param name="System">Its name.</param>
/// <param name="FromEffect">After how many effects that begins.</param>
/// <param name="Passes">How many passes it lasts.</param>
public sealed record Unseen(string System, int FromEffect, int Passes);
