using System.Security.Cryptography;
using System.Text;
using Kennel.Core.Secrets;

namespace Kennel.Shell.Store;

/// <summary>
/// The host's own key, a file for Kennel alone, made when it is first needed. Passwords are derived from it instead of
/// being kept: whoever has the file has them all.
/// </summary>
/// <param name="path">The file.</param>
public sealed class HostKeyFile(string path)
{
    private const int KeyBytes = 32;
    private const int PasswordBytes = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Lock gate = new();
    private byte[]? key;

    /// <summary>The password for one purpose, or why there is none; the same text always gives the same.</summary>
    public Either<string, SecretValue> Password(string purpose)
    {
        try
        {
            var password = HKDF.DeriveKey(
                HashAlgorithmName.SHA256,
                Key(),
                PasswordBytes,
                salt: null,
                Encoding.UTF8.GetBytes(purpose)
            );
            return SecretValue.Of(Convert.ToHexStringLower(password));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"the host's key cannot be had: {error.Message}";
        }
    }

    private byte[] Key()
    {
        lock (gate)
            return key ??= Whole(Read() ?? Make());
    }

    private byte[]? Read()
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    // Whole on the disk before it has its name, and a key that is there is never replaced.
    private byte[] Make()
    {
        var directory = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        var part = Path.Combine(directory, $".{Path.GetFileName(path)}-{Path.GetRandomFileName()}");
        try
        {
            using (var file = new FileStream(part, Options))
            {
                file.Write(RandomNumberGenerator.GetBytes(KeyBytes));
                file.Flush(flushToDisk: true);
            }
            File.Move(part, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first.
        }
        finally
        {
            File.Delete(part);
        }
        return File.ReadAllBytes(path);
    }

    // Passwords of a key that was cut short would be easy to guess.
    private byte[] Whole(byte[] found) =>
        found.Length >= KeyBytes
            ? found
            : throw new IOException(
                $"{path} has {found.Length} bytes and should have {KeyBytes}; restore it, or remove it"
            );

    private static FileStreamOptions Options =>
        new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        };
}
