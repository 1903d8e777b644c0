using System.Text;

namespace Kennel.Shell.Processes;

/// <summary>Keeps the beginning of what is written to it and drops the rest.</summary>
internal sealed class CaptureStream(int bytesMax) : SinkStream
{
    private readonly Lock gate = new();
    private readonly MemoryStream kept = new();

    /// <summary>What was kept, as text.</summary>
    public string Text
    {
        get
        {
            lock (gate)
                return Encoding.UTF8.GetString(kept.ToArray());
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (gate)
            kept.Write(buffer[..Math.Min(buffer.Length, bytesMax - (int)kept.Length)]);
    }
}
