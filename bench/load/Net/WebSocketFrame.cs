using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Dragoman.Load.Net;

internal enum WebSocketOpcode
{
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
}

/// <summary>One frame of RFC 6455, as a client writes it (masked) and reads it (not masked).</summary>
internal readonly ref struct WebSocketFrame
{
    internal const int MaxHeaderLength = 14;

    internal required WebSocketOpcode Opcode { get; init; }
    internal required bool IsFinal { get; init; }
    internal required ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>The length of a masked header: 2, the extended length, and 4 of mask.</summary>
    internal static int HeaderLength(int payloadLength) =>
        payloadLength < 126 ? 6 : payloadLength <= ushort.MaxValue ? 8 : 14;

    /// <summary>Writes the header in front of a payload that already stands behind it, and masks the payload where it is.</summary>
    /// <param name="frame">Header and payload, exactly.</param>
    internal static void Seal(Span<byte> frame, int payloadLength, WebSocketOpcode opcode, uint mask)
    {
        var header = HeaderLength(payloadLength);
        frame[0] = (byte)(0x80 | (int)opcode);
        if (payloadLength < 126)
        {
            frame[1] = (byte)(0x80 | payloadLength);
        }
        else if (payloadLength <= ushort.MaxValue)
        {
            frame[1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)payloadLength);
        }
        else
        {
            frame[1] = 0x80 | 127;
            BinaryPrimitives.WriteUInt64BigEndian(frame[2..], (ulong)payloadLength);
        }

        MemoryMarshal.Write(frame[(header - 4)..], in mask);
        Mask(frame.Slice(header, payloadLength), mask);
    }

    /// <returns>The number of bytes of the first frame; 0 when it is not complete.</returns>
    /// <exception cref="InvalidDataException">The server masked a frame or set a reserved bit.</exception>
    internal static int TryRead(ReadOnlySpan<byte> input, out WebSocketFrame frame)
    {
        frame = default;
        if (input.Length < 2) return 0;
        if ((input[0] & 0x70) != 0) throw new InvalidDataException("a reserved bit is set");
        if ((input[1] & 0x80) != 0) throw new InvalidDataException("the server masked a frame");

        long length = input[1] & 0x7f;
        var header = 2;
        if (length == 126)
        {
            if (input.Length < 4) return 0;
            length = BinaryPrimitives.ReadUInt16BigEndian(input[2..]);
            header = 4;
        }
        else if (length == 127)
        {
            if (input.Length < 10) return 0;
            length = BinaryPrimitives.ReadInt64BigEndian(input[2..]);
            header = 10;
        }

        if (length is < 0 or > int.MaxValue / 2) throw new InvalidDataException($"a frame of {length} bytes");
        if (input.Length < header + length) return 0;

        frame = new WebSocketFrame
        {
            Opcode = (WebSocketOpcode)(input[0] & 0x0f),
            IsFinal = (input[0] & 0x80) != 0,
            Payload = input.Slice(header, (int)length),
        };
        return header + (int)length;
    }

    private static void Mask(Span<byte> payload, uint mask)
    {
        var done = 0;
        if (Vector.IsHardwareAccelerated)
        {
            var wide = Vector.AsVectorByte(new Vector<uint>(mask));
            for (; done <= payload.Length - Vector<byte>.Count; done += Vector<byte>.Count)
            {
                var slice = payload.Slice(done, Vector<byte>.Count);
                (new Vector<byte>(slice) ^ wide).CopyTo(slice);
            }
        }

        // A vector is a multiple of 4 bytes, so the mask starts anew here.
        Span<byte> key = stackalloc byte[4];
        MemoryMarshal.Write(key, in mask);
        for (var i = 0; done < payload.Length; done++, i++) payload[done] ^= key[i & 3];
    }
}
