using System.Buffers;

namespace Dragoman.Gateway.Connections;

/// <summary>Frames that wait for one connection; whatever waits leaves in one write. Bounded; senders never wait.</summary>
/// <remarks>No task and no buffer while nothing waits: an idle connection costs nothing here.</remarks>
internal sealed class WriteQueue(Stream stream, GatewayOptions options, Action<Exception?> onEnd) : IThreadPoolWorkItem
{
    private const int GatherBytes = 64 * 1024;
    private readonly Lock _gate = new();
    private List<ReadOnlyMemory<byte>>? _waiting;
    private List<ReadOnlyMemory<byte>>? _spare;
    private int _waitingBytes;
    private bool _isWriting;
    private bool _isGathering;
    private volatile bool _isClosed;
    private bool _endsAfterWaiting;

    internal enum Verdict
    {
        Queued,

        /// <summary>Queued, and <see cref="WriteGathered"/> has to be called.</summary>
        Gathered,
        Closed,
        Full,
    }

    /// <summary>Nothing is taken any more.</summary>
    public bool IsClosed => _isClosed;

    /// <param name="isLast">Nothing is taken after it, and the connection ends when it has left.</param>
    /// <param name="gathers">More is about to come: nothing is written before <see cref="WriteGathered"/>, or before something else is.</param>
    public Verdict TryAdd(ReadOnlyMemory<byte> frame, bool isLast = false, bool gathers = false)
    {
        lock (_gate)
        {
            if (_isClosed) return Verdict.Closed;
            _waiting ??= new(4);
            if (!isLast && (_waiting.Count >= options.QueueFrames || _waitingBytes + frame.Length > options.QueueBytes))
            {
                _isClosed = true;
                return Verdict.Full;
            }

            _waiting.Add(frame);
            _waitingBytes += frame.Length;
            _endsAfterWaiting = isLast;
            _isClosed = isLast;
            if (_isWriting || (gathers && _isGathering)) return Verdict.Queued;
            if (gathers)
            {
                _isGathering = true;
                return Verdict.Gathered;
            }

            _isWriting = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return Verdict.Queued;
    }

    /// <summary>Writes on the caller's thread as far as the peer takes it: one thing less for the thread pool, where everybody else waits.</summary>
    public void WriteGathered()
    {
        lock (_gate)
        {
            _isGathering = false;
            if (_isWriting || _waiting is not { Count: > 0 }) return;
            _isWriting = true;
        }

        _ = WriteAllAsync();
    }

    /// <summary>Takes nothing any more; what waits is dropped with the connection.</summary>
    public void Close()
    {
        lock (_gate) _isClosed = true;
    }

    void IThreadPoolWorkItem.Execute() => _ = WriteAllAsync();

    private async Task WriteAllAsync()
    {
        byte[]? buffer = null;
        var ends = false;
        try
        {
            while (Take(out ends) is { } frames)
            {
                buffer ??= ArrayPool<byte>.Shared.Rent(GatherBytes);
                await WriteAsync(frames, buffer);
                frames.Clear();
                lock (_gate) _spare = frames.Capacity <= 1024 ? frames : null;
            }
        }
        catch (Exception e)
        {
            // The peer is gone, or the connection was aborted: the reader sees the same and cleans up.
            Close();
            onEnd(e);
            return;
        }
        finally
        {
            if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
        }

        if (ends) onEnd(null);
    }

    /// <param name="ends">Everything has left, and the last frame was the last one.</param>
    private List<ReadOnlyMemory<byte>>? Take(out bool ends)
    {
        lock (_gate)
        {
            ends = _endsAfterWaiting && _waiting is not { Count: > 0 };
            if (_waiting is not { Count: > 0 } taken)
            {
                _isWriting = false;
                _waiting = null;
                _spare = null;
                return null;
            }

            _waiting = _spare ?? new(4);
            _spare = null;
            _waitingBytes = 0;
            return taken;
        }
    }

    private async ValueTask WriteAsync(List<ReadOnlyMemory<byte>> frames, byte[] buffer)
    {
        var gathered = 0;
        for (var i = 0; i < frames.Count; i++)
        {
            var frame = frames[i];
            if (gathered + frame.Length > buffer.Length)
            {
                if (gathered > 0) await stream.WriteAsync(buffer.AsMemory(0, gathered));
                gathered = 0;
                if (frame.Length > buffer.Length)
                {
                    await stream.WriteAsync(frame);
                    continue;
                }
            }

            frame.Span.CopyTo(buffer.AsSpan(gathered));
            gathered += frame.Length;
        }

        if (gathered > 0) await stream.WriteAsync(buffer.AsMemory(0, gathered));
    }
}
