using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Dragoman.Dialects.Conformance.OpenIm.Host;

/// <summary>A client that minds no rule: bytes over TCP after a proper handshake.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private readonly TcpClient _tcp = new() { NoDelay = true };
    private readonly List<byte> _received = [];
    private readonly Lock _gate = new();
    private Task _reader = Task.CompletedTask;

    private RawConnection()
    {
    }

    /// <summary>All bytes after the head of the handshake's answer.</summary>
    public byte[] Received
    {
        get
        {
            lock (_gate) return [.. _received];
        }
    }

    public bool IsClosed => _reader.IsCompleted;

    /// <summary>Opens a connection whose handshake must succeed.</summary>
    public static async Task<RawConnection> ConnectAsync(Uri uri, string? header = null)
    {
        var raw = new RawConnection();
        await raw._tcp.ConnectAsync(uri.Host, uri.Port);
        var stream = raw._tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {uri.PathAndQuery} HTTP/1.1\r\nHost: {uri.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{(header is null ? "" : header + "\r\n")}\r\n"));
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) == 1) head.Append((char)one[0]);
        if (!head.ToString().StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal)) throw new InvalidOperationException($"no upgrade: {head}");

        raw._reader = raw.ReadAsync(stream);
        return raw;
    }

    /// <summary>A client's frame.</summary>
    /// <param name="opcode">With the final bit, for instance 0x82.</param>
    public static byte[] Frame(byte opcode, ReadOnlySpan<byte> payload, bool isMasked = true)
    {
        var mask = (byte)(isMasked ? 0x80 : 0);
        var head = new byte[14];
        head[0] = opcode;
        var length = 2;
        if (payload.Length < 126)
        {
            head[1] = (byte)(mask | payload.Length);
        }
        else if (payload.Length <= ushort.MaxValue)
        {
            head[1] = (byte)(mask | 126);
            BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), (ushort)payload.Length);
            length = 4;
        }
        else
        {
            head[1] = (byte)(mask | 127);
            BinaryPrimitives.WriteUInt64BigEndian(head.AsSpan(2), (ulong)payload.Length);
            length = 10;
        }

        // A key of zeros leaves the payload as it is, which is as good a key as any.
        return [.. head.AsSpan(0, length), .. isMasked ? new byte[4] : [], .. payload];
    }

    /// <returns>False when the server has already hung up.</returns>
    public async Task<bool> TrySendAsync(byte[] bytes)
    {
        try
        {
            await _tcp.GetStream().WriteAsync(bytes);
            return true;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return false;
        }
    }

    public Task ClosedAsync() => Eventually.TrueAsync(() => IsClosed, "the server hangs up", () => $"received {Convert.ToHexString(Received)}");

    public async ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        await _reader;
    }

    private async Task ReadAsync(NetworkStream stream)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer)) > 0)
            {
                lock (_gate) _received.AddRange(buffer.AsSpan(0, read));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Reset, or ours to end.
        }
    }
}
