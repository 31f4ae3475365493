using System.Runtime.InteropServices;

namespace Dragoman.Load.Net;

/// <summary>The five system calls of the event loop. Linux only, as is the reading of /proc beside it.</summary>
internal static unsafe partial class Libc
{
    internal const int Again = 11;
    internal const int Interrupted = 4;

    internal const int ControlAdd = 1;
    internal const int ControlModify = 3;

    internal const uint Readable = 0x1;
    internal const uint Writable = 0x4;

    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "epoll_create1", SetLastError = true)]
    internal static partial int EpollCreate(int flags);

    [LibraryImport(Library, EntryPoint = "epoll_ctl", SetLastError = true)]
    internal static partial int EpollControl(int epoll, int operation, int fd, byte* epollEvent);

    /// <summary>Unlike epoll_wait its timeout has nanoseconds: a schedule of 5,000 messages a second has steps of 200 microseconds.</summary>
    [LibraryImport(Library, EntryPoint = "epoll_pwait2", SetLastError = true)]
    internal static partial int EpollWait(int epoll, byte* events, int capacity, long* timeout, void* signalMask);

    [LibraryImport(Library, EntryPoint = "recv", SetLastError = true)]
    internal static partial nint Receive(int fd, byte* buffer, nint length, int flags);

    [LibraryImport(Library, EntryPoint = "send", SetLastError = true)]
    internal static partial nint Send(int fd, byte* buffer, nint length, int flags);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int fd);

    [LibraryImport(Library, EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int processId, int signal);
}
