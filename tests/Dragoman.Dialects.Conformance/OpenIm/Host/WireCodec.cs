using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Dragoman.Dialects.OpenIm.Frames;

namespace Dragoman.Dialects.Conformance.OpenIm.Host;

/// <summary>The encodings that a client can ask for.</summary>
public enum WireKind
{
    Json,
    Gob,
    GzippedGob,
}

/// <summary>A request envelope.</summary>
internal sealed record WireRequest(int ReqIdentifier, string SendId, string MsgIncr, byte[] Data, string OperationId = "op");

/// <summary>A response or push envelope.</summary>
internal sealed record WireReply(int ReqIdentifier, string MsgIncr, string OperationId, int ErrCode, string ErrMsg, byte[] Data);

/// <summary>The client's side of the three encodings.</summary>
internal static class WireCodec
{
    /// <summary>As the wasm SDK sends it, with its length.</summary>
    public static readonly byte[] RequestDefinition = Convert.FromHexString(
        "657f0301010c47656e6572616c577352657101ff80000106010d5265714964656e7469666965720104000105546f6b656e010c00010653656e644944"
        + "010c00010b4f7065726174696f6e4944010c0001074d7367496e6372010c00010444617461010a000000");

    private const int ResponseDefinitionLength = 97;

    public static byte[] Encode(WireRequest request, WireKind kind) => kind switch
    {
        WireKind.Json => JsonSerializer.SerializeToUtf8Bytes(new
        {
            reqIdentifier = request.ReqIdentifier,
            token = "",
            sendID = request.SendId,
            operationID = request.OperationId,
            msgIncr = request.MsgIncr,
            data = Convert.ToBase64String(request.Data),
        }),
        WireKind.Gob => EncodeGob(request),
        _ => Gzip(EncodeGob(request)),
    };

    public static WireReply Decode(byte[] frame, WireKind kind) => kind switch
    {
        WireKind.Json => DecodeJson(frame),
        WireKind.Gob => DecodeGob(frame),
        _ => DecodeGob(Gunzip(frame)),
    };

    public static byte[] Gzip(byte[] plain)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(plain);
        return output.ToArray();
    }

    private static byte[] Gunzip(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var output = new MemoryStream();
        gzip.CopyTo(output);
        return output.ToArray();
    }

    private static byte[] EncodeGob(WireRequest request)
    {
        var buffer = new byte[256 + request.Data.Length + Encoding.UTF8.GetMaxByteCount(request.SendId.Length + request.MsgIncr.Length + request.OperationId.Length)];
        var value = new GobWriter(buffer);
        value.WriteRaw([0xff, 0x80]); // the id, 64
        value.WriteIntField(0, request.ReqIdentifier);
        value.WriteBytesField(2, Encoding.UTF8.GetBytes(request.SendId));
        value.WriteBytesField(3, Encoding.UTF8.GetBytes(request.OperationId));
        value.WriteBytesField(4, Encoding.UTF8.GetBytes(request.MsgIncr));
        value.WriteBytesField(5, request.Data);
        value.WriteUInt(0);

        var head = new byte[GobWriter.UIntLength((uint)value.Written)];
        new GobWriter(head).WriteUInt((uint)value.Written);
        return [.. RequestDefinition, .. head, .. buffer.AsSpan(0, value.Written)];
    }

    private static WireReply DecodeGob(byte[] frame)
    {
        var reader = new GobReader(frame.AsSpan(ResponseDefinitionLength));
        Check(reader.TryReadBytes(out var message) && reader.AtEnd, "one value");
        var body = new GobReader(message);
        Check(body.TryReadInt(out var id) && id == 65, "the type's id");
        var (reqIdentifier, errCode) = (0, 0);
        ReadOnlySpan<byte> msgIncr = default, operationId = default, errMsg = default, data = default;
        for (var index = -1; ;)
        {
            Check(body.TryReadField(ref index, 6, out var ended), "a field");
            if (ended) break;
            Check(
                index switch
                {
                    0 => body.TryReadInt32(out reqIdentifier),
                    1 => body.TryReadBytes(out msgIncr),
                    2 => body.TryReadBytes(out operationId),
                    3 => body.TryReadInt32(out errCode),
                    4 => body.TryReadBytes(out errMsg),
                    _ => body.TryReadBytes(out data),
                },
                "a value");
        }

        return new(reqIdentifier, Encoding.UTF8.GetString(msgIncr), Encoding.UTF8.GetString(operationId), errCode, Encoding.UTF8.GetString(errMsg), data.ToArray());
    }

    private static void Check(bool condition, string what)
    {
        if (!condition) throw new InvalidDataException($"the server's frame lacks {what}");
    }

    private static WireReply DecodeJson(byte[] frame)
    {
        using var document = JsonDocument.Parse(frame);
        var root = document.RootElement;
        var data = root.GetProperty("data");
        return new(
            root.GetProperty("reqIdentifier").GetInt32(),
            root.GetProperty("msgIncr").GetString()!,
            root.GetProperty("operationID").GetString()!,
            root.GetProperty("errCode").GetInt32(),
            root.GetProperty("errMsg").GetString()!,
            data.ValueKind == JsonValueKind.Null ? [] : data.GetBytesFromBase64());
    }
}
