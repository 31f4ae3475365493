using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Dragoman.Load.Drivers;

namespace Dragoman.Load.Net;

/// <summary>All connections of the run, on the one thread that calls it: it connects, reads frames and writes them.</summary>
internal sealed unsafe class WireLoop : IDisposable
{
    /// <summary>A handshake of a server that is busy may take its time; a silent one must not hold the run.</summary>
    internal static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(20);

    private const int ReceiveBufferLength = 2 * 1024 * 1024;
    private const int SendBufferLength = 256 * 1024;

    private readonly ILoadDriver _driver;
    private readonly ILoadSink _sink;
    private readonly Connection?[] _connections;
    private readonly Poller _poller = new();

    // Pinned for good: the system calls take their addresses.
    private readonly byte[] _received = GC.AllocateUninitializedArray<byte>(ReceiveBufferLength, pinned: true);
    private readonly byte[] _toSend = GC.AllocateUninitializedArray<byte>(SendBufferLength, pinned: true);

    private uint _mask = 0x9E3779B9;

    internal WireLoop(ILoadDriver driver, ILoadSink sink, int users)
    {
        _driver = driver;
        _sink = sink;
        _connections = new Connection?[users];
    }

    /// <summary>Connections that the server or a protocol error ended.</summary>
    internal int Disconnects { get; private set; }

    /// <summary>The first reason for one.</summary>
    internal string? FirstFailure { get; private set; }

    /// <summary>Where frames are built before <see cref="Send"/>.</summary>
    internal Span<byte> SendBuffer => _toSend;

    internal bool IsOpen(int user) => _connections[user] is { IsClosed: false };

    internal int UnsentBytes(int user) => _connections[user]?.UnsentBytes ?? 0;

    internal uint NextMask()
    {
        _mask ^= _mask << 13;
        _mask ^= _mask >> 17;
        _mask ^= _mask << 5;
        return _mask;
    }

    internal void Connect(int user)
    {
        try
        {
            var connection = new Connection(_driver.Address);
            _connections[user] = connection;
            _poller.Add(connection.Handle, user);
            Send(user, _driver.WriteHandshake(user, _toSend));
        }
        catch (SocketException e)
        {
            Fail(user, e.Message);
        }
    }

    internal void Ping(int user)
    {
        WebSocketFrame.Seal(_toSend.AsSpan(0, 6), 0, WebSocketOpcode.Ping, NextMask());
        Send(user, 6);
    }

    /// <summary>Sends the first bytes of <see cref="SendBuffer"/>; what the socket does not take now follows when it can.</summary>
    internal void Send(int user, int length)
    {
        var connection = _connections[user];
        if (connection is null || connection.IsClosed) return;
        if (connection.UnsentBytes > 0)
        {
            connection.KeepUnsent(_toSend.AsSpan(0, length));
            return;
        }

        var sent = SendNow(user, connection, _toSend.AsSpan(0, length));
        if (sent < 0 || sent == length) return;
        connection.KeepUnsent(_toSend.AsSpan(sent, length - sent));
        _poller.Watch(connection.Handle, user, forWriting: true);
    }

    /// <summary>Waits until something arrives, or the time is over, and handles all that is there.</summary>
    internal void Poll(long timeoutNanoseconds)
    {
        var count = _poller.Wait(timeoutNanoseconds);
        for (var i = 0; i < count; i++)
        {
            var user = _poller.TokenAt(i);
            var connection = _connections[user];
            if (connection is null || connection.IsClosed) continue;

            var events = _poller.EventsAt(i);
            if ((events & Libc.Writable) != 0) SendUnsent(user, connection);
            if ((events & ~Libc.Writable) != 0) Receive(user, connection);
        }
    }

    public void Dispose()
    {
        foreach (var connection in _connections) connection?.Dispose();
        _poller.Dispose();
    }

