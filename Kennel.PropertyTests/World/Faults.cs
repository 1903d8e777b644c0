using Kennel.Core.Ports;
using Kennel.Shell.Reconcile;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.PropertyTests.World;

/// <summary>How one effect goes wrong.</summary>
public enum FaultKind
{
    /// <summary>The program dies before the effect.</summary>
    CrashBefore,

    /// <summary>The program dies after the effect, before it is recorded.</summary>
    CrashAfter,

    /// <summary>Nothing happens, and it is said so.</summary>
    FailClean,

    /// <summary>It happens, and an error is told.</summary>
    FailDirty,

    /// <summary>It happens, and the reply is lost.</summary>
    LoseReply,

    /// <summary>It does not happen, and nothing is told.</summary>
    LoseRequest,
}

/// <summary>A fault at the n-th effect, from 1.</summary>
public sealed record Fault(int At, FaultKind Kind);

/// <summary>The end of the simulated program.</summary>
public sealed class SimulatedCrashException : Exception
{
    public SimulatedCrashException()
        : base("simulated crash") { }

    public SimulatedCrashException(string message)
        : base(message) { }

    public SimulatedCrashException(string message, Exception inner)
        : base(message, inner) { }
}

/// <summary>Counts effects, breaks the ones that are to be broken, and has the world checked after each.</summary>
public sealed class SimulatedFaults(Seq<Fault> faults, System.Action<Action, Effect> check) : IFaultHook
{
    /// <summary>How many effects were begun.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public Option<Effect> Before(Action action)
    {
        Count++;
        return Kind() switch
        {
            FaultKind.CrashBefore => throw new SimulatedCrashException(),
            FaultKind.FailClean => Effect.Refused("simulation", "failed cleanly"),
            FaultKind.LoseRequest => Effect.Unanswered("simulation", "request lost"),
            _ => None,
        };
    }

    /// <inheritdoc/>
    public Effect After(Action action, Effect effect)
    {
        check(action, effect);
        return Kind() switch
        {
            FaultKind.CrashAfter => throw new SimulatedCrashException(),
            FaultKind.FailDirty => Effect.Refused("simulation", "happened all the same"),
            FaultKind.LoseReply => Effect.Unanswered("simulation", "reply lost"),
            _ => effect,
        };
    }

    private FaultKind? Kind() => faults.FirstOrDefault(fault => fault.At == Count)?.Kind;
}
