using System.Security.Cryptography;
using Kennel.Core.Domain;

namespace Kennel.Shell.Store;

/// <summary>
/// The secrets of webhooks that Kennel made itself: a file for each project that needs one, for Kennel alone. Rows hold
/// their paths.
/// </summary>
/// <param name="directory">Where they are.</param>
/// <param name="clock">Dates what is set aside.</param>
public sealed class SecretFiles(string directory, TimeProvider clock)
{
    private const int SecretBytes = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Makes a project's secret, whole on the disk when this returns. A file that is there already is of a registration
    /// that was not kept or of a lost database: it is set aside.
    /// </summary>
    internal Either<Refusal, string> Make(ProjectId project)
    {
        var path = PathOf(project);
        try
        {
            Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
            if (File.Exists(path))
                File.Move(path, $"{path}.set-aside-{clock.GetUtcNow().ToUnixTimeMilliseconds()}", overwrite: true);
            Write(path + ".new", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)) + "\n");
            File.Move(path + ".new", path, overwrite: true);
            return path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Refusal(
                "secret-not-made",
                $"The secret of the project's webhook cannot be kept in {path}: {error.Message}",
                $"Let user kennel write in {directory}, or name a file of your own: --secret-file PATH"
            );
        }
    }

    /// <summary>Whether a path is the one that this project's secret would be made at.</summary>
    internal bool IsOwn(ProjectId project, string path) => path == PathOf(project);

    /// <summary>Removes a secret, if Kennel made it. One that cannot be removed stays and does no harm.</summary>
    internal void Forget(ProjectId project, string path)
    {
        if (!IsOwn(project, path))
            return;
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Nobody is let in by a secret of a project that is gone.
        }
    }

    private string PathOf(ProjectId project) => $"{directory}/webhook-{project.Value}";

    private static void Write(string path, string text)
    {
        File.Delete(path);
        using var file = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = OwnerOnly,
            }
        );
        file.Write(System.Text.Encoding.ASCII.GetBytes(text));
        file.Flush(flushToDisk: true);
    }
}
