using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Dragoman.Load.Drivers;
using Dragoman.Load.Net;

namespace Dragoman.EndToEnd.Load;

/// <summary>A server for pairs that relays markers over WebSocket and can be told to break one promise at every hundredth message.</summary>
internal sealed class RelayServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<int, NetworkStream> _streams = new();
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private readonly Dictionary<int, long> _sequences = [];
    private readonly Lock _lock = new();
    private readonly RelayFault _fault;
    private readonly Task _accepting;
    private byte[]? _heldBack;
    private int _messages;

    internal RelayServer(RelayFault fault)
    {
        _fault = fault;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    internal IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        foreach (var client in _clients) client.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                client.NoDelay = true;
                _clients.Add(client);
                _ = Task.Run(() => ServeAsync(client.GetStream()));
            }
        }
        catch (SocketException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        try
        {
            using var reader = new BinaryReader(stream);
            var user = ReadRequest(stream);
            _streams[user] = stream;
            await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 101 Switching Protocols\r\n\r\n"));
            Push(user, WebSocketOpcode.Text, "hello"u8);
            while (true) Handle(user, ReadFrame(reader));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The generator is done.
        }
    }

    private static int ReadRequest(NetworkStream stream)
    {
        var text = new StringBuilder();
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            text.Append((char)stream.ReadByte());
        return int.Parse(text.ToString().Split(' ')[1].TrimStart('/'), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The frames of this test are shorter than 126 bytes.</summary>
    private static byte[] ReadFrame(BinaryReader reader)
    {
        reader.ReadByte();
        var length = reader.ReadByte() & 0x7f;
        var mask = reader.ReadBytes(4);
        var payload = reader.ReadBytes(length);
        for (var i = 0; i < payload.Length; i++) payload[i] ^= mask[i & 3];
        return payload;
    }

    private void Handle(int user, byte[] payload)
    {
        lock (_lock)
        {
            if (payload is [(byte)'O'])
            {
                Push(user, WebSocketOpcode.Binary, "S"u8);
                return;
            }

            var isFaulty = ++_messages % 100 == 0;
            if (isFaulty && _fault == RelayFault.Refuse)
            {
                Push(user, WebSocketOpcode.Binary, [(byte)'R', .. payload]);
                return;
            }

            var sequence = _sequences[user / 2] = _sequences.GetValueOrDefault(user / 2) + 1;
            Push(user, WebSocketOpcode.Binary, [(byte)'A', .. payload]);
            Deliver(user ^ 1, sequence, payload, isFaulty ? _fault : RelayFault.None);
            Deliver(user, sequence, payload, RelayFault.None);
        }
    }

    private void Deliver(int user, long sequence, byte[] payload, RelayFault fault)
    {
        byte[] push = [(byte)'P', .. new byte[16], .. payload];
        Marker.WriteHex(push.AsSpan(1, 16), sequence);
        switch (fault)
        {
            case RelayFault.Drop:
                return;
            case RelayFault.Reorder:
                _heldBack ??= push;
                return;
            case RelayFault.Change:
                push[18] = (byte)'f'; // the marker's sender: nobody
                break;
            case RelayFault.Duplicate:
                Push(user, WebSocketOpcode.Binary, push);
                break;
        }

        Push(user, WebSocketOpcode.Binary, push);
        if (_heldBack is not { } held || held.AsSpan(1, 16).SequenceCompareTo(push.AsSpan(1, 16)) >= 0) return;
        _heldBack = null;
        Push(user, WebSocketOpcode.Binary, held);
    }

    private void Push(int user, WebSocketOpcode opcode, ReadOnlySpan<byte> payload)
    {
        if (_streams.TryGetValue(user, out var stream)) stream.Write([(byte)(0x80 | (int)opcode), (byte)payload.Length, .. payload]);
    }
}

/// <summary>What the relay does wrong at every hundredth message.</summary>
public enum RelayFault
{
    None,
    Drop,
    Duplicate,
    Reorder,
    Change,
    Refuse,
}

/// <summary>Speaks the relay's protocol: O asks, S answers; a marker sends; A acknowledges, R refuses, P delivers.</summary>
internal sealed class RelayDriver(IPEndPoint address) : ILoadDriver
{
    public string Dialect => "relay";
    public string Encoding => "none";
    public IPEndPoint Address => address;
    public int MaxFrameLength => 128;

    public Task SetUpAsync(Topology topology, CancellationToken ct) => Task.CompletedTask;

    public int WriteHandshake(int user, Span<byte> destination) =>
        System.Text.Encoding.ASCII.GetBytes($"GET /{user} HTTP/1.1\r\n\r\n", destination);

    public int WriteOpening(int user, uint mask, Span<byte> destination)
    {
        destination[6] = (byte)'O';
        WebSocketFrame.Seal(destination[..7], 1, WebSocketOpcode.Binary, mask);
        return 7;
    }

    public int WriteMessage(int user, long counter, long timestamp, uint mask, Span<byte> destination)
    {
        Marker.Write(destination.Slice(6, Marker.Length), user, counter, timestamp);
        WebSocketFrame.Seal(destination[..(6 + Marker.Length)], Marker.Length, WebSocketOpcode.Binary, mask);
        return 6 + Marker.Length;
    }

    public void Receive(int user, WebSocketOpcode opcode, ReadOnlySpan<byte> payload, ILoadSink sink)
    {
        if (opcode == WebSocketOpcode.Text)
        {
            sink.OnAuthenticated(user);
            return;
        }

        var kind = payload[0];
        if (kind == 'S')
        {
            sink.OnPosition(user, 0);
            return;
        }

        long sequence = 0;
        if (kind == 'P') Assert.True(Marker.TryReadHex(payload.Slice(1, 16), out sequence));
        Assert.True(Marker.TryRead(payload[^Marker.Length..], out var sender, out var counter, out var timestamp));
        if (kind == 'P') sink.OnDelivered(user, sender, counter, timestamp, sequence);
        else if (kind == 'A') sink.OnAcknowledged(user, counter);
        else sink.OnRefused(user, counter, 1302);
    }

    public void Dispose()
    {
    }
}
