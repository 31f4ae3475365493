using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Dragoman.Load.Net;

/// <summary>One epoll instance, level-triggered, used by one thread.</summary>
/// <remarks>
/// An event loop of our own rather than the runtime's async sockets, because a continuation on the thread pool costs more than
/// everything else that a message costs here, and the generator shares the machine with the server that it measures.
/// </remarks>
internal sealed unsafe class Poller : IDisposable
{
    private const int Capacity = 512;

    /// <summary>struct epoll_event is packed on x86-64 only.</summary>
    private static readonly int s_dataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int s_stride = s_dataOffset + 8;

    private readonly int _epoll;
    private readonly byte* _events;

    internal Poller()
    {
        _epoll = Libc.EpollCreate(0);
        if (_epoll < 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
        _events = (byte*)NativeMemory.AllocZeroed((nuint)(Capacity * s_stride));
    }

    internal void Add(int fd, int token) => Control(Libc.ControlAdd, fd, token, Libc.Readable);

    internal void Watch(int fd, int token, bool forWriting) =>
        Control(Libc.ControlModify, fd, token, forWriting ? Libc.Readable | Libc.Writable : Libc.Readable);

    /// <returns>How many events are there, to be read with <see cref="TokenAt"/> and <see cref="EventsAt"/>.</returns>
    internal int Wait(long timeoutNanoseconds)
    {
        var timeout = stackalloc long[2];
        timeout[0] = timeoutNanoseconds / 1_000_000_000;
        timeout[1] = timeoutNanoseconds % 1_000_000_000;

        var count = Libc.EpollWait(_epoll, _events, Capacity, timeout, null);
        if (count >= 0) return count;

        var error = Marshal.GetLastPInvokeError();
        return error == Libc.Interrupted ? 0 : throw new Win32Exception(error);
    }

    internal uint EventsAt(int index) => *(uint*)(_events + index * s_stride);

    internal int TokenAt(int index) => *(int*)(_events + index * s_stride + s_dataOffset);

    public void Dispose()
    {
        _ = Libc.Close(_epoll);
        NativeMemory.Free(_events);
    }

    private void Control(int operation, int fd, int token, uint events)
    {
        var epollEvent = stackalloc byte[16];
        *(uint*)epollEvent = events;
        *(long*)(epollEvent + s_dataOffset) = token;

        if (Libc.EpollControl(_epoll, operation, fd, epollEvent) < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }
}
