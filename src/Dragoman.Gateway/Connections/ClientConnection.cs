using System.Buffers;
using Dragoman.Engine;
using Dragoman.Gateway.Transports;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dragoman.Gateway.Connections;

/// <summary>What a dialect makes of the messages of one connection.</summary>
public interface IMessageHandler
{
    /// <summary>One whole message; the bytes are the connection's and only valid until the returned task ends.</summary>
    /// <remarks>The next message is read when the task has ended: a handler decides itself what may overlap.</remarks>
    ValueTask HandleAsync(bool isText, ReadOnlyMemory<byte> message, CancellationToken ct);
}

/// <summary>One WebSocket: reads messages for its handler, writes what is queued. Holds no buffer while it is idle.</summary>
public sealed partial class ClientConnection : IDisposable
{
    private const int InitialBuffer = 4 * 1024;
    private static readonly byte[] s_ping = WebSocketFrames.Make(WebSocketOpcode.Ping, default);
    private static long s_lastId;

    private readonly HttpContext _http;
    private readonly Stream _stream;
    private readonly WriteQueue _queue;
    private readonly GatewayOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<ClientConnection> _logger;
    private readonly int _maxMessageBytes;
    private readonly CancellationTokenSource _ended = new();
    private ArrayBufferWriter<byte>? _fragments;
    private bool _isFragmentText;

    internal ClientConnection(
        HttpContext http, Stream stream, int maxMessageBytes, GatewayOptions options, TimeProvider clock, ILogger<ClientConnection> logger)
    {
        _http = http;
        _stream = stream;
        _maxMessageBytes = maxMessageBytes;
        _options = options;
        _clock = clock;
        _logger = logger;
        _queue = new(stream, options, OnWriterEnded);
        LastHeard = LastPinged = clock.GetTimestamp();
    }

    public SessionId Id { get; } = new(Interlocked.Increment(ref s_lastId));

    /// <summary>When the client was last heard of, as <see cref="TimeProvider.GetTimestamp"/> counts.</summary>
    public long LastHeard { get; private set; }

    /// <summary>How long the client may be silent before it counts as gone; the dialect may choose another.</summary>
    public TimeSpan SilenceLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>When the connection has to go whatever its client does (no login yet, a token that ends); Unix milliseconds.</summary>
    public long ExpiresAt { get; set; } = long.MaxValue;

    /// <summary>What is sent now and then so that the client shows that it is there.</summary>
    public ReadOnlyMemory<byte> PingFrame { get; set; } = s_ping;

    /// <summary>What a transport says before it closes; nothing by default.</summary>
    public ReadOnlyMemory<byte> LastWords { get; set; }

    internal long LastPinged { get; set; }

    /// <summary>Cancelled when the connection ends, for whatever is done on its behalf.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Queues a whole frame (<see cref="WebSocketFrames.Make"/>). False when the connection is ending or was too slow.</summary>
    public bool TrySend(ReadOnlyMemory<byte> frame) => TryAdd(frame, gathers: false) == WriteQueue.Verdict.Queued;

    /// <summary>The same, but it may wait for more.</summary>
    /// <returns>Whether <see cref="WriteGathered"/> has to be called.</returns>
    internal bool TryGather(ReadOnlyMemory<byte> frame) => TryAdd(frame, gathers: true) == WriteQueue.Verdict.Gathered;

    internal void WriteGathered() => _queue.WriteGathered();

    /// <summary>Writes what waits, then a close frame, then ends. Nothing can be sent any more.</summary>
    public void Close(ushort code)
    {
        if (!LastWords.IsEmpty) _queue.TryAdd(LastWords);
        _queue.TryAdd(WebSocketFrames.MakeClose(code), isLast: true);
    }

    /// <summary>Ends at once.</summary>
    public void Abort()
    {
        _queue.Close();
        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            return; // Ended by itself meanwhile.
        }

