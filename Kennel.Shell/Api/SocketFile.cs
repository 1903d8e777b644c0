using System.Net.Sockets;

namespace Kennel.Shell.Api;

/// <summary>The socket's place in the file system.</summary>
internal static class SocketFile
{
    public const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <summary>Makes room for the socket: what a dead daemon left is removed; a live one is an error.</summary>
    /// <exception cref="IOException">Another daemon answers there, or something else is in the way.</exception>
    public static async Task MakeRoom(string path, CancellationToken cancellation)
    {
        if (!Path.Exists(path))
        {
            return;
        }
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await probe.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionRefused && !IsRegular(path))
        {
            File.Delete(path);
            return;
        }
        catch (SocketException error)
        {
            throw new IOException(
                $"{path} is in the way and is not a socket of Kennel's ({error.Message}); move it, or set \"socket\".",
                error
            );
        }
        throw new IOException($"another kennel serves on {path} already; stop it first (systemctl status kennel).");
    }

    private static bool IsRegular(string path) =>
        File.GetAttributes(path) is var attributes
        && (attributes.HasFlag(FileAttributes.Directory) || new FileInfo(path).Length > 0);
}
