using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Kennel.Core.Ports;
using Kennel.Core.Secrets;
using Kennel.Core.Units;

namespace Kennel.Shell.OpenBao;

/// <summary>
/// Secrets in memory: a directory for each generation, with a file of variables and one for each secret that is given as
/// a file. It comes and goes whole, nobody but Kennel and root may look into it, and it is gone with the machine's memory.
/// </summary>
/// <param name="directory">Where the directories are; it is there already.</param>
internal sealed class SecretMemory(string directory)
{
    private const string Place = "the memory for secrets";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The generations whose secrets are there.</summary>
    public Observation<Set<UnitName>> Units()
    {
        try
        {
            return Observation.Known(
                Directory.Exists(directory)
                    ? toSet(
                        Directory
                            .EnumerateDirectories(directory)
                            .Select(path => UnitName.Parse("", Path.GetFileName(path)).ToOption())
                            .ToSeq()
                            .Somes()
                            .Strict()
                    )
                    : Set<UnitName>()
            );
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Observation.Unknown<Set<UnitName>>(error.Message);
        }
    }

    /// <summary>Puts the secrets of a generation there, in the place of what was there.</summary>
    public Effect Put(UnitName unit, Seq<ResolvedSecret> secrets) =>
        Try(() =>
        {
            // Whoever makes it decides who may look into it.
            if (!Directory.Exists(directory))
                throw new DirectoryNotFoundException("there is no such directory");
            var made = $"{directory}/.{unit}";
            Delete(made);
            Directory.CreateDirectory(made, OwnerOnly | UnixFileMode.UserExecute);
            foreach (var secret in secrets.Filter(it => it.AsPath))
                Write($"{made}/{secret.Name}.file", secret.Value);
            Write(
                $"{made}/{SecretProperties.EnvironmentFile}",
                SecretEnvironmentText.Of(secrets.Filter(it => !it.AsPath).Map(it => (it.Name, it.Value)).Strict())
            );
            Delete($"{directory}/{unit}");
            Directory.Move(made, $"{directory}/{unit}");
        });

    /// <summary>Removes the secrets of a generation.</summary>
    public Effect Remove(UnitName unit) => Try(() => Delete($"{directory}/{unit}"));

    private static void Delete(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }

    private static void Write(string path, SecretValue content)
    {
        using var file = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = OwnerOnly,
            }
        );
        file.Write(content.Reveal());
    }

    private Effect Try(System.Action work)
    {
        try
        {
            work();
            return Effect.Happened;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Effect.Refused(
                Place,
                $"{directory} cannot be written: {error.Message}; it is made by systemd-tmpfiles --create"
            );
        }
    }
}
