using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Dragoman.Load.Net;

/// <summary>One socket and what is left over of its last read and its last write; without leftovers it holds no buffer.</summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket _socket;
    private byte[]? _unread;
    private int _unreadLength;
    private byte[]? _unsent;
    private int _unsentStart;
    private int _unsentLength;

    internal Connection(EndPoint address)
    {
        _socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            _socket.Connect(address);
            _socket.Blocking = false;
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        Handle = (int)_socket.Handle;
    }

    internal int Handle { get; }

    internal bool IsUpgraded { get; set; }

    internal bool IsClosed { get; private set; }

    internal int UnsentBytes => _unsentLength;

    /// <summary>The beginning of a frame that has not arrived as a whole, put back in front of the next read.</summary>
    internal int TakeUnread(Span<byte> destination)
    {
        if (_unread is null) return 0;
        _unread.AsSpan(0, _unreadLength).CopyTo(destination);
        ArrayPool<byte>.Shared.Return(_unread);
        _unread = null;
        return _unreadLength;
    }

    internal void KeepUnread(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty) return;
        _unread = ArrayPool<byte>.Shared.Rent(rest.Length);
        rest.CopyTo(_unread);
        _unreadLength = rest.Length;
    }

    internal ReadOnlySpan<byte> Unsent => _unsent.AsSpan(_unsentStart, _unsentLength);

    internal void KeepUnsent(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty) return;
        if (_unsent is null || _unsentStart + _unsentLength + rest.Length > _unsent.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent((_unsentLength + rest.Length) * 2);
            Unsent.CopyTo(larger);
            if (_unsent is not null) ArrayPool<byte>.Shared.Return(_unsent);
            (_unsent, _unsentStart) = (larger, 0);
        }

        rest.CopyTo(_unsent.AsSpan(_unsentStart + _unsentLength));
        _unsentLength += rest.Length;
    }

    internal void RemoveUnsent(int count)
    {
        _unsentStart += count;
        _unsentLength -= count;
        if (_unsentLength > 0 || _unsent is null) return;
        ArrayPool<byte>.Shared.Return(_unsent);
        (_unsent, _unsentStart) = (null, 0);
    }

    public void Dispose()
    {
        if (IsClosed) return;
        IsClosed = true;
        _socket.Dispose();
        if (_unread is not null) ArrayPool<byte>.Shared.Return(_unread);
        if (_unsent is not null) ArrayPool<byte>.Shared.Return(_unsent);
        (_unread, _unsent) = (null, null);
        _unsentLength = 0;
    }
}
