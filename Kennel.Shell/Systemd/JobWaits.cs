using System.Collections.Concurrent;

namespace Kennel.Shell.Systemd;

/// <summary>
/// Who waits for which job. A wait begins while the reply that names the job is being read, so that the signal of the
/// job's end, which comes after it on the same connection, cannot be missed.
/// </summary>
internal sealed class JobWaits
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Either<BusFailure, JobEnd>>> waits = new();

    internal int Count => waits.Count;

    internal JobWait Begin(string job)
    {
        var wait = waits.GetOrAdd(job, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        return new JobWait(job, wait.Task);
    }

    internal void Finish(string job, string word)
    {
        if (waits.TryRemove(job, out var wait))
        {
            wait.TrySetResult(Right(JobEnd.OfWord(word)));
        }
    }

    internal void Forget(string job) => waits.TryRemove(job, out _);

    internal void Lose(string why)
    {
        foreach (var job in waits.Keys)
        {
            if (waits.TryRemove(job, out var wait))
            {
                wait.TrySetResult(Left<BusFailure>(new BusFailure.ReplyLost(why)));
            }
        }
    }
}

/// <summary>A job that is waited for.</summary>
/// <param name="Job">The job's object path.</param>
/// <param name="End">Completes when the job is over or can no longer be followed.</param>
internal sealed record JobWait(string Job, Task<Either<BusFailure, JobEnd>> End);
