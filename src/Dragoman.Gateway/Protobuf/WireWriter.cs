using System.Numerics;

namespace Dragoman.Gateway.Protobuf;

/// <summary>Protobuf's wire format into a buffer that was measured before. All our field numbers are below 2^11: a tag is one or two bytes.</summary>
public ref struct WireWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    public int Written { get; private set; }

    public static int VarintLength(ulong value) => (BitOperations.Log2(value | 1) * 9 + 73) / 64; // 1 + log2 / 7, without the division

    public static int TagLength(int field) => field < 16 ? 1 : 2;

    /// <summary>The length of a varint field, or 0 for the default value, which proto3 leaves out.</summary>
    public static int NumberLength(int field, long value) => value == 0 ? 0 : TagLength(field) + VarintLength((ulong)value);

    /// <summary>The length of a field of so many bytes, which is written even when it is empty.</summary>
    public static int BytesLength(int field, int length) => TagLength(field) + VarintLength((ulong)length) + length;

    /// <summary>The same, or 0 for an empty one.</summary>
    public static int TextLength(int field, int length) => length == 0 ? 0 : BytesLength(field, length);

    public void WriteVarint(ulong value)
    {
        var rest = _destination[Written..];
        var length = 0;
        for (; value >= 0x80; value >>= 7) rest[length++] = (byte)(value | 0x80);
        rest[length++] = (byte)value;
        Written += length;
    }

    public void WriteNumber(int field, long value)
    {
        if (value == 0) return;

        WriteVarint((uint)field << 3 | WireReader.Varint);
        WriteVarint((ulong)value);
    }

    public void WriteText(int field, ReadOnlySpan<byte> value)
    {
        if (!value.IsEmpty) WriteBytes(field, value);
    }

    public void WriteBytes(int field, ReadOnlySpan<byte> value)
    {
        WriteHead(field, value.Length);
        WriteRaw(value);
    }

    /// <summary>Tag and length of a field whose content follows.</summary>
    public void WriteHead(int field, int length)
    {
        WriteVarint((uint)field << 3 | WireReader.LengthDelimited);
        WriteVarint((ulong)length);
    }

    public void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_destination[Written..]);
        Written += bytes.Length;
    }
}
