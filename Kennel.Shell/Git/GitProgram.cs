using System.Text.RegularExpressions;
using Kennel.Shell.Processes;

namespace Kennel.Shell.Git;

/// <summary>
/// Runs git for a repository that strangers control: it never asks, runs no hook, follows no protocol that is not
/// allowed, and knows credentials only by the path of their file.
/// </summary>
internal sealed partial class GitProgram(MirrorOptions options)
{
    private const string StalledBytesPerSecond = "100";
    private const string StalledSeconds = "60";
    private const int OutputBytesMax = 2 << 20;
    private const string Ssh =
        "ssh -o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=15 -o ServerAliveCountMax=4";

    private static readonly Seq<string> Settings = Seq(
        "core.hooksPath=/dev/null",
        "gc.auto=0",
        "maintenance.auto=false",
        $"http.lowSpeedLimit={StalledBytesPerSecond}",
        $"http.lowSpeedTime={StalledSeconds}",
        "credential.helper="
    );

    private string ConfigurationFile => $"{options.Directory}/gitconfig";

    private Map<string, string> Environment =>
        Map(
            ("PATH", System.Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin"),
            ("HOME", System.Environment.GetEnvironmentVariable("HOME") ?? options.Directory),
            ("LC_ALL", "C"),
            ("GIT_ALLOW_PROTOCOL", string.Join(':', options.AllowedProtocols)),
            ("GIT_TERMINAL_PROMPT", "0"),
            ("GIT_ASKPASS", ""),
            ("GIT_SSH_COMMAND", Ssh),
            ("GIT_CONFIG_GLOBAL", ConfigurationFile)
        );

    /// <summary>
    /// Makes the file with the one setting that git obeys nowhere else: a bare repository on this machine may belong
    /// to another user.
    /// </summary>
    public async Task Prepare(CancellationToken cancellation)
    {
        if (File.Exists(ConfigurationFile))
            return;
        Directory.CreateDirectory(options.Directory);
        var unique = $"{ConfigurationFile}.{Guid.NewGuid():N}";
        await File.WriteAllTextAsync(unique, "[safe]\n\tdirectory = *\n", cancellation);
        File.Move(unique, ConfigurationFile, overwrite: true);
    }

    /// <summary>
    /// Runs git in a directory. What it makes may be read by every user: the mirrors lie below a directory that only
    /// Kennel may enter, and a build sees its own one by a bind mount.
    /// </summary>
    public Task<ChildEnd> Run(string directory, CancellationToken cancellation, params string[] arguments) =>
        Run(directory, OutputBytesMax, cancellation, arguments);

    /// <summary>The same, keeping more or less of what git prints.</summary>
    public Task<ChildEnd> Run(
        string directory,
        int outputBytesMax,
        CancellationToken cancellation,
        params string[] arguments
    ) =>
        ChildProcess.Run(
            new ChildCommand(
                "/bin/sh",
                Joined(
                    Seq("-c", "umask 022; exec git \"$@\"", "git"),
                    Joined(Settings, CredentialHelper).Bind(setting => Seq("-c", setting)),
                    arguments.ToSeq()
                ),
                directory,
                Environment,
                options.Timeout
            )
            {
                OutputBytesMax = outputBytesMax,
            },
            cancellation
        );

    /// <summary>The last words of a failed run, without what stands before the @ of a URL.</summary>
    public static string Explain(ChildEnd end) =>
        end switch
        {
            ChildEnd.NotStarted it => it.Reason,
            ChildEnd.TimedOut it => $"it took longer than {it.Limit.TotalSeconds} s",
            ChildEnd.Exited it => LastWords(it),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static string LastWords(ChildEnd.Exited end)
    {
        var spoken = end.LastErrorLines.Filter(line => !string.IsNullOrWhiteSpace(line)).Strict();
        return spoken.IsEmpty
            ? $"git ended with status {end.Status}"
            : UserInformation().Replace(string.Join('\n', spoken.Skip(Math.Max(0, spoken.Count - 4))), "://");
    }

    private Seq<string> CredentialHelper =>
        options
            .CredentialsFile.Map(path =>
                $"credential.helper=store --file='{path.Replace("'", "'\\''", StringComparison.Ordinal)}'"
            )
            .ToSeq();

    [GeneratedRegex(@"://[^/\s@]*@")]
    private static partial Regex UserInformation();
}
