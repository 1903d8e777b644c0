namespace Kennel.Core.Manifest;

/// <summary>Names of variables that a project cannot set: the loader's, the service manager's and Kennel's own.</summary>
public static class ReservedNames
{
    private static readonly Set<string> Reserved = Set(
        "APP_URL",
        "CACHE_DIRECTORY",
        "CONFIGURATION_DIRECTORY",
        "CREDENTIALS_DIRECTORY",
        "DBUS_SYSTEM_BUS_ADDRESS",
        "HOME",
        "HOST",
        "INVOCATION_ID",
        "JOURNAL_STREAM",
        "LOGNAME",
        "LOGS_DIRECTORY",
        "MAINPID",
        "MANAGERPID",
        "NOTIFY_SOCKET",
        "PATH",
        "PORT",
        "RUNTIME_DIRECTORY",
        "SHELL",
        "STATE_DIRECTORY",
        "SYSTEMD_EXEC_PID",
        "USER"
    );

    private static readonly Seq<string> Prefixes = Seq("KENNEL_", "LD_", "LISTEN_", "WATCHDOG_");

    /// <summary>What is allowed instead, for errors.</summary>
    public const string Allowed = "a name that neither Kennel, the service manager nor the loader sets or obeys";

    /// <summary>Whether a name is one of them.</summary>
    public static bool Contains(string name) =>
        Reserved.Contains(name) || Prefixes.Exists(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
