using Kennel.Core.Domain;
using Kennel.Core.Manifest;

namespace Kennel.Shell.Nix;

/// <summary>What a build unit is told.</summary>
/// <param name="Build">The build.</param>
/// <param name="Mirror">The mirror of the repository, which has the commit.</param>
/// <param name="Commit">The commit to build.</param>
/// <param name="Directory">Where the result and the roots go.</param>
/// <param name="System">What Nix calls this machine.</param>
/// <param name="TimeSeconds">How long the build may take in all.</param>
/// <param name="SilentSeconds">How long it may print nothing.</param>
/// <param name="LogBytes">How much of its output is kept.</param>
public sealed record BuildStepOptions(
    BuildId Build,
    string Mirror,
    CommitId Commit,
    string Directory,
    string System,
    int TimeSeconds,
    int SilentSeconds,
    long LogBytes
)
{
    /// <summary>Where the sources and the home directory are; private to the unit and gone with it.</summary>
    public string WorkDirectory { get; init; } = "/var/tmp/kennel-build";

    private static readonly Seq<string> Names = Seq(
        "--build",
        "--mirror",
        "--commit",
        "--directory",
        "--system",
        "--time-seconds",
        "--silent-seconds",
        "--log-bytes"
    );

    /// <summary>Reads <c>--name value</c> pairs; every name must be there once.</summary>
    public static Validation<Problem, BuildStepOptions> Parse(Seq<string> arguments) =>
        Pairs(arguments)
            .Bind(given =>
                (
                    Whole(given, "--build", long.MaxValue),
                    Absolute(given, "--mirror"),
                    CommitId.Parse("--commit", given["--commit"]),
                    Absolute(given, "--directory"),
                    Success<Problem, string>(given["--system"]),
                    Whole(given, "--time-seconds", int.MaxValue),
                    Whole(given, "--silent-seconds", int.MaxValue)
                )
                    .Apply(
                        (build, mirror, commit, directory, system, time, silent) =>
                            new BuildStepOptions(
                                new BuildId(build),
                                mirror,
                                commit,
                                directory,
                                system,
                                (int)time,
                                (int)silent,
                                0
                            )
                    )
                    .Bind(options =>
                        Whole(given, "--log-bytes", long.MaxValue).Map(bytes => options with { LogBytes = bytes })
                    )
            );

    private static Validation<Problem, Map<string, string>> Pairs(Seq<string> arguments)
    {
        var pairs = arguments.Chunk(2).Where(pair => pair.Length == 2).Select(pair => (pair[0], pair[1])).ToSeq();
        var given = pairs.Map(pair => pair.Item1).Strict();
        return arguments.Count == 2 * Names.Count && toSet(given) == toSet(Names)
            ? Success<Problem, Map<string, string>>(toMap(pairs))
            : Fail<Problem, Map<string, string>>(
                Problem.Of("build-step", string.Join(' ', arguments), string.Join(" … ", Names) + " …")
            );
    }

    private static Validation<Problem, long> Whole(Map<string, string> given, string name, long max) =>
        JsonFields.Whole(1, max)(name, new JsonNode.Number(given[name]));

    private static Validation<Problem, string> Absolute(Map<string, string> given, string name) =>
        given[name].StartsWith('/')
            ? Success<Problem, string>(given[name])
            : Fail<Problem, string>(Problem.Of(name, given[name], "an absolute path"));
}