        _http.Abort();
    }

    /// <summary>Reads until either side ends the connection. Never throws for what a client does.</summary>
    public async Task RunAsync(IMessageHandler handler)
    {
        byte[]? buffer = null;
        try
        {
            var filled = 0;
            while (true)
            {
                if (buffer is null)
                {
                    // Wait without holding a buffer: most connections are idle most of the time.
#pragma warning disable CA2022 // Nothing is to be read: an empty read ends when there is something to read.
                    _ = await _stream.ReadAsync(Memory<byte>.Empty, Ended);
#pragma warning restore CA2022
                    buffer = ArrayPool<byte>.Shared.Rent(InitialBuffer);
                }

                var read = await _stream.ReadAsync(buffer.AsMemory(filled), Ended);
                if (read == 0) return;
                LastHeard = _clock.GetTimestamp();
                filled += read;

                var consumed = await HandleAllAsync(handler, buffer, filled);
                if (consumed < 0) return;
                filled -= consumed;
                buffer = Rearrange(buffer, consumed, filled);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // A hang-up, ours or theirs.
        }
        finally
        {
            if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
            _queue.Close();
            await _ended.CancelAsync();
        }
    }

    public void Dispose() => _ended.Dispose();

    /// <returns>Bytes consumed; -1 when the connection is over.</returns>
    private async ValueTask<int> HandleAllAsync(IMessageHandler handler, byte[] buffer, int filled)
    {
        var consumed = 0;
        while (true)
        {
            var status = WebSocketFrames.TryRead(buffer.AsSpan(consumed, filled - consumed), _maxMessageBytes, out var header);
            if (status == WebSocketFrames.ReadStatus.NeedMore) return consumed;
            if (status != WebSocketFrames.ReadStatus.Frame)
            {
                await EndAsync(status == WebSocketFrames.ReadStatus.TooBig ? (ushort)1009 : (ushort)1002);
                return -1;
            }

            var payload = buffer.AsMemory(consumed + header.Payload, header.Length);
            consumed += header.Total;
            if (!await HandleFrameAsync(handler, header, payload)) return -1;
            if (!_queue.IsClosed) continue;

            // Somebody said goodbye: what the client has sent after it is not done, for nobody would answer it.
            await WriterAsync();
            return -1;
        }
    }

    private async ValueTask<bool> HandleFrameAsync(IMessageHandler handler, WebSocketFrames.Header header, ReadOnlyMemory<byte> payload)
    {
        switch (header.Opcode)
        {
            case WebSocketOpcode.Ping:
                TrySend(WebSocketFrames.Make(WebSocketOpcode.Pong, payload.Span));
                return true;
            case WebSocketOpcode.Pong:
                return true;
            case WebSocketOpcode.Close:
                await EndAsync(1000);
                return false;
            case WebSocketOpcode.Text or WebSocketOpcode.Binary when _fragments is null && header.IsFinal:
                await handler.HandleAsync(header.Opcode == WebSocketOpcode.Text, payload, Ended);
                return true;
            default:
                return await HandleFragmentAsync(handler, header, payload);
        }
    }

    private async ValueTask<bool> HandleFragmentAsync(IMessageHandler handler, WebSocketFrames.Header header, ReadOnlyMemory<byte> payload)
    {
        var isFirst = header.Opcode != WebSocketOpcode.Continuation;
        if (isFirst != _fragments is null)
        {
            await EndAsync(1002);
            return false;
        }

        if (isFirst)
        {
            _fragments = new();
            _isFragmentText = header.Opcode == WebSocketOpcode.Text;
        }

        if (_fragments!.WrittenCount + payload.Length > _maxMessageBytes)
        {
            await EndAsync(1009);
            return false;
        }

        _fragments.Write(payload.Span);
        if (!header.IsFinal) return true;

        var message = _fragments.WrittenMemory;
        _fragments = null;
        await handler.HandleAsync(_isFragmentText, message, Ended);
        return true;
    }

    /// <summary>Says why and waits a moment for the writer, so that the client reads the reason before the end.</summary>
    private async ValueTask EndAsync(ushort code)
    {
        Close(code);
        await WriterAsync();
    }

    private Task WriterAsync() =>
        Task.WhenAny(Task.Delay(Timeout.Infinite, Ended), Task.Delay(TimeSpan.FromSeconds(1), _clock, CancellationToken.None));

    private WriteQueue.Verdict TryAdd(ReadOnlyMemory<byte> frame, bool gathers)
    {
        var verdict = _queue.TryAdd(frame, gathers: gathers);
        if (verdict != WriteQueue.Verdict.Full) return verdict;

        Log.ClosingSlow(_logger, Id.Value, _options.QueueFrames, _options.QueueBytes);
        Abort();
        return verdict;
    }

    private static byte[]? Rearrange(byte[] buffer, int consumed, int left)
    {
        if (left == 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            return null;
        }

        // The rest of a frame: to the front, and into a larger buffer when it fills this one. The size of a frame is
        // bounded where it is parsed, and so is this.
        var target = left == buffer.Length ? ArrayPool<byte>.Shared.Rent(buffer.Length * 2) : buffer;
        buffer.AsSpan(consumed, left).CopyTo(target);
        if (target != buffer) ArrayPool<byte>.Shared.Return(buffer);
        return target;
    }

    private void OnWriterEnded(Exception? error)
    {
        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The reader was faster.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Closing slow connection {ConnectionId}; more than {MaxFrames} frames or {MaxBytes} bytes are waiting")]
        public static partial void ClosingSlow(ILogger logger, long connectionId, int maxFrames, int maxBytes);
    }
}
