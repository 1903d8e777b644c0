using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Shell.Api;
using Kennel.Shell.Store;

namespace Kennel.Shell.Reconcile;

/// <summary>
/// Wakes a branch by writing that it is wanted, and waits until passes have brought it up. Any number may wait for the
/// same one: what they ask again and again is the store's last answer, which costs next to nothing while it stays the same.
/// </summary>
/// <param name="store">Tells how things stand.</param>
/// <param name="intents">Takes the wish.</param>
/// <param name="reconciler">Looks at once when there is one.</param>
/// <param name="clock">Tells whether a pause after a failure is over.</param>
public sealed class Waker(IStore store, IIntents intents, IReconciler reconciler, TimeProvider clock) : IWaker
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    public async Task<WakeAnswer> Wake(HostName host, CancellationToken cancellation)
    {
        while (true)
        {
            var state = WakeState.Of(await store.Read(cancellation), host, clock.GetUtcNow());
            var answer = state is WakeState.Asleep ? await Begin(host, cancellation) : Answer(state);
            if (answer.IsSome)
                return answer.IfNone(new WakeAnswer.NotDeployed());
            await Task.Delay(LookInterval, clock, cancellation);
        }
    }

    private async Task<Option<WakeAnswer>> Begin(HostName host, CancellationToken cancellation) =>
        (await intents.WakeHost(host, cancellation)).Match(
            Right: _ =>
            {
                reconciler.Wake();
                return None;
            },
            Left: refusal => Some<WakeAnswer>(new WakeAnswer.Failed(refusal.What, None))
        );

    private Option<WakeAnswer> Answer(WakeState state) =>
        state switch
        {
            WakeState.Awake it => new WakeAnswer.Ready(it.Port),
            WakeState.Resting it => new WakeAnswer.Failed(it.Error, it.Until - clock.GetUtcNow()),
            WakeState.Unknown => new WakeAnswer.NotDeployed(),
            WakeState.Asleep or WakeState.Waking => None,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
