using System.Text;
using Kennel.Core.Domain;

namespace Kennel.Shell.Forgejo;

/// <summary>A file that holds a secret or a token in its first line. What it holds is never shown.</summary>
internal static class SecretLine
{
    private const int BytesMax = 64 << 10;

    /// <summary>The first line, or why there is none.</summary>
    /// <param name="where">Where the path stood, for the error.</param>
    /// <param name="path">The file.</param>
    public static Validation<Problem, string> Read(string where, string path)
    {
        if (!path.StartsWith('/') || path.Any(char.IsControl))
            return Refused(where, path, "the absolute path of a file with a secret in it");
        try
        {
            var bytes = new byte[BytesMax + 1];
            using var file = File.OpenRead(path);
            var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count > BytesMax)
                return Refused(where, path, $"a file of at most {BytesMax} bytes");
            var line = Encoding.UTF8.GetString(bytes, 0, count).Split('\n')[0].Trim();
            return line.Length == 0
                    ? Refused(where, path, "a file with a secret in its first line; this one is empty there")
                : line.Any(char.IsControl) ? Refused(where, path, "a file of text; this one has control characters")
                : Success<Problem, string>(line);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Refused(where, path, $"a file that the daemon (user kennel) can read; {Reason(error)}");
        }
    }

    private static string Reason(Exception error) =>
        error switch
        {
            FileNotFoundException or DirectoryNotFoundException => "there is no such file, or not for that user",
            UnauthorizedAccessException => "it may not",
            _ => error.Message,
        };

    private static Validation<Problem, string> Refused(string where, string path, string allowed) =>
        Fail<Problem, string>(Problem.Of(where, path, allowed));
}
