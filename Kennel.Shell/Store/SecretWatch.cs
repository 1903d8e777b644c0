using Kennel.Core.Lifecycle;
using Kennel.Core.Planning;

namespace Kennel.Shell.Store;

/// <summary>
/// Redeploys branches when the store has other versions of their secrets than they were given. A release that is rejected
/// with them is not tried again before they change once more: the branch aims at it.
/// </summary>
/// <param name="desired">What is to be.</param>
/// <param name="history">Redeploys.</param>
/// <param name="read">Asks the store.</param>
/// <param name="told">Hears what was done.</param>
public sealed class SecretWatch(
    Func<CancellationToken, Task<Desired>> desired,
    IHistory history,
    ReadSecrets read,
    Action<string> told
)
{
    /// <summary>How often the store is asked.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>Looks again and again; a look that failed is told, and the next one comes.</summary>
    public async Task Run(TimeProvider clock, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            try
            {
                await Look(cancellation);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                told($"Whether secrets have changed could not be looked at: {error.Message}");
            }
        }
    }

    /// <summary>Looks once. A store that does not answer says nothing of versions.</summary>
    public async Task Look(CancellationToken cancellation)
    {
        foreach (var watched in WatchedSecrets.Of(await desired(cancellation)))
        {
            var reading = await read(watched.Given.Plan, cancellation);
            if (reading.Match(Right: watched.IsOutdated, Left: _ => false))
                await Redeploy(watched.Branch, cancellation);
        }
    }

    private async Task Redeploy(DesiredBranch branch, CancellationToken cancellation) =>
        told(
            (await history.Repeat(branch.Project.Name, branch.Branch, RepeatKind.Redeploy, cancellation)).Match(
                Right: build => $"Secrets of {branch.Title} have changed: build {build.Id.Value} deploys it with them.",
                Left: refusal => $"Secrets of {branch.Title} have changed, and it cannot be redeployed: {refusal.What}"
            )
        );
}
