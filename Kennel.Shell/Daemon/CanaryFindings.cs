using Kennel.Shell.Systemd;

namespace Kennel.Shell.Daemon;

/// <summary>What the end of the unit that tries to break its limits says of the host.</summary>
internal static class CanaryFindings
{
    /// <summary>How the kernel and the shell tell that the main process exited by itself.</summary>
    private const int Exited = 1;
    private const int MemoryNotEnforced = 1;
    private const int TasksNotEnforced = 2;

    /// <summary>What is not enforced, in words for people; nothing where all is.</summary>
    public static Seq<string> Of(UnitFacts unit) =>
        Seq(
                Finding(Tells(unit.Life, MemoryNotEnforced), "memory limits (MemoryMax)"),
                Finding(Tells(unit.Life, TasksNotEnforced), "limits of processes (TasksMax)"),
                Finding(
                    unit.Life.ActiveState == "active" && unit.IngressBytes.IsNone,
                    "network filters (IPAddressDeny)"
                )
            )
            .Somes()
            .ToSeq();

    // The number of a signal is no exit status.
    private static bool Tells(UnitLife life, int bit) =>
        life.MainExitCode == Exited && (life.MainExitStatus & bit) != 0;

    private static Option<string> Finding(bool isBroken, string what) => isBroken ? Some(what) : None;
}
