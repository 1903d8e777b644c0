using Kennel.Core.Domain;
using Kennel.Core.Planning;

namespace Kennel.Shell.Nix;

/// <summary>
/// Which program of a package is the service: <c>bin/{service}</c>, else the one that the package names as its main
/// program, else the only one.
/// </summary>
internal static class ProgramRule
{
    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The program below the store path.</summary>
    internal static async Task<Either<Cause, string>> Find(
        ComponentName service,
        StorePath path,
        Func<Task<Option<string>>> mainProgram
    )
    {
        var programs = Programs(path);
        if (programs.Contains(service.Value))
            return Right<Cause, string>($"bin/{service}");
        var main = await mainProgram();
        return main.Filter(name => programs.Contains(name))
            .Match(Some, () => programs.Count == 1 ? Some(programs[0]) : None)
            .Map(name => $"bin/{name}")
            .Filter(BuildResultText.IsProgram)
            .ToEither(Cause () => new Cause.NoBinary(service, Found(path, programs)));
    }

    private static string Found(StorePath path, Seq<string> programs) =>
        programs.IsEmpty
            ? $"{path} has no program in bin"
            : $"bin has {string.Join(", ", programs.Take(20))}{(programs.Count > 20 ? "…" : "")}";

    private static Seq<string> Programs(StorePath path)
    {
        var directory = $"{path}/bin";
        return Directory.Exists(directory)
            ? Directory
                .EnumerateFiles(directory)
                .Where(IsExecutable)
                .Select(file => Path.GetFileName(file))
                .Order()
                .ToSeq()
                .Strict()
            : Seq<string>();
    }

    /// <summary>Whether there is a file that may be executed.</summary>
    internal static bool IsExecutable(string file) =>
        File.Exists(file) && (File.GetUnixFileMode(file) & Executable) != UnixFileMode.None;
}
