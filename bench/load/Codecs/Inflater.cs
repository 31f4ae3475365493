namespace Dragoman.Load.Codecs;

/// <summary>Decompresses raw deflate (RFC 1951) into a buffer that it keeps and reuses.</summary>
/// <remarks>The framework's stream allocates some 40 KiB of state for each member; a push is one member of half a kilobyte.</remarks>
internal sealed class Inflater
{
    private const int MaxBits = 15;
    private const int MaxOutput = 4 * 1024 * 1024;

    private static ReadOnlySpan<ushort> LengthBase =>
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
    private static ReadOnlySpan<byte> LengthExtra =>
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
    private static ReadOnlySpan<ushort> DistanceBase =>
        [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
    private static ReadOnlySpan<byte> DistanceExtra =>
        [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
    private static ReadOnlySpan<byte> CodeOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    // A direct table of 2^15 entries (symbol << 4 | bits) would not stay in the cache; canonical decoding by count is enough here.
    private readonly Huffman _literals = new(288);
    private readonly Huffman _distances = new(32);
    private readonly Huffman _codes = new(19);
    private readonly byte[] _lengths = new byte[320];
    private byte[] _output = new byte[64 * 1024];

    private int _written;
    private int _position;
    private ulong _bits;
    private int _bitCount;

    /// <param name="expectedLength">A hint for the buffer, from the gzip trailer.</param>
    /// <exception cref="InvalidDataException">Malformed, or larger than 4 MiB.</exception>
    internal ReadOnlySpan<byte> Inflate(ReadOnlySpan<byte> input, int expectedLength)
    {
        if (expectedLength is < 0 or > MaxOutput) throw new InvalidDataException("inflated size out of bounds");
        if (_output.Length < expectedLength) _output = new byte[expectedLength];
        _written = _position = _bitCount = 0;
        _bits = 0;

        bool last;
        do
        {
            last = Take(input, 1) == 1;
            switch (Take(input, 2))
            {
                case 0: CopyStored(input); break;
                case 1: MakeFixed(); Decode(input); break;
                case 2: ReadDynamic(input); Decode(input); break;
                default: throw new InvalidDataException("bad deflate block");
            }
        }
        while (!last);

        return _output.AsSpan(0, _written);
    }

    private void CopyStored(ReadOnlySpan<byte> input)
    {
        _position -= _bitCount / 8;
        _bits = 0;
        _bitCount = 0;
        if (input.Length - _position < 4) throw new InvalidDataException("deflate ended early");
        var length = input[_position] | (input[_position + 1] << 8);
        _position += 4;
        if (input.Length - _position < length) throw new InvalidDataException("deflate ended early");
        Reserve(length);
        input.Slice(_position, length).CopyTo(_output.AsSpan(_written));
        _written += length;
        _position += length;
    }

    private void Decode(ReadOnlySpan<byte> input)
    {
        while (true)
        {
            var symbol = Symbol(input, _literals);
            if (symbol < 256)
            {
                Reserve(1);
                _output[_written++] = (byte)symbol;
                continue;
            }

            if (symbol == 256) return;
            symbol -= 257;
            if (symbol >= LengthBase.Length) throw new InvalidDataException("bad deflate length");
            var length = LengthBase[symbol] + (int)Take(input, LengthExtra[symbol]);
            var code = Symbol(input, _distances);
            if (code >= DistanceBase.Length) throw new InvalidDataException("bad deflate distance");
            var distance = DistanceBase[code] + (int)Take(input, DistanceExtra[code]);
            if (distance > _written) throw new InvalidDataException("bad deflate distance");

            Reserve(length);
            if (distance >= length)
            {
                _output.AsSpan(_written - distance, length).CopyTo(_output.AsSpan(_written));
                _written += length;
            }
            else
            {
                for (; length > 0; length--, _written++) _output[_written] = _output[_written - distance];
            }
        }
    }

    private void MakeFixed()
    {
        var lengths = _lengths.AsSpan(0, 288);
        lengths[..144].Fill(8);
        lengths[144..256].Fill(9);
        lengths[256..280].Fill(7);
        lengths[280..].Fill(8);
        _literals.Build(lengths);

        lengths[..30].Fill(5);
        _distances.Build(lengths[..30]);
    }

    private void ReadDynamic(ReadOnlySpan<byte> input)
    {
        var literals = (int)Take(input, 5) + 257;
        var distances = (int)Take(input, 5) + 1;
        var codes = (int)Take(input, 4) + 4;

        var lengths = _lengths.AsSpan();
        lengths.Clear();
        for (var i = 0; i < codes; i++) lengths[CodeOrder[i]] = (byte)Take(input, 3);
        _codes.Build(lengths[..19]);

        lengths.Clear();
        for (var i = 0; i < literals + distances;)
        {
            var symbol = Symbol(input, _codes);
            if (symbol < 16)
            {
                lengths[i++] = (byte)symbol;
                continue;
            }

            byte value = 0;
            if (symbol == 16)
            {
                if (i == 0) throw new InvalidDataException("bad deflate table");
                value = lengths[i - 1];
            }

            var repeat = symbol switch { 16 => 3 + (int)Take(input, 2), 17 => 3 + (int)Take(input, 3), _ => 11 + (int)Take(input, 7) };
            if (i + repeat > literals + distances) throw new InvalidDataException("bad deflate table");
            lengths.Slice(i, repeat).Fill(value);
            i += repeat;
        }

        _literals.Build(lengths[..literals]);
        _distances.Build(lengths.Slice(literals, distances));
    }

    private int Symbol(ReadOnlySpan<byte> input, Huffman table)
    {
        if (_bitCount < MaxBits) Fill(input);
        var entry = table.Lookup(_bits);
        if (entry.Length == 0 || entry.Length > _bitCount) throw new InvalidDataException("bad deflate code");
        _bits >>= entry.Length;
        _bitCount -= entry.Length;
        return entry.Symbol;
    }

    private uint Take(ReadOnlySpan<byte> input, int count)
    {
        if (count == 0) return 0;
        if (_bitCount < count) Fill(input);
        if (_bitCount < count) throw new InvalidDataException("deflate ended early");
        var value = (uint)(_bits & ((1UL << count) - 1));
        _bits >>= count;
        _bitCount -= count;
        return value;
    }

    private void Fill(ReadOnlySpan<byte> input)
    {
        for (; _bitCount <= 48 && _position < input.Length; _bitCount += 8) _bits |= (ulong)input[_position++] << _bitCount;
    }

    private void Reserve(int count)
    {
        if (_written + count <= _output.Length) return;
        if (_written + count > MaxOutput) throw new InvalidDataException("inflated size out of bounds");
        Array.Resize(ref _output, Math.Max(_output.Length * 2, _written + count));
    }

    /// <summary>A table for codes of up to nine bits, and canonical decoding by count for the rare longer ones.</summary>
    private sealed class Huffman(int capacity)
    {
        private const int QuickBits = 9;

        private readonly ushort[] _quick = new ushort[1 << QuickBits];
        private readonly ushort[] _symbols = new ushort[capacity];
        private readonly ushort[] _counts = new ushort[MaxBits + 1];
        private readonly ushort[] _offsets = new ushort[MaxBits + 2];

        internal void Build(ReadOnlySpan<byte> lengths)
        {
            Array.Clear(_counts);
            Array.Clear(_quick);
            foreach (var length in lengths) _counts[length]++;
            _counts[0] = 0;

            Span<int> next = stackalloc int[MaxBits + 1];
            var code = 0;
            _offsets[1] = 0;
            for (var bits = 1; bits <= MaxBits; bits++)
            {
                code = (code + _counts[bits - 1]) << 1;
                next[bits] = code;
                if (code + _counts[bits] > 1 << bits) throw new InvalidDataException("bad deflate table");
                _offsets[bits + 1] = (ushort)(_offsets[bits] + _counts[bits]);
            }

            Span<ushort> place = stackalloc ushort[MaxBits + 2];
            _offsets.CopyTo(place);
            for (var symbol = 0; symbol < lengths.Length; symbol++)
            {
                int length = lengths[symbol];
                if (length == 0) continue;
                _symbols[place[length]++] = (ushort)symbol;
                var bits = Reverse(next[length]++, length);
                if (length > QuickBits) continue;
                for (; bits < _quick.Length; bits += 1 << length) _quick[bits] = (ushort)((symbol << 4) | length);
            }
        }

        internal (int Symbol, int Length) Lookup(ulong bits)
        {
            var entry = _quick[bits & ((1 << QuickBits) - 1)];
            return entry != 0 ? (entry >> 4, entry & 15) : LookupLong(bits);
        }

        private (int Symbol, int Length) LookupLong(ulong bits)
        {
            var code = 0;
            var first = 0;
            for (var length = 1; length <= MaxBits; length++)
            {
                code |= (int)(bits & 1);
                bits >>= 1;
                int count = _counts[length];
                if (code - first < count) return (_symbols[_offsets[length] + code - first], length);
                first = (first + count) << 1;
                code <<= 1;
            }

            return (0, 0);
        }

        private static int Reverse(int code, int length)
        {
            var reversed = 0;
            for (; length > 0; length--, code >>= 1) reversed = (reversed << 1) | (code & 1);
            return reversed;
        }
    }
}
