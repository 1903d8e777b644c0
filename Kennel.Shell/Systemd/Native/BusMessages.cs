using System.Runtime.InteropServices;

namespace Kennel.Shell.Systemd.Native;

/// <summary>The functions of libsystemd that build and read one D-Bus message.</summary>
internal static unsafe partial class BusMessages
{
    private const string Library = "libsystemd.so.0";

    /// <summary>What a method answered instead of a result.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct NativeError
    {
        internal nint Name;
        internal nint Message;
        internal int NeedsFree;
    }

    [LibraryImport(Library, EntryPoint = "sd_bus_message_new_method_call", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int NewMethodCall(
        nint bus,
        out nint message,
        string destination,
        string path,
        string @interface,
        string member
    );

    [LibraryImport(Library, EntryPoint = "sd_bus_message_unref")]
    internal static partial nint Unref(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_seal")]
    internal static partial int Seal(nint message, ulong cookie, ulong timeoutMicroseconds);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_error")]
    internal static partial NativeError* GetError(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_sender")]
    internal static partial nint GetSender(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_path")]
    internal static partial nint GetPath(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_member")]
    internal static partial nint GetMember(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_append_basic", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int AppendText(nint message, byte type, string value);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_append_basic")]
    internal static partial int AppendNumber(nint message, byte type, void* value);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_append_array")]
    internal static partial int AppendArray(nint message, byte type, void* values, nuint bytes);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_open_container", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int OpenContainer(nint message, byte type, string contents);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_close_container")]
    internal static partial int CloseContainer(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_read_basic")]
    internal static partial int ReadBasic(nint message, byte type, void* value);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_read_array")]
    internal static partial int ReadArray(nint message, byte type, out nint values, out nuint bytes);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_enter_container", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int EnterContainer(nint message, byte type, string contents);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_exit_container")]
    internal static partial int ExitContainer(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_skip", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Skip(nint message, string? types);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_peek_type")]
    internal static partial int PeekType(nint message, out byte type, out nint contents);
}
