using System.Buffers;
using Dragoman.Dialects.OpenIm.Frames;
using Dragoman.Gateway.Transports;

namespace Dragoman.Dialects.OpenIm.Gateway;

/// <summary>How a client wants its frames; there are four ways.</summary>
internal readonly record struct WireFormat(bool IsJson, bool IsGzip)
{
    public const int Count = 4;

    public int Index => (IsJson ? 1 : 0) | (IsGzip ? 2 : 0);
}

/// <summary>Response envelopes as whole WebSocket frames, ready for any number of connections of one format.</summary>
internal static class OutboundFrames
{
    public static byte[] Make(
        WireFormat format,
        int reqIdentifier,
        ReadOnlySpan<byte> msgIncr,
        ReadOnlySpan<byte> operationId,
        int errCode,
        ReadOnlySpan<byte> errMsg,
        ReadOnlySpan<byte> data)
    {
        if (format.IsJson) return MakeJson(format, reqIdentifier, msgIncr, operationId, errCode, errMsg, data);

        var length = GobFrames.MeasureResponse(reqIdentifier, msgIncr.Length, operationId.Length, errCode, errMsg.Length, data.Length);
        if (!format.IsGzip)
        {
            var plain = Allocate(length, out var slot);
            GobFrames.LayOutResponse(slot, reqIdentifier, msgIncr, operationId, errCode, errMsg, data.Length, out var place);
            data.CopyTo(place);
            return plain;
        }

        if (length <= GzipFrames.MaxStoredBytes)
        {
            var stored = Allocate(GzipFrames.MeasureStored(length), out var member);
            var slot = GzipFrames.LayOutStored(member, length);
            GobFrames.LayOutResponse(slot, reqIdentifier, msgIncr, operationId, errCode, errMsg, data.Length, out var place);
            data.CopyTo(place);
            GzipFrames.SealStored(member);
            return stored;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            GobFrames.LayOutResponse(buffer, reqIdentifier, msgIncr, operationId, errCode, errMsg, data.Length, out var place);
            data.CopyTo(place);
            return WebSocketFrames.Make(WebSocketOpcode.Binary, GzipFrames.Deflate(buffer.AsSpan(0, length)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] MakeJson(
        WireFormat format,
        int reqIdentifier,
        ReadOnlySpan<byte> msgIncr,
        ReadOnlySpan<byte> operationId,
        int errCode,
        ReadOnlySpan<byte> errMsg,
        ReadOnlySpan<byte> data)
    {
        var output = new ArrayBufferWriter<byte>(256 + msgIncr.Length + operationId.Length + errMsg.Length + (data.Length * 4 / 3));
        JsonFrames.WriteResponse(output, reqIdentifier, msgIncr, operationId, errCode, errMsg, data);
        return WebSocketFrames.Make(WebSocketOpcode.Binary, format.IsGzip ? GzipFrames.Deflate(output.WrittenSpan) : output.WrittenSpan);
    }

    private static byte[] Allocate(int payload, out Span<byte> slot)
    {
        var frame = new byte[WebSocketFrames.HeaderLength(payload) + payload];
        var header = WebSocketFrames.WriteHeader(frame, WebSocketOpcode.Binary, payload);
        slot = frame.AsSpan(header);
        return frame;
    }
}
