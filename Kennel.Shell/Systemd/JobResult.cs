namespace Kennel.Shell.Systemd;

/// <summary>How a job of systemd's ended.</summary>
public enum JobResult
{
    /// <summary>It did what it was for.</summary>
    Done,

    /// <summary>Another job took its place.</summary>
    Canceled,

    /// <summary>It took longer than the unit allows.</summary>
    TimedOut,

    /// <summary>It failed: for a <c>Type=exec</c> service, the program could not be executed.</summary>
    Failed,

    /// <summary>A unit that it needs failed.</summary>
    DependencyFailed,

    /// <summary>It did not apply to the unit's state, or a condition did not hold.</summary>
    Skipped,

    /// <summary>A word that Kennel does not know.</summary>
    Other,
}

/// <summary>How the wait for a job ended. Closed.</summary>
public abstract record JobEnd
{
    private JobEnd() { }

    /// <summary>The job is over.</summary>
    /// <param name="Result">How it ended.</param>
    /// <param name="Word">systemd's own word for that.</param>
    public sealed record Finished(JobResult Result, string Word) : JobEnd;

    /// <summary>The deadline came first; the job goes on.</summary>
    public sealed record StillRunning : JobEnd;

    internal static JobEnd OfWord(string word) => new Finished(ResultOf(word), word);

    private static JobResult ResultOf(string word) =>
        word switch
        {
            "done" => JobResult.Done,
            "canceled" => JobResult.Canceled,
            "timeout" => JobResult.TimedOut,
            "failed" or "assert" or "unsupported" or "invalid" => JobResult.Failed,
            "dependency" => JobResult.DependencyFailed,
            "skipped" => JobResult.Skipped,
            _ => JobResult.Other,
        };
}
