using Kennel.Core.Ports;
using Action = Kennel.Core.Planning.Action;

namespace Kennel.Shell.Reconcile;

/// <summary>
/// Where tests make the world fail: asked before and after every effect. In production it does nothing.
/// </summary>
public interface IFaultHook
{
    /// <summary>Called before an effect; may end the process, or say how the effect ends instead of happening.</summary>
    Option<Effect> Before(Action action);

    /// <summary>Called after an effect happened; may end the process, or replace what is told of it.</summary>
    Effect After(Action action, Effect effect);
}

/// <summary>The hook that does nothing.</summary>
public sealed class NoFault : IFaultHook
{
    /// <inheritdoc/>
    public Option<Effect> Before(Action action) => None;

    /// <inheritdoc/>
    public Effect After(Action action, Effect effect) => effect;
}
