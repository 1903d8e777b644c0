using System.Runtime.InteropServices;
using System.Text;
using Kennel.Shell.Systemd.Native;

namespace Kennel.Shell.Systemd;

/// <summary>
/// Appends typed values to a D-Bus message. Named after the signature letters' meaning; every failure throws, so that
/// no message is sent in half.
/// </summary>
internal readonly unsafe ref struct MessageWriter(nint message)
{
    /// <summary>Appends <c>s</c>. A NUL would end the text early, so it is refused.</summary>
    internal void Text(string value)
    {
        if (value.Contains('\0'))
        {
            throw new ArgumentException("A text for D-Bus must not contain NUL.", nameof(value));
        }
        Check(BusMessages.AppendText(message, (byte)'s', value), "append a text");
    }

    /// <summary>Appends <c>b</c>, which is four bytes wide.</summary>
    internal void Flag(bool value)
    {
        var wide = value ? 1 : 0;
        Check(BusMessages.AppendNumber(message, (byte)'b', &wide), "append a flag");
    }

    /// <summary>Appends <c>i</c>.</summary>
    internal void Signed(int value) =>
        Check(BusMessages.AppendNumber(message, (byte)'i', &value), "append a signed number");

    /// <summary>Appends <c>u</c>.</summary>
    internal void Count(uint value) => Check(BusMessages.AppendNumber(message, (byte)'u', &value), "append a count");

    /// <summary>Appends <c>t</c>.</summary>
    internal void Large(ulong value) =>
        Check(BusMessages.AppendNumber(message, (byte)'t', &value), "append a large number");

    /// <summary>Appends <c>ay</c>: the UTF-8 of a text.</summary>
    internal void Bytes(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        fixed (byte* start = bytes)
        {
            Check(BusMessages.AppendArray(message, (byte)'y', start, (nuint)bytes.Length), "append bytes");
        }
    }

    /// <summary>Appends <c>as</c>.</summary>
    internal void Texts(IEnumerable<string> values)
    {
        Open(BusContainer.Array, "s");
        foreach (var value in values)
        {
            Text(value);
        }
        Close();
    }

    /// <summary>Opens a container; what follows goes into it until <see cref="Close"/>.</summary>
    /// <param name="kind">The kind of container.</param>
    /// <param name="contents">The signature of one element.</param>
    internal void Open(BusContainer kind, string contents) =>
        Check(BusMessages.OpenContainer(message, (byte)kind, contents), "open a container");

    internal void Close() => Check(BusMessages.CloseContainer(message), "close a container");

    private static void Check(int result, string step)
    {
        if (result < 0)
        {
            throw new BusMessageException($"Cannot {step}: {Marshal.GetPInvokeErrorMessage(-result)}");
        }
    }
}

/// <summary>The kinds of D-Bus container, by their letters in sd-bus.</summary>
internal enum BusContainer : byte
{
    Array = (byte)'a',
    Struct = (byte)'r',
    Entry = (byte)'e',
    Variant = (byte)'v',
}

/// <summary>A message could not be built or was not what its interface promises.</summary>
internal sealed class BusMessageException(string message) : Exception(message);
