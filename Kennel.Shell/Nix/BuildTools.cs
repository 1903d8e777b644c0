using System.Text.RegularExpressions;
using Kennel.Core.Domain;
using Kennel.Shell.Processes;

namespace Kennel.Shell.Nix;

/// <summary>How a tool is run inside a build: in the sources, with a clean environment, its words in the log.</summary>
internal sealed partial class BuildTools(BuildStepOptions options, BuildLog log)
{
    private const int DetailLinesMax = 12;
    private const int KilledStatus = 137;

    /// <summary>The checked out sources.</summary>
    public string Source { get; } = $"{options.WorkDirectory}/source";

    private string Home => $"{options.WorkDirectory}/home";

    // Nothing may ask for a secret or wait for an answer. devenv would resolve the project's secrets before it
    // builds; it is given a store that has none.
    private Map<string, string> Environment =>
        Map(
            ("PATH", System.Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin"),
            ("HOME", Home),
            ("LANG", "C.UTF-8"),
            ("CI", "true"),
            ("NO_COLOR", "1"),
            ("GIT_TERMINAL_PROMPT", "0"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_LFS_SKIP_SMUDGE", "1"),
            ("SECRETSPEC_PROVIDER", "env"),
            ("NIX_CONFIG", "extra-experimental-features = nix-command flakes\naccept-flake-config = false")
        );

    /// <summary>Makes the directories that the tools need.</summary>
    public void MakeDirectories()
    {
        Directory.CreateDirectory(Source);
        Directory.CreateDirectory(Home);
    }

    /// <summary>Runs Nix with the options that hold for every call.</summary>
    public Task<ChildEnd> Nix(string speaker, bool isQuiet, Seq<string> arguments, CancellationToken cancellation) =>
        Run(
            speaker,
            isQuiet,
            "nix",
            Joined(
                arguments,
                Seq(
                    "--extra-experimental-features",
                    "nix-command flakes",
                    "--option",
                    "accept-flake-config",
                    "false",
                    "--no-write-lock-file",
                    "--max-silent-time",
                    $"{options.SilentSeconds + 5}",
                    "--timeout",
                    $"{options.TimeSeconds}"
                )
            ),
            cancellation
        );

    /// <summary>Runs any tool.</summary>
    /// <param name="speaker">Whose words it says in the log.</param>
    /// <param name="isQuiet">Whether its words stay out of the log.</param>
    /// <param name="program">The tool.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<ChildEnd> Run(
        string speaker,
        bool isQuiet,
        string program,
        Seq<string> arguments,
        CancellationToken cancellation
    ) =>
        ChildProcess.Run(
            new ChildCommand(program, arguments, Source, Environment, TimeSpan.FromSeconds(options.TimeSeconds))
            {
                OnErrorLine = line => Say(isQuiet, speaker, line),
            },
            cancellation
        );

    /// <summary>What a tool's failure means for the build.</summary>
    public static Cause Explain(ChildEnd end, int limitSeconds) =>
        end switch
        {
            ChildEnd.NotStarted it => new Cause.EvaluationFailed($"this host cannot run {it.Reason}"),
            ChildEnd.TimedOut => new Cause.TimedOut(limitSeconds),
            ChildEnd.Exited { Status: KilledStatus } => new Cause.OutOfMemory(),
            ChildEnd.Exited it => Explain(it.LastErrorLines),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static Cause Explain(Seq<string> lines)
    {
        var detail = Detail(lines);
        if (lines.Exists(line => line.Contains("daemon-socket", StringComparison.Ordinal)))
            return new Cause.Unreachable("the Nix daemon", detail);
        return lines.Exists(line => line.Contains("No space left on device", StringComparison.Ordinal))
            ? new Cause.Refused("the disk", detail)
            : new Cause.EvaluationFailed(detail);
    }

    // Nix says last what is wrong, after the trace that led to it.
    private static string Detail(Seq<string> lines)
    {
        var spoken = lines.Filter(line => !string.IsNullOrWhiteSpace(line)).Strict();
        var last = spoken.ToList().FindLastIndex(line => line.Contains("error:", StringComparison.Ordinal));
        var relevant = last < 0 ? spoken.Skip(Math.Max(0, spoken.Count - DetailLinesMax)) : spoken.Skip(last);
        return relevant.IsEmpty
            ? "it said nothing"
            : string.Join('\n', relevant.Take(DetailLinesMax).Map(line => line.Trim()));
    }

    private void Say(bool isQuiet, string speaker, string line)
    {
        if (isQuiet || string.IsNullOrWhiteSpace(line))
            return;
        if (Spoken().Match(line) is { Success: true } match)
            log.Write(match.Groups[1].Value, match.Groups[2].Value);
        else
            log.Write(speaker, line);
    }

    // Nix puts the derivation's name before each line of its builder.
    [GeneratedRegex(@"\A([A-Za-z0-9+._?=-]{1,211})> (.*)\z")]
    private static partial Regex Spoken();
}
