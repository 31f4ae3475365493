using System.Buffers.Text;
using Dragoman.Gateway.Transports;

namespace Dragoman.Dialects.Agora.Frames;

/// <summary>How a client wants its frames.</summary>
internal enum WireKind
{
    Binary,

    /// <summary>Mini programs: base64 in text frames.</summary>
    Base64,

    SockJs,
}

/// <summary>Puts the bytes of a message into a WebSocket frame, ready for any number of connections of one kind.</summary>
internal static class Wire
{
    public const int Kinds = 3;

    public static byte[] Make(WireKind kind, ReadOnlySpan<byte> message) => kind switch
    {
        WireKind.Binary => WebSocketFrames.Make(WebSocketOpcode.Binary, message),
        WireKind.Base64 => MakeText(message, ""u8, ""u8),
        _ => MakeText(message, "a[\""u8, "\"]"u8),
    };

    private static byte[] MakeText(ReadOnlySpan<byte> message, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        var payload = before.Length + Base64.GetMaxEncodedToUtf8Length(message.Length) + after.Length;
        var frame = new byte[WebSocketFrames.HeaderLength(payload) + payload];
        var at = WebSocketFrames.WriteHeader(frame, WebSocketOpcode.Text, payload);
        before.CopyTo(frame.AsSpan(at));
        at += before.Length;
        Base64.EncodeToUtf8(message, frame.AsSpan(at), out _, out var written);
        after.CopyTo(frame.AsSpan(at + written));
        return frame;
    }
}
