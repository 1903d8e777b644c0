using Kennel.Core.Domain;

namespace Kennel.Core.Planning;

/// <summary>What systemd's words for the end of a build unit mean.</summary>
public static class BuildCauses
{
    private const int SignalKill = 9;

    /// <summary>The cause for a unit that failed and left no result.</summary>
    public static Func<UnitDetail, Cause> Of(BuildLimits limits) =>
        detail =>
            detail.Result switch
            {
                "timeout" => new Cause.TimedOut(limits.TimeSeconds),
                "oom-kill" => new Cause.OutOfMemory(),
                "signal" when detail.ExitStatus == SignalKill => new Cause.Killed(
                    "by SIGKILL; where the kernel does not say so, this may be its memory limit"
                ),
                var result => new Cause.Killed($"{result}, status {detail.ExitStatus}"),
            };
}
