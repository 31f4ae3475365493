using System.Text;

namespace Dragoman.Load.OpenIm;

/// <summary>The gob form of the envelopes: each frame is a type definition followed by one value.</summary>
/// <remarks>Source: our OpenIM specification, section 8.2; the hex constants were observed with the official SDK.</remarks>
internal static class GobEnvelope
{
    private const int MaxFields = 16;

    /// <summary>The definition of type 64, GeneralWsReq, as the official SDK writes it.</summary>
    internal static readonly byte[] RequestDefinition = Convert.FromHexString(
        "657f0301010c47656e6572616c577352657101ff80000106010d5265714964656e7469666965720104000105546f6b656e010c00010653656e644944010c"
        + "00010b4f7065726174696f6e4944010c0001074d7367496e6372010c00010444617461010a000000");

    /// <summary>The definition of type 65, Resp, that servers are expected to send; anything else takes the general way.</summary>
    internal static readonly byte[] ResponseDefinition = Convert.FromHexString(
        "60ff81030101045265737001ff82000106010d5265714964656e74696669657201040001074d7367496e6372010c00010b4f7065726174696f6e4944010c"
        + "000107457272436f646501040001064572724d7367010c00010444617461010a000000");

    /// <summary>Writes a request.</summary>
    /// <returns>Its length, and where MsgIncr and Data begin.</returns>
    internal static (int Length, int MsgIncrAt, int DataAt) WriteRequest(
        Span<byte> destination, int reqIdentifier, string sendId, string operationId, string msgIncr, ReadOnlySpan<byte> data)
    {
        Span<byte> body = new byte[data.Length + 512];
        var at = WriteInt(body, 0, 64);
        at = WriteInt(body, WriteUInt(body, at, 1), reqIdentifier);
        at = WriteUInt(body, at, 2);
        at = WriteBytes(body, at, Encoding.UTF8.GetBytes(sendId));
        at = WriteUInt(body, at, 1);
        at = WriteBytes(body, at, Encoding.UTF8.GetBytes(operationId));
        at = WriteUInt(body, at, 1);
        at = WriteBytes(body, at, Encoding.UTF8.GetBytes(msgIncr));
        var msgIncrAt = at - msgIncr.Length;
        if (!data.IsEmpty) at = WriteBytes(body, WriteUInt(body, at, 1), data);
        var dataAt = at - data.Length;
        body[at++] = 0;

        RequestDefinition.CopyTo(destination);
        var start = WriteUInt(destination, RequestDefinition.Length, (ulong)at);
        body[..at].CopyTo(destination[start..]);
        return (start + at, start + msgIncrAt, start + dataAt);
    }

    /// <exception cref="InvalidDataException">The frame is not a definition and a value of it.</exception>
    internal static Envelope ReadResponse(ReadOnlySpan<byte> frame)
    {
        if (frame.StartsWith(ResponseDefinition))
            return ReadKnown(frame[ResponseDefinition.Length..]);

        return ReadAny(frame);
    }

    private static Envelope ReadKnown(ReadOnlySpan<byte> input)
    {
        var reader = new GobReader(input);
        var envelope = default(Envelope);
        reader.Expect((int)reader.UInt() == reader.Remaining);
        reader.Expect(reader.Int() == 65);

        var field = -1;
        while (true)
        {
            var delta = (int)reader.UInt();
            if (delta == 0) return envelope;
            field += delta;
            switch (field)
            {
                case 0: envelope.ReqIdentifier = (int)reader.Int(); break;
                case 1: envelope.MsgIncr = reader.Bytes(); break;
                case 2: reader.Bytes(); break;
                case 3: envelope.ErrCode = (int)reader.Int(); break;
                case 4: envelope.ErrMsg = reader.Bytes(); break;
                case 5: envelope.Data = reader.Bytes(); break;
                default: throw GobReader.Malformed();
            }
        }
    }

