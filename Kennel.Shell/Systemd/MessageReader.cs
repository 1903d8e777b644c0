using System.Runtime.InteropServices;
using Kennel.Shell.Systemd.Native;

namespace Kennel.Shell.Systemd;

/// <summary>Reads typed values from a D-Bus message in their order.</summary>
internal readonly unsafe ref struct MessageReader(nint message)
{
    /// <summary>The sender's unique name, as the bus itself put it; empty where there is no bus.</summary>
    internal string Sender => Marshal.PtrToStringUTF8(BusMessages.GetSender(message)) ?? "";

    /// <summary>The object path that a signal is about.</summary>
    internal string Path => Marshal.PtrToStringUTF8(BusMessages.GetPath(message)) ?? "";

    /// <summary>The name of the signal or method.</summary>
    internal string Member => Marshal.PtrToStringUTF8(BusMessages.GetMember(message)) ?? "";

    /// <summary>Reads <c>s</c>.</summary>
    internal string Text() => ReadText('s');

    /// <summary>Reads <c>as</c>.</summary>
    internal List<string> Texts()
    {
        var texts = new List<string>();
        Enter(BusContainer.Array, "s");
        nint start;
        while (BusMessages.ReadBasic(message, (byte)'s', &start) is var result and not 0)
        {
            Expect(result, "s");
            texts.Add(Marshal.PtrToStringUTF8(start)!);
        }
        Exit();
        return texts;
    }

    /// <summary>Reads <c>o</c>.</summary>
    internal string ObjectPath() => ReadText('o');

    /// <summary>Reads <c>b</c>.</summary>
    internal bool Flag()
    {
        int value;
        Read('b', &value);
        return value != 0;
    }

    /// <summary>Reads <c>i</c>.</summary>
    internal int Signed()
    {
        int value;
        Read('i', &value);
        return value;
    }

    /// <summary>Reads <c>u</c>.</summary>
    internal uint Count()
    {
        uint value;
        Read('u', &value);
        return value;
    }

    /// <summary>Reads <c>t</c>.</summary>
    internal ulong Large()
    {
        ulong value;
        Read('t', &value);
        return value;
    }

    /// <summary>Reads <c>ay</c>.</summary>
    internal byte[] Bytes()
    {
        Expect(BusMessages.ReadArray(message, (byte)'y', out var start, out var count), "ay");
        return count == 0 ? [] : new ReadOnlySpan<byte>((void*)start, checked((int)count)).ToArray();
    }

    /// <summary>Enters a container; false at the end of the array around it.</summary>
    /// <param name="kind">The kind of container.</param>
    /// <param name="contents">The signature of one element.</param>
    internal bool Enter(BusContainer kind, string contents)
    {
        var result = BusMessages.EnterContainer(message, (byte)kind, contents);
        return result >= 0 ? result > 0 : throw Unreadable(result, $"{kind} of {contents}");
    }

    /// <summary>Leaves a container whose elements were all read.</summary>
    internal void Exit()
    {
        var result = BusMessages.ExitContainer(message);
        if (result < 0)
        {
            throw Unreadable(result, "the end of a container");
        }
    }

    /// <summary>Passes over values of this signature.</summary>
    internal void Skip(string signature) => Expect(BusMessages.Skip(message, signature), signature);

    /// <summary>The signature inside the variant that comes next.</summary>
    internal string VariantSignature()
    {
        Expect(BusMessages.PeekType(message, out _, out var contents), "a variant");
        return Marshal.PtrToStringUTF8(contents) ?? "";
    }

    private string ReadText(char type)
    {
        nint start;
        Read(type, &start);
        return Marshal.PtrToStringUTF8(start)!;
    }

    private void Read(char type, void* value) =>
        Expect(BusMessages.ReadBasic(message, (byte)type, value), type.ToString());

    private static void Expect(int result, string what)
    {
        if (result <= 0)
        {
            throw Unreadable(result, what);
        }
    }

    private static BusMessageException Unreadable(int result, string what) =>
        new(
            result == 0
                ? $"The message ends where {what} was expected."
                : $"Cannot read {what}: {Marshal.GetPInvokeErrorMessage(-result)}"
        );
}
