using System.Buffers;

namespace Dragoman.Dialects.OpenIm.Frames;

/// <summary>The envelope of the native and the wasm SDK: each frame is a self-contained gob stream of a type definition and a value.</summary>
/// <remarks>Source: Go's encoding/gob documentation; the definitions were observed with @openim/wasm-client-sdk 3.8.3 and 3.8.5.</remarks>
internal static class GobFrames
{
    /// <summary>The definition that the wasm SDKs of 2026 send, with its length.</summary>
    private static readonly byte[] UsualRequestDefinition =
    [
        0x65, 0x7f, 0x03, 0x01, 0x01, 0x0c, .. "GeneralWsReq"u8, 0x01, 0xff, 0x80, 0x00, 0x01, 0x06,
        0x01, 0x0d, .. "ReqIdentifier"u8, 0x01, 0x04, 0x00,
        0x01, 0x05, .. "Token"u8, 0x01, 0x0c, 0x00,
        0x01, 0x06, .. "SendID"u8, 0x01, 0x0c, 0x00,
        0x01, 0x0b, .. "OperationID"u8, 0x01, 0x0c, 0x00,
        0x01, 0x07, .. "MsgIncr"u8, 0x01, 0x0c, 0x00,
        0x01, 0x04, .. "Data"u8, 0x01, 0x0a, 0x00,
        0x00, 0x00,
    ];

    private const int UsualRequestFields = 6;
    private const long UsualRequestId = 64;

    /// <summary>Type <c>Resp</c>, id 65: what upstream sends, so what both SDKs were seen to accept.</summary>
    private static readonly byte[] ResponseDefinition =
    [
        0x60, 0xff, 0x81, 0x03, 0x01, 0x01, 0x04, .. "Resp"u8, 0x01, 0xff, 0x82, 0x00, 0x01, 0x06,
        0x01, 0x0d, .. "ReqIdentifier"u8, 0x01, 0x04, 0x00,
        0x01, 0x07, .. "MsgIncr"u8, 0x01, 0x0c, 0x00,
        0x01, 0x0b, .. "OperationID"u8, 0x01, 0x0c, 0x00,
        0x01, 0x07, .. "ErrCode"u8, 0x01, 0x04, 0x00,
        0x01, 0x06, .. "ErrMsg"u8, 0x01, 0x0c, 0x00,
        0x01, 0x04, .. "Data"u8, 0x01, 0x0a, 0x00,
        0x00, 0x00,
    ];

    private static ReadOnlySpan<byte> ResponseId => [0xff, 0x82];

    /// <summary>Reads one request; false when the frame is anything but one definition and one value of it.</summary>
    /// <param name="request">Views into <paramref name="frame"/>.</param>
    public static bool TryRead(ReadOnlySpan<byte> frame, out RequestFrame request)
    {
        request = default;

        // Nearly every frame starts with the same 102 bytes; comparing them is a tenth of the price of reading them.
        if (frame.StartsWith(UsualRequestDefinition))
        {
            var usual = new GobReader(frame[UsualRequestDefinition.Length..]);
            return usual.TryReadBytes(out var message) && usual.AtEnd && TryReadUsualValue(message, out request);
        }

        var reader = new GobReader(frame);
        GobTypeDefinition definition = default;
        while (reader.TryReadBytes(out var message))
        {
            var body = new GobReader(message);
            if (!body.TryReadInt(out var id)) return false;

            if (id >= 0) return id == definition.Id && definition.Id > 0 && reader.AtEnd && TryReadValue(ref body, in definition, out request);
            if (id == long.MinValue || !GobTypeDefinition.TryRead(ref body, -id, out definition)) return false;
        }
        return false;
    }

    private static bool TryReadUsualValue(ReadOnlySpan<byte> message, out RequestFrame request)
    {
        request = default;
        var body = new GobReader(message);
        if (!body.TryReadInt(out var id) || id != UsualRequestId) return false;

        var reqIdentifier = 0;
        ReadOnlySpan<byte> token = default, sendId = default, operationId = default, msgIncr = default, data = default;
        for (var index = -1; ;)
        {
            if (!body.TryReadField(ref index, UsualRequestFields, out var ended)) return false;
            if (ended) break;

            var read = index switch
            {
                0 => body.TryReadInt32(out reqIdentifier),
                1 => body.TryReadBytes(out token),
                2 => body.TryReadBytes(out sendId),
                3 => body.TryReadBytes(out operationId),
                4 => body.TryReadBytes(out msgIncr),
                _ => body.TryReadBytes(out data),
            };
            if (!read) return false;
        }

        request = new RequestFrame { ReqIdentifier = reqIdentifier, Token = token, SendId = sendId, OperationId = operationId, MsgIncr = msgIncr, Data = data };
        return body.AtEnd;
    }

