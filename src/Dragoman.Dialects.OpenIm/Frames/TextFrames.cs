using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Dragoman.Dialects.OpenIm.Frames;

/// <summary>The keep-alive of the browser SDKs: <c>{"type":"ping","body":…}</c>, answered by a pong with the same body.</summary>
internal static class TextFrames
{
    /// <summary>Far above what a keep-alive needs; a body is echoed, and nobody should have us echo much.</summary>
    public const int MaxFrameBytes = 4096;

    private const int MaxDepth = 16;

    /// <summary>Recognises a ping. Upstream closes the connection on any other text, so there is nothing else to recognise.</summary>
    /// <param name="body">The body's JSON as it came, a view into <paramref name="frame"/>; empty when there is none.</param>
    public static bool TryReadPing(ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> body)
    {
        body = default;
        if (frame.Length > MaxFrameBytes || !Utf8.IsValid(frame)) return false;

        try
        {
            return TryReadObject(frame, out body);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // bad input; the connection ends with it
        {
            body = default;
            return false;
        }
    }

    private static bool TryReadObject(ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> body)
    {
        body = default;
        var json = new Utf8JsonReader(frame, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;

        var isPing = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isType = Ascii.EqualsIgnoreCase(json.ValueSpan, "type"u8);
            var isBody = Ascii.EqualsIgnoreCase(json.ValueSpan, "body"u8);
            json.Read();

            if (isType) isPing = json.TokenType == JsonTokenType.String && json.ValueTextEquals("ping"u8);
            var start = (int)json.TokenStartIndex;
            if (!json.TrySkip()) return false;
            if (isBody) body = frame[start..(int)json.BytesConsumed];
        }

        return !json.Read() && isPing;
    }

    /// <param name="body">JSON, written as it is; empty leaves the member out.</param>
    public static void WritePong(ReadOnlySpan<byte> body, IBufferWriter<byte> output)
    {
        output.Write("{\"type\":\"pong\""u8);
        if (!body.IsEmpty)
        {
            output.Write(",\"body\":"u8);
            output.Write(body);
        }
        output.Write("}"u8);
    }
}
