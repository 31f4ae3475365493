namespace Dragoman.Gateway.Protobuf;

/// <summary>Protobuf's wire format over bytes that somebody else wrote: every method answers false instead of reading on.</summary>
/// <remarks>Groups are refused, which no proto3 encoder writes; so are varints and tags of more bits than there can be.</remarks>
public ref struct WireReader(ReadOnlySpan<byte> input)
{
    public const uint Varint = 0, Fixed64 = 1, LengthDelimited = 2, Fixed32 = 5;

    private const int MaxVarintBytes = 10;

    private readonly ReadOnlySpan<byte> _input = input;

    /// <summary>Where the next byte is read.</summary>
    public int Position { get; private set; }

    public readonly bool AtEnd => Position == _input.Length;

    /// <param name="tag">Field number and wire type, as protobuf packs them.</param>
    public bool TryReadTag(out uint tag)
    {
        var read = TryReadVarint(out var wide);
        tag = (uint)wide;
        return read && tag == wide && tag >> 3 != 0;
    }

    public bool TryReadVarint(out ulong value)
    {
        var rest = _input[Position..];
        if (!rest.IsEmpty && rest[0] < 0x80)
        {
            value = rest[0];
            Position++;
            return true;
        }

        value = 0;
        for (var i = 0; i < rest.Length && i < MaxVarintBytes; i++)
        {
            value |= (ulong)(rest[i] & 0x7f) << (7 * i);
            if (rest[i] >= 0x80) continue;

            Position += i + 1;
            return i < MaxVarintBytes - 1 || rest[i] <= 1; // the tenth byte has room for the 64th bit only
        }
        return false;
    }

    public bool TryReadBytes(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!TryReadVarint(out var length) || length > (ulong)(_input.Length - Position)) return false;

        value = _input.Slice(Position, (int)length);
        Position += (int)length;
        return true;
    }

    public bool TrySkip(uint tag) => (tag & 7) switch
    {
        Varint => TryReadVarint(out _),
        Fixed64 => TryAdvance(sizeof(ulong)),
        LengthDelimited => TryReadBytes(out _),
        Fixed32 => TryAdvance(sizeof(uint)),
        _ => false,
    };

    private bool TryAdvance(int count)
    {
        if (count > _input.Length - Position) return false;

        Position += count;
        return true;
    }
}
