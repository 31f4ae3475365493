namespace Dragoman.Load.OpenIm;

/// <summary>Reads the primitives of gob.</summary>
internal ref struct GobReader(ReadOnlySpan<byte> input)
{
    private readonly ReadOnlySpan<byte> _input = input;
    private int _position;

    internal readonly int Remaining => _input.Length - _position;

    /// <summary>In a CommonType the name comes before the id; a name's length byte is followed by a letter, an id is not.</summary>
    internal readonly bool PeekIsName => Remaining > 1 && _input[_position] < 128 && char.IsAsciiLetter((char)_input[_position + 1]);

    internal ulong UInt()
    {
        if (Remaining == 0) throw Malformed();
        var first = _input[_position++];
        if (first < 128) return first;

        var count = 256 - first;
        if (count > 8 || count > Remaining) throw Malformed();
        ulong value = 0;
        for (; count > 0; count--) value = (value << 8) | _input[_position++];
        return value;
    }

    internal long Int()
    {
        var value = UInt();
        return (value & 1) == 0 ? (long)(value >> 1) : ~(long)(value >> 1);
    }

    internal ReadOnlySpan<byte> Bytes()
    {
        var length = UInt();
        if (length > (ulong)Remaining) throw Malformed();
        var value = _input.Slice(_position, (int)length);
        _position += (int)length;
        return value;
    }

    internal readonly void Expect(bool condition)
    {
        if (!condition) throw Malformed();
    }

    internal static InvalidDataException Malformed() => new("malformed gob");
}
