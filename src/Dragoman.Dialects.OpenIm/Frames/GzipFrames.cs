using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Dragoman.Dialects.OpenIm.Frames;

/// <summary>The compression of binary frames (<c>compression=gzip</c>): every frame is one gzip member (RFC 1952).</summary>
internal static class GzipFrames
{
    /// <summary>
    /// Up to here a frame is stored, not compressed. That would save a few hundred bytes which share a packet anyway, and
    /// it would cost about ten times as much: see the figures in the commit that added this.
    /// </summary>
    public const int MaxStoredBytes = 1024;

    /// <summary>
    /// Room beyond the announced end. Whatever lands there proves that the announcement was a lie; and zlib has a fast path
    /// that it leaves when fewer than some 260 bytes of room remain, which doubled the price of a usual frame.
    /// </summary>
    private const int OutputSlack = 512;

    private const int HeaderLength = 10;
    private const int BlockHeaderLength = 5;
    private const int TrailerLength = 8;

    /// <summary>No flags, no time, unknown system.</summary>
    private static ReadOnlySpan<byte> Header => [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

    /// <summary>Decompresses a frame; false when it is damaged, cut short or longer than <paramref name="maxBytes"/> once inflated.</summary>
    /// <remarks>
    /// The plain stream of the class library: setting one up and inflating 400 bytes was measured at 2 µs together, which a small
    /// inflater of our own did not beat.
    /// </remarks>
    /// <param name="rented">From the shared pool, to be returned by the caller; empty, and not to be returned, on failure.</param>
    public static bool TryInflate(ReadOnlySpan<byte> frame, int maxBytes, out byte[] rented, out int length)
    {
        rented = [];
        length = 0;
        if (frame.Length < HeaderLength + TrailerLength || !frame.StartsWith(Header[..3])) return false;

        // The member says at its end how long it gets, and hardly more than that is ever written: a bomb has to announce itself.
        var announced = BinaryPrimitives.ReadUInt32LittleEndian(frame[^sizeof(uint)..]);
        if (announced > (uint)maxBytes) return false;

        var room = (int)announced + OutputSlack;
        var output = ArrayPool<byte>.Shared.Rent(room);
        if (InflateAtMost(frame, output.AsSpan(0, room)) != (int)announced)
        {
            ArrayPool<byte>.Shared.Return(output);
            return false;
        }

        rented = output;
        length = (int)announced;
        return true;
    }

    /// <returns>How much there was; -1 for a damaged member.</returns>
    private static int InflateAtMost(ReadOnlySpan<byte> frame, Span<byte> output)
    {
        var input = ArrayPool<byte>.Shared.Rent(frame.Length); // a stream wants an array, a frame is a span
        try
        {
            frame.CopyTo(input);
            using var gzip = new GZipStream(new MemoryStream(input, 0, frame.Length, writable: false), CompressionMode.Decompress);
            return gzip.ReadAtLeast(output, output.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException) // bad input; the connection ends with it
        {
            return -1;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(input);
        }
    }

    /// <summary>Wraps a frame into one gzip member: stored as it is when it is small, compressed otherwise.</summary>
    public static byte[] Deflate(ReadOnlySpan<byte> frame)
    {
        if (frame.Length > MaxStoredBytes) return Compress(frame);

        var member = GC.AllocateUninitializedArray<byte>(MeasureStored(frame.Length));
        frame.CopyTo(LayOutStored(member, frame.Length));
        SealStored(member);
        return member;
    }

    /// <summary>The length of the member that stores <paramref name="length"/> bytes (65535 at most) uncompressed.</summary>
    public static int MeasureStored(int length) => HeaderLength + BlockHeaderLength + length + TrailerLength;

    /// <summary>
    /// Writes the member's head into a buffer of <see cref="MeasureStored"/> bytes and answers the slot for the content, so that a
    /// frame can be encoded right into its member. <see cref="SealStored"/> ends it.
    /// </summary>
    public static Span<byte> LayOutStored(Span<byte> member, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, ushort.MaxValue);

        Header.CopyTo(member);
        member[HeaderLength] = 1; // the last block, stored
        BinaryPrimitives.WriteUInt16LittleEndian(member[(HeaderLength + 1)..], (ushort)length);
        BinaryPrimitives.WriteUInt16LittleEndian(member[(HeaderLength + 3)..], (ushort)~length);
        return member.Slice(HeaderLength + BlockHeaderLength, length);
    }

    /// <summary>Writes checksum and length behind the content.</summary>
    /// <param name="member">Exactly <see cref="MeasureStored"/> bytes.</param>
    public static void SealStored(Span<byte> member)
    {
        var content = member[(HeaderLength + BlockHeaderLength)..^TrailerLength];
        BinaryPrimitives.WriteUInt32LittleEndian(member[^TrailerLength..], Crc32.Compute(content));
        BinaryPrimitives.WriteUInt32LittleEndian(member[^sizeof(uint)..], (uint)content.Length);
    }

    private static byte[] Compress(ReadOnlySpan<byte> frame)
    {
        using var output = new MemoryStream(frame.Length / 2);
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(frame);
        return output.ToArray();
    }
}
