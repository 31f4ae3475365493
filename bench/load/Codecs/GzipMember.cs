using System.Buffers.Binary;

namespace Dragoman.Load.Codecs;

/// <summary>One gzip member around one payload.</summary>
internal static class GzipMember
{
    /// <summary>What a member with one stored block has in front of its payload.</summary>
    internal const int StoredPrefix = 15;

    /// <summary>CRC and length behind it.</summary>
    internal const int StoredSuffix = 8;

    /// <summary>Makes a member of a payload that already stands in its place; it is not compressed, which is legal and costs only the CRC.</summary>
    /// <param name="member">Exactly prefix, payload (at most 65,535 bytes) and suffix.</param>
    internal static void Seal(Span<byte> member)
    {
        var payload = member[StoredPrefix..^StoredSuffix];
        ReadOnlySpan<byte> header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 0x01];
        header.CopyTo(member);
        BinaryPrimitives.WriteUInt16LittleEndian(member[11..], (ushort)payload.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(member[13..], (ushort)~payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(member[^8..], Crc32.Of(payload));
        BinaryPrimitives.WriteInt32LittleEndian(member[^4..], payload.Length);
    }

    /// <returns>The payload, in memory that belongs to <paramref name="inflater"/> until its next use.</returns>
    /// <exception cref="InvalidDataException">Not one whole gzip member.</exception>
    internal static ReadOnlySpan<byte> Open(ReadOnlySpan<byte> member, Inflater inflater)
    {
        if (member.Length < 18 || member[0] != 0x1f || member[1] != 0x8b || member[2] != 8)
            throw new InvalidDataException("not a gzip member");

        var start = 10;
        var flags = member[3];
        if ((flags & 4) != 0) start += 2 + BinaryPrimitives.ReadUInt16LittleEndian(member[start..]);
        if ((flags & 8) != 0) start += member[start..].IndexOf((byte)0) + 1;
        if ((flags & 16) != 0) start += member[start..].IndexOf((byte)0) + 1;
        if ((flags & 2) != 0) start += 2;

        var length = BinaryPrimitives.ReadInt32LittleEndian(member[^4..]);
        var payload = inflater.Inflate(member[start..^StoredSuffix], length);
        return payload.Length == length ? payload : throw new InvalidDataException("the gzip length is wrong");
    }
}
