using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Dragoman.Load.OpenIm;

/// <summary>The JSON form of the envelopes (<c>sdkType=js</c>): binary frames of UTF-8 JSON with the protobuf in base64.</summary>
internal static class JsonEnvelope
{
    private static ReadOnlySpan<byte> MsgIncrName => "\"msgIncr\":\""u8;

    /// <summary>Writes a request.</summary>
    /// <returns>Its length, and where MsgIncr and the base64 begin.</returns>
    internal static (int Length, int MsgIncrAt, int DataAt) WriteRequest(
        Span<byte> destination, int reqIdentifier, string sendId, string operationId, string msgIncr, ReadOnlySpan<byte> data)
    {
        // The ids of this client need no escapes: letters, digits and dashes.
        var at = Encoding.UTF8.GetBytes(
            $$"""{"reqIdentifier":{{reqIdentifier}},"token":"","sendID":"{{sendId}}","operationID":"{{operationId}}","msgIncr":"{{msgIncr}}","data":" """
                .AsSpan()[..^1],
            destination);
        var msgIncrAt = destination[..at].LastIndexOf(MsgIncrName) + MsgIncrName.Length;
        var dataAt = at;
        Base64.EncodeToUtf8(data, destination[at..], out _, out var written);
        at += written;
        "\"}"u8.CopyTo(destination[at..]);
        return (at + 2, msgIncrAt, dataAt);
    }

    /// <param name="frame">The payload of one frame.</param>
    /// <param name="scratch">Where Data is decoded to, when it is not empty; it must be as long as the frame.</param>
    /// <exception cref="InvalidDataException">Not a JSON envelope.</exception>
    internal static Envelope ReadResponse(ReadOnlySpan<byte> frame, Span<byte> scratch)
    {
        try
        {
            return Read(frame, scratch);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("malformed JSON envelope: " + e.Message, e);
        }
    }

    private static Envelope Read(ReadOnlySpan<byte> frame, Span<byte> scratch)
    {
        var reader = new Utf8JsonReader(frame);
        var envelope = default(Envelope);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("reqIdentifier"u8))
            {
                reader.Read();
                envelope.ReqIdentifier = reader.GetInt32();
            }
            else if (reader.ValueTextEquals("msgIncr"u8))
            {
                reader.Read();
                envelope.MsgIncr = reader.ValueSpan;
            }
            else if (reader.ValueTextEquals("errCode"u8))
            {
                reader.Read();
                envelope.ErrCode = reader.GetInt32();
            }
            else if (reader.ValueTextEquals("errMsg"u8))
            {
                reader.Read();
                envelope.ErrMsg = reader.ValueSpan;
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.Null) envelope.Data = scratch[..Decode(ref reader, scratch)];
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return envelope;
    }

    private static int Decode(ref Utf8JsonReader reader, Span<byte> scratch)
    {
        // A server may write the + of base64 as \u002B; decoding in place needs the text in the scratch memory then.
        int written;
        var status = reader.ValueIsEscaped
            ? Base64.DecodeFromUtf8InPlace(scratch[..reader.CopyString(scratch)], out written)
            : Base64.DecodeFromUtf8(reader.ValueSpan, scratch, out _, out written);
        return status == OperationStatus.Done ? written : throw new FormatException("base64");
    }
}
