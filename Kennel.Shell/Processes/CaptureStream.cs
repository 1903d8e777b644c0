using System.Text;

namespace Kennel.Shell.Processes;

/// <summary>Keeps the beginning of what is written to it and drops the rest.</summary>
internal sealed class CaptureStream(int bytesMax) : SinkStream
{
    private readonly Lock gate = new();
    private readonly MemoryStream kept = new();
    private bool isCut;

    /// <summary>What was kept, as text.</summary>
    public string Text
    {
        get
        {
            lock (gate)
                return Encoding.UTF8.GetString(kept.ToArray());
        }
    }

    /// <summary>Whether something was dropped.</summary>
    public bool IsCut
    {
        get
        {
            lock (gate)
                return isCut;
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (gate)
        {
            var room = Math.Min(buffer.Length, bytesMax - (int)kept.Length);
            kept.Write(buffer[..room]);
            isCut |= room < buffer.Length;
        }
    }
}
