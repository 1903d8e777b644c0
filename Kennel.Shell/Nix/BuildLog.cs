using System.Diagnostics;
using System.Text;

namespace Kennel.Shell.Nix;

/// <summary>
/// The log of a build: lines that begin with a component or a phase and <c>&gt; </c>, up to a limit. It remembers
/// when something was last said, whether it was kept or not.
/// </summary>
internal sealed class BuildLog(Stream stream, long bytesMax)
{
    private readonly Lock gate = new();
    private long bytesWritten;
    private bool isCut;
    private long lastAt = Stopwatch.GetTimestamp();

    /// <summary>How long nothing has been said.</summary>
    public TimeSpan Silence => Stopwatch.GetElapsedTime(Interlocked.Read(ref lastAt));

    /// <summary>Says one line.</summary>
    /// <param name="speaker">The component or phase it is about.</param>
    /// <param name="line">The line.</param>
    public void Write(string speaker, string line)
    {
        Interlocked.Exchange(ref lastAt, Stopwatch.GetTimestamp());
        var bytes = Encoding.UTF8.GetBytes($"{speaker}> {line}\n");
        lock (gate)
        {
            if (isCut)
                return;
            if (bytesWritten + bytes.Length > bytesMax)
            {
                isCut = true;
                bytes = Encoding.UTF8.GetBytes($"kennel> the log is cut here, at its limit of {bytesMax} bytes\n");
            }
            bytesWritten += bytes.Length;
            Put(bytes);
        }
    }

    // The log must not fail the build: on a full disk it has a gap.
    private void Put(byte[] bytes)
    {
        try
        {
            stream.Write(bytes);
            stream.Flush();
        }
        catch (IOException)
        {
            // There is no other place to say it.
        }
    }
}