    /// <summary>Reads by the names of the received definition.</summary>
    private static Envelope ReadAny(ReadOnlySpan<byte> input)
    {
        var reader = new GobReader(input);
        Span<Known> names = stackalloc Known[MaxFields];
        Span<int> types = stackalloc int[MaxFields];
        reader.UInt();
        var id = -reader.Int();
        var count = ReadDefinition(ref reader, names, types);

        var envelope = default(Envelope);
        reader.Expect((int)reader.UInt() == reader.Remaining);
        reader.Expect(reader.Int() == id);
        var field = -1;
        while (true)
        {
            var delta = (int)reader.UInt();
            if (delta == 0) return envelope;
            field += delta;
            reader.Expect(field < count);

            // Gob's ids of basic types: 2 int, 5 bytes, 6 string.
            var number = types[field] == 2 ? reader.Int() : 0;
            var bytes = types[field] is 5 or 6 ? reader.Bytes() : default;
            reader.Expect(types[field] is 2 or 5 or 6);
            switch (names[field])
            {
                case Known.ReqIdentifier: envelope.ReqIdentifier = (int)number; break;
                case Known.ErrCode: envelope.ErrCode = (int)number; break;
                case Known.MsgIncr: envelope.MsgIncr = bytes; break;
                case Known.ErrMsg: envelope.ErrMsg = bytes; break;
                case Known.Data: envelope.Data = bytes; break;
            }
        }
    }

    private static int ReadDefinition(ref GobReader reader, scoped Span<Known> names, scoped Span<int> types)
    {
        reader.Expect(reader.UInt() == 3); // wireType's StructT
        reader.Expect(reader.UInt() == 1); // structType's CommonType
        for (var delta = reader.UInt(); delta != 0; delta = reader.UInt())
        {
            if (reader.PeekIsName) reader.Bytes();
            else reader.Int();
        }

        reader.Expect(reader.UInt() == 1); // structType's Fields
        var count = (int)reader.UInt();
        reader.Expect(count <= MaxFields);
        for (var i = 0; i < count; i++)
        {
            reader.Expect(reader.UInt() == 1);
            names[i] = NameOf(reader.Bytes());
            reader.Expect(reader.UInt() == 1);
            types[i] = (int)reader.Int();
            reader.Expect(reader.UInt() == 0);
        }

        reader.Expect(reader.UInt() == 0);
        reader.Expect(reader.UInt() == 0);
        return count;
    }

    private static Known NameOf(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("ReqIdentifier"u8)) return Known.ReqIdentifier;
        if (name.SequenceEqual("MsgIncr"u8)) return Known.MsgIncr;
        if (name.SequenceEqual("ErrCode"u8)) return Known.ErrCode;
        if (name.SequenceEqual("ErrMsg"u8)) return Known.ErrMsg;
        return name.SequenceEqual("Data"u8) ? Known.Data : Known.Other;
    }

    private static int WriteInt(Span<byte> destination, int at, long value) =>
        WriteUInt(destination, at, value >= 0 ? (ulong)value << 1 : (~(ulong)value << 1) | 1);

    private static int WriteUInt(Span<byte> destination, int at, ulong value)
    {
        if (value < 128)
        {
            destination[at] = (byte)value;
            return at + 1;
        }

        var count = 8 - System.Numerics.BitOperations.LeadingZeroCount(value) / 8;
        destination[at++] = (byte)-count;
        for (var i = count - 1; i >= 0; i--) destination[at++] = (byte)(value >> (8 * i));
        return at;
    }

    private static int WriteBytes(Span<byte> destination, int at, ReadOnlySpan<byte> value)
    {
        at = WriteUInt(destination, at, (ulong)value.Length);
        value.CopyTo(destination[at..]);
        return at + value.Length;
    }

    private enum Known
    {
        Other,
        ReqIdentifier,
        MsgIncr,
        ErrCode,
        ErrMsg,
        Data,
    }
}
