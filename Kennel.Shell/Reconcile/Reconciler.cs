using System.Threading.Channels;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Shell.Api;
using Kennel.Shell.Systemd;

namespace Kennel.Shell.Reconcile;

/// <summary>
/// Runs passes: at start, when woken, when a plan said so, and at least once an interval. One at a time; a wish that
/// comes during a pass causes one more. What happens between passes is forgotten: each looks at everything anew.
/// </summary>
public sealed partial class Reconciler(
    Pass pass,
    TimeProvider clock,
    TimeSpan interval,
    ServiceNotifier notifier,
    ILogger<Reconciler> log
) : IReconciler
{
    private static readonly TimeSpan Coalescing = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan RestAfterError = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WatchdogInterval = TimeSpan.FromSeconds(15);

    private readonly Channel<bool> wishes = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    private readonly Lock waitersLock = new();
    private List<TaskCompletionSource<PassSummary>> waiters = [];

    /// <inheritdoc/>
    public async Task<Look> Look(CancellationToken cancellation) =>
        (await pass.Look(clock.GetUtcNow(), cancellation)).Look;

    /// <inheritdoc/>
    public void Wake() => wishes.Writer.TryWrite(true);

    /// <inheritdoc/>
    public Task<PassSummary> PassNow(CancellationToken cancellation)
    {
        var waiter = new TaskCompletionSource<PassSummary>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (waitersLock)
            waiters.Add(waiter);
        Wake();
        return waiter.Task.WaitAsync(cancellation);
    }

    /// <summary>Runs until cancelled.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            wishes.Reader.TryRead(out _);
            var rest = await OnePass(cancellation);
            notifier.Watchdog();
            await Rest(rest, cancellation);
        }
    }

    private async Task<TimeSpan> OnePass(CancellationToken cancellation)
    {
        var served = TakeWaiters();
        try
        {
            var result = await pass.Run(clock.GetUtcNow(), cancellation);
            Tell(result);
            served.ForEach(waiter => waiter.TrySetResult(new PassSummary(result.Look.Plan, result.Reports)));
            return result.ChangedSomething ? Coalescing : UntilNextLook(result.Look.Plan);
        }
        catch (Exception problem) when (!cancellation.IsCancellationRequested)
        {
            LogPassFailed(problem);
            notifier.Status($"the last pass failed: {problem.Message}");
            served.ForEach(waiter => waiter.TrySetException(problem));
            return RestAfterError;
        }
    }

    private List<TaskCompletionSource<PassSummary>> TakeWaiters()
    {
        lock (waitersLock)
        {
            var taken = waiters;
            waiters = [];
            return taken;
        }
    }

    private TimeSpan UntilNextLook(Plan plan)
    {
        var wait = plan.NextLookAt.Match(at => at - clock.GetUtcNow(), () => interval);
        return wait < Coalescing ? Coalescing
            : wait > interval ? interval
            : wait;
    }

    private async Task Rest(TimeSpan rest, CancellationToken cancellation)
    {
        await Task.Delay(Coalescing, clock, cancellation);
        var end = clock.GetUtcNow() + rest - Coalescing;
        for (var left = rest - Coalescing; left > TimeSpan.Zero; left = end - clock.GetUtcNow())
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(left < WatchdogInterval ? left : WatchdogInterval);
            try
            {
                await wishes.Reader.WaitToReadAsync(limit.Token);
                return;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                notifier.Watchdog();
            }
        }
    }

    private void Tell(PassResult result)
    {
        foreach (var finding in result.Findings)
            LogBadPlan(finding);
        foreach (var report in result.Reports)
            Tell(report);
        var branches = result.Look.Desired.Branches.Count;
        notifier.Status($"{branches} branches, {result.Look.Desired.Builds.Count} builds under way");
    }

    private void Tell(ActionReport report)
    {
        var what = ActionKeys.Of(report.Planned.Action).Value;
        var subject = report.Planned.Subject.ToString();
        switch (report.Effect)
        {
            case Effect.Done when ActionKeys.IsRoutine(report.Planned.Action):
                break;
            case Effect.Done:
                LogDone(subject, what, report.Planned.Reason);
                break;
            case Effect.Failed failed:
                LogFailed(subject, what, failed.Cause.Describe().Sentence);
                break;
            case Effect.Lost lost:
                LogFailed(subject, what, lost.Cause.Describe().Sentence);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    [LoggerMessage(LogLevel.Information, "{Subject}: {What} ({Reason})")]
    private partial void LogDone(string? subject, string what, string reason);

    [LoggerMessage(LogLevel.Warning, "{Subject}: {What} did not succeed: {Error}")]
    private partial void LogFailed(string? subject, string what, string error);

    [LoggerMessage(LogLevel.Error, "A plan broke a rule and was not executed: {Finding}")]
    private partial void LogBadPlan(string finding);

    [LoggerMessage(LogLevel.Error, "A pass failed")]
    private partial void LogPassFailed(Exception problem);
}
