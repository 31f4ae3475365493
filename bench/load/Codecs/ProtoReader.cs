namespace Dragoman.Load.Codecs;

/// <summary>Walks over the fields of one protobuf message without allocating.</summary>
/// <exception cref="InvalidDataException">Thrown by every method when the bytes are not protobuf.</exception>
internal ref struct ProtoReader(ReadOnlySpan<byte> input)
{
    private readonly ReadOnlySpan<byte> _input = input;
    private int _position;

    internal int Field { get; private set; }

    private int _wireType;

    /// <summary>Moves to the next field. Its value must then be read or skipped.</summary>
    internal bool Next()
    {
        if (_position == _input.Length) return false;
        var tag = Varint();
        Field = (int)(tag >> 3);
        _wireType = (int)(tag & 7);
        return true;
    }

    internal long Int64()
    {
        if (_wireType != 0) throw Malformed();
        return (long)Varint();
    }

    internal ReadOnlySpan<byte> Bytes()
    {
        if (_wireType != 2) throw Malformed();
        var length = Varint();
        if (length > (ulong)(_input.Length - _position)) throw Malformed();
        var value = _input.Slice(_position, (int)length);
        _position += (int)length;
        return value;
    }

    internal void Skip()
    {
        switch (_wireType)
        {
            case 0: Varint(); break;
            case 1: Advance(8); break;
            case 2: Bytes(); break;
            case 5: Advance(4); break;
            default: throw Malformed();
        }
    }

    private void Advance(int count)
    {
        if (_input.Length - _position < count) throw Malformed();
        _position += count;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_position == _input.Length) throw Malformed();
            var next = _input[_position++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }

        throw Malformed();
    }

    private static InvalidDataException Malformed() => new("malformed protobuf");
}
