using System.Buffers;

namespace Dragoman.Gateway.Http;

/// <summary>Gathers bytes in a rented array that grows: for an answer whose length is known only when it is written.</summary>
/// <remarks>A list of a thousand conversations is more than half a megabyte; an array of its own for each would keep the collector busy.</remarks>
public sealed class PooledWriter : IBufferWriter<byte>, IDisposable
{
    private const int FirstBytes = 1_024;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _length;

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - _length);
        _length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _length) = ([], 0);
    }

    private void Grow(int room)
    {
        if (_buffer.Length - _length >= room) return;

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + room));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
