namespace Kennel.Core.Domain;

/// <summary>A command of a release that runs once, before anything of the release is started.</summary>
/// <param name="Program">The absolute path of its program.</param>
/// <param name="Arguments">What follows the program.</param>
/// <param name="TimeoutSeconds">How long it may take, where it says so itself.</param>
public sealed record ReleaseStep(string Program, Seq<string> Arguments, Option<int> TimeoutSeconds);

/// <summary>How far a release's step is, as it was recorded; one that failed is a release that was rejected.</summary>
public abstract record StepProgress
{
    private StepProgress() { }

    /// <summary>It was not begun; or there is none.</summary>
    public sealed record Waiting : StepProgress;

    /// <summary>It was begun, and how it ended is not recorded.</summary>
    /// <param name="Boot">In which start of the machine.</param>
    /// <param name="At">When.</param>
    public sealed record Begun(BootId Boot, DateTimeOffset At) : StepProgress;

    /// <summary>It ended well.</summary>
    public sealed record Done(DateTimeOffset At) : StepProgress;
}
