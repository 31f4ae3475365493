using System.Text;

namespace Dragoman.Load.Codecs;

/// <summary>Writes protobuf fields into a span that the caller has made large enough.</summary>
internal ref struct ProtoWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    internal int Position { get; private set; }

    internal readonly ReadOnlySpan<byte> Written => _destination[..Position];

    /// <summary>Zero is the default of proto3 and is left out.</summary>
    internal void Int64(int field, long value)
    {
        if (value == 0) return;
        Varint((ulong)((uint)field << 3));
        Varint((ulong)value);
    }

    internal void Bool(int field, bool value) => Int64(field, value ? 1 : 0);

    /// <returns>Where the value begins.</returns>
    internal int Bytes(int field, scoped ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return Position;
        Varint((ulong)(((uint)field << 3) | 2));
        Varint((ulong)value.Length);
        var at = Position;
        value.CopyTo(_destination[Position..]);
        Position += value.Length;
        return at;
    }

    /// <returns>Where the value begins.</returns>
    internal int String(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    internal void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            _destination[Position++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _destination[Position++] = (byte)value;
    }
}
