using System.Runtime.InteropServices;

namespace Kennel.Shell.Systemd.Native;

/// <summary>
/// The functions of libsystemd that Kennel calls, as sd-bus(3) describes them. Results below zero are negative error
/// numbers. Nothing of a bus may be touched by two threads.
/// </summary>
internal static unsafe partial class LibSystemd
{
    private const string Library = "libsystemd.so.0";

    [LibraryImport(Library, EntryPoint = "sd_bus_open_system")]
    internal static partial int OpenSystem(out nint bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_new")]
    internal static partial int New(out nint bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_set_fd")]
    internal static partial int SetDescriptor(nint bus, int input, int output);

    [LibraryImport(Library, EntryPoint = "sd_bus_start")]
    internal static partial int Start(nint bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_close_unref")]
    internal static partial nint CloseUnref(nint bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_is_open")]
    internal static partial int IsOpen(nint bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_get_fd")]
    internal static partial int GetDescriptor(nint bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_get_events")]
    internal static partial int GetEvents(nint bus);

    /// <summary>The next moment at which the bus wants to run, in microseconds of the monotonic clock.</summary>
    [LibraryImport(Library, EntryPoint = "sd_bus_get_timeout")]
    internal static partial int GetTimeout(nint bus, out ulong atMicroseconds);

    [LibraryImport(Library, EntryPoint = "sd_bus_process")]
    internal static partial int Process(nint bus, nint* message);

    [LibraryImport(Library, EntryPoint = "sd_bus_call_async")]
    internal static partial int CallAsync(
        nint bus,
        out nint slot,
        nint message,
        delegate* unmanaged<nint, nint, nint, int> callback,
        nint userData,
        ulong timeoutMicroseconds
    );

    [LibraryImport(Library, EntryPoint = "sd_bus_add_match_async", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int AddMatchAsync(
        nint bus,
        out nint slot,
        string match,
        delegate* unmanaged<nint, nint, nint, int> callback,
        delegate* unmanaged<nint, nint, nint, int> installed,
        nint userData
    );

    [LibraryImport(Library, EntryPoint = "sd_bus_slot_unref")]
    internal static partial nint SlotUnref(nint slot);

    [LibraryImport(Library, EntryPoint = "sd_notify", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Notify(int unsetEnvironment, string state);

    /// <summary>How many descriptors the service manager handed over, from 3 on; they are closed when a program is run.</summary>
    [LibraryImport(Library, EntryPoint = "sd_listen_fds")]
    internal static partial int ListenDescriptors(int unsetEnvironment);

    [LibraryImport(Library, EntryPoint = "sd_watchdog_enabled")]
    internal static partial int WatchdogEnabled(int unsetEnvironment, out ulong microseconds);
}
