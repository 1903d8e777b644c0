using Kennel.Core.Configuration;

namespace Kennel.Shell.Api;

/// <summary>What requests for sleeping branches may take.</summary>
/// <param name="WakesMax">How many host names may be on their way up at once.</param>
/// <param name="QueuedMax">How many more may wait for their turn.</param>
/// <param name="RequestsMax">How many requests are held in all.</param>
/// <param name="TurnLimit">How long one may wait for its turn.</param>
/// <param name="WakeLimit">How long one may be on its way up, and how long a request is held.</param>
/// <param name="BrowserPatience">How long a browser is held before it gets a page.</param>
public sealed record WakeLimits(
    int WakesMax,
    int QueuedMax,
    int RequestsMax,
    TimeSpan TurnLimit,
    TimeSpan WakeLimit,
    TimeSpan BrowserPatience
)
{
    /// <summary>The limits of a host.</summary>
    public static WakeLimits Of(WakeConfiguration configuration) =>
        new(
            configuration.MaxConcurrent,
            QueuedMax: 8 * configuration.MaxConcurrent,
            RequestsMax: 512,
            TimeSpan.FromSeconds(Math.Min(30, configuration.TimeoutSeconds)),
            TimeSpan.FromSeconds(configuration.TimeoutSeconds),
            TimeSpan.FromSeconds(3)
        );
}
