using Kennel.Core.Configuration;
using Kennel.Core.Domain;

namespace Kennel.Shell.Configuration;

/// <summary>The configuration with a word about where it came from.</summary>
public sealed record LoadedConfiguration(HostConfiguration Configuration, Option<string> Note);

/// <summary>The configuration file of the host.</summary>
public static class ConfigurationFile
{
    public const string DefaultPath = "/etc/kennel/config.json";

    private const long BytesMax = 1 << 20;

    /// <summary>
    /// Reads it. Without the default file everything has its default, and the note says so; a file that was named
    /// must be there.
    /// </summary>
    public static Validation<Problem, LoadedConfiguration> Load(string? named)
    {
        var path = named ?? DefaultPath;
        try
        {
            return new FileInfo(path).Length > BytesMax
                ? Fail<Problem, LoadedConfiguration>(new Problem(path, "a file above 1 MiB", "a small JSON file"))
                : ConfigurationReader
                    .Read(path, File.ReadAllText(path))
                    .Map(configuration => new LoadedConfiguration(configuration, None));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return named is null
                ? Success<Problem, LoadedConfiguration>(
                    new LoadedConfiguration(
                        HostConfiguration.Default,
                        $"{path} does not exist: every option has its default."
                    )
                )
                : Fail<Problem, LoadedConfiguration>(
                    new Problem(path, "no file", "the configuration file to be there")
                );
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            return Fail<Problem, LoadedConfiguration>(new Problem(path, error.Message, "a file that can be read"));
        }
    }

    /// <summary>
    /// Reads it for a command that only needs to find the daemon: a person who may not read the file uses the
    /// default socket.
    /// </summary>
    public static Validation<Problem, LoadedConfiguration> LoadForClient(string? named) =>
        named is null && !MayRead(DefaultPath)
            ? Success<Problem, LoadedConfiguration>(new LoadedConfiguration(HostConfiguration.Default, None))
            : Load(named);

    private static bool MayRead(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return true;
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }
}
