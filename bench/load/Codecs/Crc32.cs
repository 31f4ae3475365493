namespace Dragoman.Load.Codecs;

/// <summary>The CRC of gzip (reflected 0xEDB88320), four bytes a step.</summary>
internal static class Crc32
{
    private static readonly uint[] s_table = MakeTable();

    internal static uint Of(ReadOnlySpan<byte> data)
    {
        var table = s_table;
        var crc = uint.MaxValue;
        var i = 0;
        for (; i + 4 <= data.Length; i += 4)
        {
            crc ^= System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(data[i..]);
            crc = table[768 + (crc & 0xff)] ^ table[512 + ((crc >> 8) & 0xff)]
                ^ table[256 + ((crc >> 16) & 0xff)] ^ table[crc >> 24];
        }

        for (; i < data.Length; i++) crc = (crc >> 8) ^ table[(crc ^ data[i]) & 0xff];
        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[4 * 256];
        for (uint i = 0; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
            table[i] = value;
        }

        for (var i = 256; i < table.Length; i++) table[i] = (table[i - 256] >> 8) ^ table[table[i - 256] & 0xff];
        return table;
    }
}
