using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Dragoman.Gateway.Transports;

/// <summary>RFC 6455, section 5.2.</summary>
public enum WebSocketOpcode : byte
{
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
}

/// <summary>Frame layout of RFC 6455, without state: bytes to frames and back.</summary>
/// <remarks>
/// Our own, because a push is framed once and the same bytes, header included, go to every connection; and because what
/// waits for a connection then leaves in one write instead of one per frame.
/// </remarks>
public static class WebSocketFrames
{
    internal const int MaxClientHeader = 14;

    internal enum ReadStatus
    {
        NeedMore,
        Frame,

        /// <summary>Not masked, reserved bits, an unknown opcode, a control frame that is long or in pieces.</summary>
        Violation,

        TooBig,
    }

    /// <param name="Payload">Where the payload starts in the buffer that was read; it is unmasked there.</param>
    /// <param name="Total">Bytes of the whole frame.</param>
    internal readonly record struct Header(bool IsFinal, WebSocketOpcode Opcode, int Payload, int Length, int Total);

    internal static ReadStatus TryRead(Span<byte> input, int maxPayload, out Header header)
    {
        header = default;
        if (input.Length < 2) return ReadStatus.NeedMore;

        var opcode = (WebSocketOpcode)(input[0] & 0x0f);
        var isControl = opcode >= WebSocketOpcode.Close;
        var isKnown = opcode is <= WebSocketOpcode.Binary or (>= WebSocketOpcode.Close and <= WebSocketOpcode.Pong);
        var isFinal = (input[0] & 0x80) != 0;
        var length7 = input[1] & 0x7f;
        if (!isKnown || (input[0] & 0x70) != 0 || (input[1] & 0x80) == 0) return ReadStatus.Violation;
        if (isControl && (!isFinal || length7 > 125)) return ReadStatus.Violation;

        var lengthBytes = length7 switch { 126 => 2, 127 => 8, _ => 0 };
        var payload = 2 + lengthBytes + 4;
        if (input.Length < 2 + lengthBytes) return ReadStatus.NeedMore;
        var length = lengthBytes switch
        {
            2 => BinaryPrimitives.ReadUInt16BigEndian(input[2..]),
            8 => BinaryPrimitives.ReadUInt64BigEndian(input[2..]),
            _ => (ulong)length7,
        };
        if (length > (ulong)maxPayload) return ReadStatus.TooBig;
        if (input.Length < payload + (int)length) return ReadStatus.NeedMore;

        header = new(isFinal, opcode, payload, (int)length, payload + (int)length);
        Unmask(input.Slice(payload, (int)length), BinaryPrimitives.ReadUInt32LittleEndian(input.Slice(payload - 4, 4)));
        return ReadStatus.Frame;
    }

    /// <summary>The header of a server's frame, which is final and not masked.</summary>
    /// <returns>Bytes written: 2, 4 or 10.</returns>
    public static int WriteHeader(Span<byte> output, WebSocketOpcode opcode, int length)
    {
        output[0] = (byte)(0x80 | (byte)opcode);
        switch (length)
        {
            case < 126:
                output[1] = (byte)length;
                return 2;
            case <= ushort.MaxValue:
                output[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(output[2..], (ushort)length);
                return 4;
            default:
                output[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(output[2..], (ulong)length);
                return 10;
        }
    }

    public static int HeaderLength(int payloadLength) => payloadLength switch { < 126 => 2, <= ushort.MaxValue => 4, _ => 10 };

    /// <summary>A whole frame, ready for any number of connections.</summary>
    public static byte[] Make(WebSocketOpcode opcode, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[HeaderLength(payload.Length) + payload.Length];
        var header = WriteHeader(frame, opcode, payload.Length);
        payload.CopyTo(frame.AsSpan(header));
        return frame;
    }

    /// <param name="reason">At most 123 bytes of UTF-8.</param>
    internal static byte[] MakeClose(ushort code, string reason = "")
    {
        Span<byte> payload = stackalloc byte[125];
        BinaryPrimitives.WriteUInt16BigEndian(payload, code);
        var text = System.Text.Encoding.UTF8.GetBytes(reason, payload[2..]);
        return Make(WebSocketOpcode.Close, payload[..(2 + text)]);
    }

    private static void Unmask(Span<byte> payload, uint key)
    {
        var done = 0;
        if (payload.Length >= Vector<byte>.Count)
        {
            var keys = Vector.AsVectorByte(new Vector<uint>(key));
            var vectors = MemoryMarshal.Cast<byte, Vector<byte>>(payload);
            for (var i = 0; i < vectors.Length; i++) vectors[i] ^= keys;
            done = vectors.Length * Vector<byte>.Count;
        }

        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, key);
        for (; done < payload.Length; done++) payload[done] ^= bytes[done & 3];
    }
}