    private void Receive(int user, Connection connection)
    {
        var kept = connection.TakeUnread(_received);
        nint count;
        fixed (byte* buffer = _received) count = Libc.Receive(connection.Handle, buffer + kept, _received.Length - kept, 0);
        if (count <= 0)
        {
            var error = count < 0 ? Marshal.GetLastPInvokeError() : 0;
            if (error is Libc.Again or Libc.Interrupted) connection.KeepUnread(_received.AsSpan(0, kept));
            else Fail(user, count == 0 ? "the server closed the connection" : new Win32Exception(error).Message);
            return;
        }

        try
        {
            ReadOnlySpan<byte> input = _received.AsSpan(0, kept + (int)count);
            if (!connection.IsUpgraded && !TryUpgrade(connection, ref input))
            {
                connection.KeepUnread(input);
                return;
            }

            ReadFrames(user, connection, input);
        }
        catch (InvalidDataException e)
        {
            Fail(user, e.Message);
        }
    }

    private void ReadFrames(int user, Connection connection, ReadOnlySpan<byte> input)
    {
        while (WebSocketFrame.TryRead(input, out var frame) is var length and > 0)
        {
            input = input[length..];
            if (!frame.IsFinal) throw new InvalidDataException("fragmented frames are not read by this client");
            switch (frame.Opcode)
            {
                case WebSocketOpcode.Binary or WebSocketOpcode.Text: _driver.Receive(user, frame.Opcode, frame.Payload, _sink); break;
                case WebSocketOpcode.Ping: Pong(user, frame.Payload); break;
                case WebSocketOpcode.Pong: break;
                case WebSocketOpcode.Close: throw new InvalidDataException(CloseReason(frame.Payload));
                default: throw new InvalidDataException($"a frame of opcode {frame.Opcode}");
            }

            if (connection.IsClosed) return;
        }

        connection.KeepUnread(input);
    }

    private void Pong(int user, ReadOnlySpan<byte> payload)
    {
        var frame = _toSend.AsSpan(0, WebSocketFrame.HeaderLength(payload.Length) + payload.Length);
        payload.CopyTo(frame[WebSocketFrame.HeaderLength(payload.Length)..]);
        WebSocketFrame.Seal(frame, payload.Length, WebSocketOpcode.Pong, NextMask());
        Send(user, frame.Length);
    }

    private static bool TryUpgrade(Connection connection, ref ReadOnlySpan<byte> input)
    {
        var end = input.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        if (!input.StartsWith("HTTP/1.1 101"u8))
            throw new InvalidDataException("no upgrade: " + Encoding.UTF8.GetString(input[..Math.Min(input.Length, 600)]));

        connection.IsUpgraded = true;
        input = input[(end + 4)..];
        return true;
    }

    private void SendUnsent(int user, Connection connection)
    {
        var sent = SendNow(user, connection, connection.Unsent);
        if (sent < 0) return;
        connection.RemoveUnsent(sent);
        if (connection.UnsentBytes == 0) _poller.Watch(connection.Handle, user, forWriting: false);
    }

    private int SendNow(int user, Connection connection, ReadOnlySpan<byte> bytes)
    {
        const int NoSignal = 0x4000; // MSG_NOSIGNAL
        nint sent;
        fixed (byte* buffer = bytes) sent = Libc.Send(connection.Handle, buffer, bytes.Length, NoSignal);
        if (sent >= 0) return (int)sent;

        var error = Marshal.GetLastPInvokeError();
        if (error is Libc.Again or Libc.Interrupted) return 0;
        Fail(user, new Win32Exception(error).Message);
        return -1;
    }

    private void Fail(int user, string reason)
    {
        Disconnects++;
        FirstFailure ??= $"user {user}: {reason}";
        _connections[user]?.Dispose();
    }

    private static string CloseReason(ReadOnlySpan<byte> payload) =>
        payload.Length < 2
            ? "the server sent a close frame"
            : $"the server sent a close frame: {(payload[0] << 8) | payload[1]} {Encoding.UTF8.GetString(payload[2..])}";
}
