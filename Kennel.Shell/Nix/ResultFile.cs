using System.Runtime.InteropServices;
using System.Text;
using Kennel.Core.Domain;
using Kennel.Core.Planning;
using Microsoft.Win32.SafeHandles;

namespace Kennel.Shell.Nix;

/// <summary>
/// Opens a result that a stranger's build may have put there: a link is not followed, a pipe is not waited for, and no
/// more is read than a result may have.
/// </summary>
internal static partial class ResultFile
{
    private const int ReadOnly = 0;
    private const int NonBlocking = 0x800;
    private const int NoFollow = 0x20000;
    private const int NoFollowArm = 0x8000;
    private const int CloseOnExec = 0x80000;
    private const int NoSuchFile = 2;
    private const int NotAllowed = 13;
    private const int IsLink = 40;

    /// <summary>The result; nothing while there is no file.</summary>
    /// <param name="path">The file.</param>
    internal static Option<BuildResult> Read(string path)
    {
        using var handle = Open(path, ReadOnly | NonBlocking | CloseOnExec | NoFollowHere);
        if (handle.IsInvalid)
            return Refused(path, Marshal.GetLastPInvokeError());
        try
        {
            using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
            var bytes = new byte[BuildResultText.SizeBytesMax + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return Some(Present(BuildResultText.Read(Encoding.UTF8.GetString(bytes, 0, length))));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Some(BuildResultText.Read(""));
        }
    }

    // A store path that is not there could never be protected, and the build would wait for that for ever.
    private static BuildResult Present(BuildResult result)
    {
        if (result is not BuildResult.Built built)
            return result;
        var missing = built.Outputs.Values.ToSeq().Filter(path => !Path.Exists(path.Value)).Strict();
        return missing.IsEmpty
            ? result
            : new BuildResult.Failed(
                new Cause.ResultInvalid(
                    missing
                        .Map(path =>
                            Problem.Of(
                                $"{BuildResultText.FileName}: built.outputs",
                                path.Value,
                                "a path that is in the store"
                            )
                        )
                        .Strict()
                )
            );
    }

    private static Option<BuildResult> Refused(string path, int error) =>
        error switch
        {
            NoSuchFile => None,
            NotAllowed or IsLink => Some(BuildResultText.Read("")),
            _ => throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(error)}"),
        };

    // The two processor families number this flag differently.
    private static int NoFollowHere =>
        RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? NoFollowArm : NoFollow;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);
}