    private static bool TryReadValue(scoped ref GobReader body, scoped in GobTypeDefinition definition, out RequestFrame request)
    {
        request = default;
        var reqIdentifier = 0;
        ReadOnlySpan<byte> token = default, sendId = default, operationId = default, msgIncr = default, data = default;
        for (var index = -1; ;)
        {
            if (!body.TryReadField(ref index, definition.FieldCount, out var ended)) return false;
            if (ended) break;

            var column = definition[index];
            var read = column.Field switch
            {
                GobField.ReqIdentifier => body.TryReadInt32(out reqIdentifier),
                GobField.Token => body.TryReadBytes(out token),
                GobField.SendId => body.TryReadBytes(out sendId),
                GobField.OperationId => body.TryReadBytes(out operationId),
                GobField.MsgIncr => body.TryReadBytes(out msgIncr),
                GobField.Data => body.TryReadBytes(out data),
                _ => TrySkip(ref body, column.TypeId),
            };
            if (!read) return false;
        }

        request = new RequestFrame { ReqIdentifier = reqIdentifier, Token = token, SendId = sendId, OperationId = operationId, MsgIncr = msgIncr, Data = data };
        return body.AtEnd;
    }

    /// <summary>Booleans, numbers and floats are all written as one uint.</summary>
    private static bool TrySkip(scoped ref GobReader body, byte typeId) =>
        typeId is GobTypeDefinition.BytesType or GobTypeDefinition.StringType ? body.TryReadBytes(out _) : body.TryReadUInt(out _);

    /// <summary>Writes one response frame.</summary>
    public static void WriteResponse(
        IBufferWriter<byte> output, int reqIdentifier, ReadOnlySpan<byte> msgIncr, ReadOnlySpan<byte> operationId,
        int errCode, ReadOnlySpan<byte> errMsg, ReadOnlySpan<byte> data)
    {
        var length = MeasureResponse(reqIdentifier, msgIncr.Length, operationId.Length, errCode, errMsg.Length, data.Length);
        LayOutResponse(output.GetSpan(length), reqIdentifier, msgIncr, operationId, errCode, errMsg, data.Length, out var dataSlot);
        data.CopyTo(dataSlot);
        output.Advance(length);
    }

    /// <summary>The exact length of the frame that <see cref="LayOutResponse"/> writes.</summary>
    public static int MeasureResponse(int reqIdentifier, int msgIncrLength, int operationIdLength, int errCode, int errMsgLength, int dataLength)
    {
        var value = MeasureValue(reqIdentifier, msgIncrLength, operationIdLength, errCode, errMsgLength, dataLength);
        return ResponseDefinition.Length + GobWriter.UIntLength((uint)value) + value;
    }

    /// <summary>
    /// Writes a whole response frame except its data, for whoever produces that (a push) and would otherwise need a buffer in between.
    /// </summary>
    /// <param name="destination">At least <see cref="MeasureResponse"/> bytes.</param>
    /// <param name="dataSlot">The part of <paramref name="destination"/> that the caller has to fill.</param>
    /// <returns>The frame's length.</returns>
    public static int LayOutResponse(
        Span<byte> destination, int reqIdentifier, ReadOnlySpan<byte> msgIncr, ReadOnlySpan<byte> operationId,
        int errCode, ReadOnlySpan<byte> errMsg, int dataLength, out Span<byte> dataSlot)
    {
        ResponseDefinition.CopyTo(destination);

        var writer = new GobWriter(destination[ResponseDefinition.Length..]);
        writer.WriteUInt((uint)MeasureValue(reqIdentifier, msgIncr.Length, operationId.Length, errCode, errMsg.Length, dataLength));
        writer.WriteRaw(ResponseId);
        writer.WriteIntField(0, reqIdentifier);
        writer.WriteBytesField(1, msgIncr);
        writer.WriteBytesField(2, operationId);
        writer.WriteIntField(3, errCode);
        writer.WriteBytesField(4, errMsg);
        dataSlot = writer.ReserveBytesField(5, dataLength);
        writer.WriteUInt(0);
        return ResponseDefinition.Length + writer.Written;
    }

    private static int MeasureValue(int reqIdentifier, int msgIncrLength, int operationIdLength, int errCode, int errMsgLength, int dataLength) =>
        ResponseId.Length
        + GobWriter.IntFieldLength(reqIdentifier)
        + GobWriter.BytesFieldLength(msgIncrLength)
        + GobWriter.BytesFieldLength(operationIdLength)
        + GobWriter.IntFieldLength(errCode)
        + GobWriter.BytesFieldLength(errMsgLength)
        + GobWriter.BytesFieldLength(dataLength)
        + 1; // the struct's terminator
}
