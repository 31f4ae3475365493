using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Dragoman.Dialects.OpenIm.Frames;

/// <summary>The envelope of the JavaScript SDK (<c>sdkType=js</c>): JSON in binary frames, the protobuf inside as base64.</summary>
internal static class JsonFrames
{
    private const int MaxDepth = 16;

    /// <summary>Everything that JSON wants escaped; the rest, non-ASCII included, is copied as it is.</summary>
    private static readonly SearchValues<byte> MustEscape = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (byte)c), (byte)'"', (byte)'\\']);

    /// <summary>Reads one request; false when the frame is not one JSON object with fields of the right types.</summary>
    /// <param name="scratch">Takes what has to be decoded; the frame's length is enough, for decoding only shortens.</param>
    /// <param name="request">Views into <paramref name="frame"/> and <paramref name="scratch"/>.</param>
    public static bool TryRead(ReadOnlySpan<byte> frame, Span<byte> scratch, out RequestFrame request)
    {
        request = default;
        if (scratch.Length < frame.Length || !Utf8.IsValid(frame)) return false;

        // The reader has no way to report bad input but to throw. That happens once per connection: a frame that does not
        // parse closes it.
        try
        {
            return TryReadObject(frame, scratch, out request);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: half a surrogate pair, escaped
        {
            request = default;
            return false;
        }
    }

    private static bool TryReadObject(ReadOnlySpan<byte> frame, Span<byte> scratch, out RequestFrame request)
    {
        request = default;
        var json = new Utf8JsonReader(frame, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;

        var reqIdentifier = 0;
        ReadOnlySpan<byte> token = default, sendId = default, operationId = default, msgIncr = default, data = default;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = FieldOf(ref json);
            json.Read();
            var read = name switch
            {
                GobField.ReqIdentifier => TryReadInt32(ref json, ref reqIdentifier),
                GobField.Token => TryReadString(ref json, ref scratch, ref token),
                GobField.SendId => TryReadString(ref json, ref scratch, ref sendId),
                GobField.OperationId => TryReadString(ref json, ref scratch, ref operationId),
                GobField.MsgIncr => TryReadString(ref json, ref scratch, ref msgIncr),
                GobField.Data => TryReadBase64(ref json, ref scratch, ref data),
                _ => json.TrySkip(),
            };
            if (!read) return false;
        }
        if (json.Read()) return false; // cannot happen: a second value throws

        request = new RequestFrame { ReqIdentifier = reqIdentifier, Token = token, SendId = sendId, OperationId = operationId, MsgIncr = msgIncr, Data = data };
        return true;
    }

    /// <summary>Go matches property names without regard to case.</summary>
    private static GobField FieldOf(ref Utf8JsonReader json)
    {
        if (json.ValueIsEscaped) return GobField.Unknown; // no client writes its own property names in escapes

        var name = json.ValueSpan;
        return name.Length switch
        {
            13 when Ascii.EqualsIgnoreCase(name, "reqIdentifier"u8) => GobField.ReqIdentifier,
            5 when Ascii.EqualsIgnoreCase(name, "token"u8) => GobField.Token,
            6 when Ascii.EqualsIgnoreCase(name, "sendID"u8) => GobField.SendId,
            11 when Ascii.EqualsIgnoreCase(name, "operationID"u8) => GobField.OperationId,
            7 when Ascii.EqualsIgnoreCase(name, "msgIncr"u8) => GobField.MsgIncr,
            4 when Ascii.EqualsIgnoreCase(name, "data"u8) => GobField.Data,
            _ => GobField.Unknown,
        };
    }

    private static bool TryReadInt32(ref Utf8JsonReader json, ref int value)
    {
        if (json.TokenType == JsonTokenType.Null) return true;

        return json.TokenType == JsonTokenType.Number && json.TryGetInt32(out value);
    }

    private static bool TryReadString(ref Utf8JsonReader json, ref Span<byte> scratch, ref ReadOnlySpan<byte> value)
    {
        if (json.TokenType == JsonTokenType.Null) return true;
        if (json.TokenType != JsonTokenType.String) return false;
        if (!json.ValueIsEscaped)
        {
            value = json.ValueSpan;
            return true;
        }

        var length = json.CopyString(scratch);
        value = scratch[..length];
        scratch = scratch[length..];
        return true;
    }

    private static bool TryReadBase64(ref Utf8JsonReader json, ref Span<byte> scratch, ref ReadOnlySpan<byte> value)
    {
        if (json is { TokenType: JsonTokenType.String, ValueIsEscaped: true }) return TryReadEscapedBase64(ref json, ref scratch, ref value);

        ReadOnlySpan<byte> text = default;
        if (!TryReadString(ref json, ref scratch, ref text)) return false;
        if (Base64.DecodeFromUtf8(text, scratch, out var consumed, out var written) != OperationStatus.Done || consumed != text.Length) return false;

        value = scratch[..written];
        scratch = scratch[written..];
        return true;
    }

    /// <summary>Some serializers escape the plus sign. In place, for there is room for the text or for the bytes but not for both.</summary>
    private static bool TryReadEscapedBase64(ref Utf8JsonReader json, ref Span<byte> scratch, ref ReadOnlySpan<byte> value)
    {
        var text = scratch[..json.CopyString(scratch)];
        if (Base64.DecodeFromUtf8InPlace(text, out var written) != OperationStatus.Done) return false;

        value = text[..written];
        scratch = scratch[text.Length..];
        return true;
    }

    /// <summary>Writes one response frame. The strings must be valid UTF-8; <paramref name="data"/> that is empty is written as null.</summary>
    public static void WriteResponse(
        IBufferWriter<byte> output, int reqIdentifier, ReadOnlySpan<byte> msgIncr, ReadOnlySpan<byte> operationId,
        int errCode, ReadOnlySpan<byte> errMsg, ReadOnlySpan<byte> data)
    {
        WriteRaw(output, "{\"reqIdentifier\":"u8);
        WriteNumber(output, reqIdentifier);
        WriteRaw(output, ",\"msgIncr\":"u8);
        WriteString(output, msgIncr);
        WriteRaw(output, ",\"operationID\":"u8);
        WriteString(output, operationId);
        WriteRaw(output, ",\"errCode\":"u8);
        WriteNumber(output, errCode);
        WriteRaw(output, ",\"errMsg\":"u8);
        WriteString(output, errMsg);
        WriteRaw(output, ",\"data\":"u8);
        WriteBase64(output, data);
        WriteRaw(output, "}"u8);
    }

    private static void WriteRaw(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes) => output.Write(bytes);

    private static void WriteNumber(IBufferWriter<byte> output, int value)
    {
        Utf8Formatter.TryFormat(value, output.GetSpan(11), out var written);
        output.Advance(written);
    }

    private static void WriteString(IBufferWriter<byte> output, ReadOnlySpan<byte> value)
    {
        WriteRaw(output, "\""u8);
        for (var plain = value.IndexOfAny(MustEscape); plain >= 0; plain = value.IndexOfAny(MustEscape))
        {
            WriteRaw(output, value[..plain]);
            WriteEscaped(output, value[plain]);
            value = value[(plain + 1)..];
        }
        WriteRaw(output, value);
        WriteRaw(output, "\""u8);
    }

    private static void WriteEscaped(IBufferWriter<byte> output, byte character)
    {
        if (character is (byte)'"' or (byte)'\\')
        {
            WriteRaw(output, [(byte)'\\', character]);
            return;
        }

        WriteRaw(output, [.. "\\u00"u8, (byte)(character < 0x10 ? '0' : '1'), "0123456789abcdef"u8[character & 15]]);
    }

    private static void WriteBase64(IBufferWriter<byte> output, ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            WriteRaw(output, "null"u8);
            return;
        }

        WriteRaw(output, "\""u8);
        Base64.EncodeToUtf8(data, output.GetSpan(Base64.GetMaxEncodedToUtf8Length(data.Length)), out _, out var written);
        output.Advance(written);
        WriteRaw(output, "\""u8);
    }
}
