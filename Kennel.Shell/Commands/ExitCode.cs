namespace Kennel.Shell.Commands;

/// <summary>How a command ended, for scripts.</summary>
public static class ExitCode
{
    /// <summary>It did what was asked.</summary>
    public const int Done = 0;

    /// <summary>It failed or was refused; standard error says why and what to do.</summary>
    public const int Failed = 1;

    /// <summary><c>plan --detailed-exitcode</c> only: there are changes.</summary>
    public const int Changes = 2;

    /// <summary>The command line itself is wrong.</summary>
    public const int Usage = 64;

    /// <summary>Interrupted by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
