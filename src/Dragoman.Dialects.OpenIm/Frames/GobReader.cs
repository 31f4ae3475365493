using System.Buffers.Binary;

namespace Dragoman.Dialects.OpenIm.Frames;

/// <summary>The primitives of Go's gob encoding, over one frame. Every method answers false at the first byte that does not fit.</summary>
internal ref struct GobReader(ReadOnlySpan<byte> input)
{
    private ReadOnlySpan<byte> _rest = input;

    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Below 128 one byte; else the negated count of the big-endian bytes that follow.</summary>
    public bool TryReadUInt(out ulong value)
    {
        value = 0;
        if (_rest.IsEmpty) return false;

        var first = _rest[0];
        if (first < 0x80)
        {
            value = first;
            _rest = _rest[1..];
            return true;
        }

        var count = -(sbyte)first;
        if (count > sizeof(ulong) || _rest.Length <= count) return false;

        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        padded.Clear();
        _rest.Slice(1, count).CopyTo(padded[^count..]);
        value = BinaryPrimitives.ReadUInt64BigEndian(padded);
        _rest = _rest[(1 + count)..];
        return true;
    }

    /// <summary>The sign is in bit 0, and a negative number is stored complemented.</summary>
    public bool TryReadInt(out long value)
    {
        var read = TryReadUInt(out var raw);
        value = (raw & 1) == 0 ? (long)(raw >> 1) : ~(long)(raw >> 1);
        return read;
    }

    public bool TryReadInt32(out int value)
    {
        var read = TryReadInt(out var wide);
        value = (int)wide;
        return read && value == wide;
    }

    public bool TryReadBytes(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!TryReadUInt(out var length) || length > (ulong)_rest.Length) return false;

        value = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }

    /// <summary>A struct's next field: adds the delta to <paramref name="index"/> (-1 before the first one).</summary>
    /// <param name="ended">The terminating zero was read.</param>
    /// <returns>False when the delta is cut short or leaves <paramref name="fieldCount"/>.</returns>
    public bool TryReadField(ref int index, int fieldCount, out bool ended)
    {
        ended = false;
        if (!TryReadUInt(out var delta)) return false;
        if (delta == 0)
        {
            ended = true;
            return true;
        }
        if (delta >= (ulong)(fieldCount - index)) return false;

        index += (int)delta;
        return true;
    }
}
