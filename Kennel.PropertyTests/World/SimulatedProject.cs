using System.Security.Cryptography;
using System.Text;
using Kennel.Core.Domain;

namespace Kennel.PropertyTests.World;

/// <summary>How a simulated application behaves once it is started.</summary>
public enum Behaviour
{
    /// <summary>Ready after a moment, and stays.</summary>
    Good,

    /// <summary>Ends again and again from its start.</summary>
    CrashLoop,

    /// <summary>Runs and never answers.</summary>
    NeverReady,

    /// <summary>Listens on a port of its own choice.</summary>
    WrongPort,

    /// <summary>Answers, and ends before it has stayed up long enough.</summary>
    ReadyThenCrash,

    /// <summary>Proves good, and crashes for good some time later.</summary>
    LateCrash,

    /// <summary>The step of its release fails.</summary>
    StepFails,

    /// <summary>The step of its release never ends by itself.</summary>
    StepHangs,
}

/// <summary>What becomes of a commit's build.</summary>
public enum BuildBehaviour
{
    /// <summary>Builds.</summary>
    Good,

    /// <summary>Ends with a failure that it reports.</summary>
    Fails,

    /// <summary>Its unit vanishes the first time, without a result.</summary>
    VanishesOnce,

    /// <summary>Its unit vanishes every time.</summary>
    VanishesAlways,

    /// <summary>Its unit is killed.</summary>
    Killed,

    /// <summary>It never ends by itself.</summary>
    Hangs,

    /// <summary>It never ends by itself, and when it is stopped, only after some seconds.</summary>
    IgnoresStop,
}

/// <summary>One component of a simulated commit.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsSite">Whether it is a site.</param>
/// <param name="Content">What its store path depends on.</param>
/// <param name="Behaviour">How it behaves.</param>
public sealed record SimulatedComponent(ComponentName Name, bool IsSite, string Content, Behaviour Behaviour)
{
    /// <summary>Whether two generations of it must never run at once.</summary>
    public bool IsStateful { get; init; }

    /// <summary>Whether its releases have a step.</summary>
    public bool HasStep { get; init; }

    /// <summary>Whether something fills new data.</summary>
    public bool HasSeed { get; init; }

    /// <summary>Whether its commit asks for a database.</summary>
    public bool HasDatabase { get; init; }

    /// <summary>Whether its commit asks for a cache.</summary>
    public bool HasCache { get; init; }

    /// <summary>Whether its commit asks for a bucket.</summary>
    public bool HasBucket { get; init; }

    /// <summary>The custom domain that it declares.</summary>
    public Option<HostName> Domain { get; init; }

    private const string NixAlphabet = "0123456789abcdfghijklmnpqrsvwxyz";

    /// <summary>The store path it is built to.</summary>
    public StorePath StorePath
    {
        get
        {
            var hash = SHA256.HashData(
                Encoding.UTF8.GetBytes($"{Name}/{IsSite}/{Content}/{Behaviour}{(HasStep ? "/step" : "")}")
            );
            var name = string.Concat(hash.Select(part => NixAlphabet[part & 31]));
            return StorePath
                .Parse("simulated", $"/nix/store/{name}-{Name}")
                .IfFail(problems => throw new InvalidOperationException(problems.ToString()));
        }
    }
}

/// <summary>A commit of a simulated repository.</summary>
public sealed record SimulatedCommit(CommitId Id, Seq<SimulatedComponent> Components, BuildBehaviour Build)
{
    private static readonly TimeSpan StubbornTime = TimeSpan.FromSeconds(5);

    /// <summary>What its author wrote.</summary>
    public string Message { get; init; } = "";

    /// <summary>Whether it has a <c>secretspec.toml</c>.</summary>
    public bool DeclaresSecrets { get; init; }

    /// <summary>What the databases of pull requests start with.</summary>
    public PreviewDatabase PreviewDatabase { get; init; } = PreviewDatabase.Default;

    /// <summary>How long it builds where it does not hang.</summary>
    public int BuildSeconds { get; init; } = 2;

    /// <summary>The data services that its manifest lists.</summary>
    public Set<string> Resources =>
        toSet(
            Joined(
                    Components.Filter(component => component.HasDatabase).Map(_ => "postgres"),
                    Components.Filter(component => component.HasCache).Map(_ => "valkey"),
                    Components.Filter(component => component.HasBucket).Map(_ => "garage")
                )
                .Distinct()
        );

    /// <summary>When its build ends by itself, if it does.</summary>
    public Option<TimeSpan> BuildTime =>
        Build is BuildBehaviour.Hangs or BuildBehaviour.IgnoresStop ? None : TimeSpan.FromSeconds(BuildSeconds);

    /// <summary>How long its build goes on after it was stopped, where that is long.</summary>
    public Option<TimeSpan> StopTime => Build == BuildBehaviour.IgnoresStop ? Some(StubbornTime) : None;
}
