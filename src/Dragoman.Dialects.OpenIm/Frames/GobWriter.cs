namespace Dragoman.Dialects.OpenIm.Frames;

/// <summary>Writes one gob struct value into a buffer that was measured before. Zero values are left out, as gob wants it.</summary>
internal ref struct GobWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;
    private int _lastIndex = -1;

    public int Written { get; private set; }

    public static int UIntLength(uint value) => value < 0x80 ? 1 : 2 + (31 - System.Numerics.BitOperations.LeadingZeroCount(value)) / 8;

    public static int IntFieldLength(int value) => value == 0 ? 0 : 1 + UIntLength(ZigZag(value));

    public static int BytesFieldLength(int length) => length == 0 ? 0 : 1 + UIntLength((uint)length) + length;

    public void WriteUInt(uint value)
    {
        if (value < 0x80)
        {
            _destination[Written++] = (byte)value;
            return;
        }

        var count = UIntLength(value) - 1;
        _destination[Written++] = (byte)-count;
        for (var shift = (count - 1) * 8; shift >= 0; shift -= 8) _destination[Written++] = (byte)(value >> shift);
    }

    public void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_destination[Written..]);
        Written += bytes.Length;
    }

    public void WriteIntField(int index, int value)
    {
        if (value == 0) return;

        WriteDelta(index);
        WriteUInt(ZigZag(value));
    }

    public void WriteBytesField(int index, ReadOnlySpan<byte> value) => value.CopyTo(ReserveBytesField(index, value.Length));

    public Span<byte> ReserveBytesField(int index, int length)
    {
        if (length == 0) return default;

        WriteDelta(index);
        WriteUInt((uint)length);
        var slot = _destination.Slice(Written, length);
        Written += length;
        return slot;
    }

    private void WriteDelta(int index)
    {
        _destination[Written++] = (byte)(index - _lastIndex);
        _lastIndex = index;
    }

    /// <summary>gob's signed form: the complement of a negative number, shifted, with the sign in bit 0.</summary>
    private static uint ZigZag(int value) => (uint)(value << 1) ^ (uint)(value >> 31);
}
