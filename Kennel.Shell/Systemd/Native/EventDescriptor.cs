using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Kennel.Shell.Systemd.Native;

/// <summary>
/// An eventfd(2): any thread can wake the one that sleeps in poll(2) on it. It is closed when it is collected, so that
/// a signal that comes late finds it open.
/// </summary>
internal sealed unsafe partial class EventDescriptor
{
    private const int Readable = 1;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int Interrupted = 4;

    private readonly SafeFileHandle handle;
    private int isSignalled;

    internal EventDescriptor()
    {
        var descriptor = CreateEvent(0, NonBlocking | CloseOnExec);
        if (descriptor < 0)
        {
            throw Failure("eventfd", Marshal.GetLastPInvokeError());
        }
        handle = new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Wakes the sleeper; signals that come before it wakes are one.</summary>
    internal void Signal()
    {
        if (Interlocked.Exchange(ref isSignalled, 1) == 1)
        {
            return;
        }
        ulong one = 1;
        if (Write(handle, &one, sizeof(ulong)) < 0)
        {
            throw Failure("write to eventfd", Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Sleeps until a signal, an event on the other descriptor, or the time is over.</summary>
    /// <param name="other">Another descriptor to watch; below zero for none.</param>
    /// <param name="events">The poll(2) events to watch it for.</param>
    /// <param name="timeoutMilliseconds">The longest sleep; below zero for no limit.</param>
    internal void Sleep(int other, int events, int timeoutMilliseconds)
    {
        var watched = stackalloc PollDescriptor[2];
        watched[0] = new PollDescriptor { Descriptor = (int)handle.DangerousGetHandle(), Events = Readable };
        watched[1] = new PollDescriptor { Descriptor = other, Events = (short)events };
        if (Poll(watched, 2, timeoutMilliseconds) < 0 && Marshal.GetLastPInvokeError() != Interrupted)
        {
            throw Failure("poll", Marshal.GetLastPInvokeError());
        }
        if ((watched[0].Returned & Readable) != 0)
        {
            ulong count;
            _ = Read(handle, &count, sizeof(ulong));
        }
        // Cleared after every sleep, so that a signal sent from here on writes again.
        Interlocked.Exchange(ref isSignalled, 0);
    }

    private static IOException Failure(string call, int errno) =>
        new($"{call}: {Marshal.GetPInvokeErrorMessage(errno)}");

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        internal int Descriptor;
        internal short Events;
        internal short Returned;
    }

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int CreateEvent(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle descriptor, void* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeFileHandle descriptor, void* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollDescriptor* descriptors, nuint count, int timeoutMilliseconds);
}
