using System.Buffers.Binary;

namespace Dragoman.Dialects.OpenIm.Frames;

/// <summary>The checksum of a gzip member (IEEE 802.3, reflected).</summary>
/// <remarks>
/// The class library has none without a package. Eight table look-ups per eight bytes cost about 0.2 µs for a usual frame,
/// so the carry-less multiplication that a processor offers would only add code.
/// </remarks>
internal static class Crc32
{
    private const uint ReflectedPolynomial = 0xedb88320;
    private const int Slices = 8;

    private static readonly uint[] Table = BuildTable();

    public static uint Compute(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<uint> table = Table;
        table = table[..(Slices * 256)]; // tells the JIT the length, so that the look-ups below need no bounds checks
        var crc = uint.MaxValue;

        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
        {
            var next = BinaryPrimitives.ReadUInt64LittleEndian(data) ^ crc;
            crc = table[0x700 + (int)(next & 0xff)]
                ^ table[0x600 + (int)((next >> 8) & 0xff)]
                ^ table[0x500 + (int)((next >> 16) & 0xff)]
                ^ table[0x400 + (int)((next >> 24) & 0xff)]
                ^ table[0x300 + (int)((next >> 32) & 0xff)]
                ^ table[0x200 + (int)((next >> 40) & 0xff)]
                ^ table[0x100 + (int)((next >> 48) & 0xff)]
                ^ table[(int)(next >> 56)];
        }

        foreach (var b in data) crc = (crc >> 8) ^ table[(byte)(crc ^ b)];
        return ~crc;
    }

    private static uint[] BuildTable()
    {
        var table = new uint[Slices * 256];
        for (var i = 0u; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : ReflectedPolynomial);
            table[i] = crc;
        }
        for (var i = 256; i < table.Length; i++) table[i] = (table[i - 256] >> 8) ^ table[(byte)table[i - 256]];
        return table;
    }
}
