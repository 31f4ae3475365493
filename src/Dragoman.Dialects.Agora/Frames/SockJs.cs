using System.Text.Json;
using Dragoman.Gateway.Transports;

namespace Dragoman.Dialects.Agora.Frames;

/// <summary>The part of SockJS that browsers use where WebSockets exist (section 3.2): <c>o</c>, <c>h</c>, <c>a[…]</c>, <c>c[…]</c>.</summary>
internal static class SockJs
{
    /// <summary>More messages in one frame are no honest client's.</summary>
    private const int MaxBatch = 64;

    public static readonly byte[] Open = WebSocketFrames.Make(WebSocketOpcode.Text, "o"u8);

    /// <summary>The vendor's beat, and a ping besides, because clients answer only that.</summary>
    public static readonly byte[] Beat = [.. WebSocketFrames.Make(WebSocketOpcode.Text, "h"u8), .. WebSocketFrames.Make(WebSocketOpcode.Ping, default)];

    public static readonly byte[] GoAway = WebSocketFrames.Make(WebSocketOpcode.Text, "c[3000,\"Go away!\"]"u8);

    /// <summary>A WebSocket of SockJS: <c>{base}/{three digits}/{session}/websocket</c>.</summary>
    public static bool IsSocketPath(string path) =>
        path.Split('/') is [.., var server, { Length: > 0 }, "websocket"] && server.Length == 3 && server.All(char.IsAsciiDigit);

    /// <summary>Reads <c>["…","…"]</c>, or a single <c>"…"</c>.</summary>
    /// <returns>Null for anything else.</returns>
    public static List<byte[]>? TryRead(ReadOnlySpan<byte> text)
    {
        var messages = new List<byte[]>(1);
        try
        {
            var json = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 1 });
            if (!json.Read()) return null;
            if (json.TokenType == JsonTokenType.String) return json.TryGetBytesFromBase64(out var only) && !json.Read() ? [only] : null;
            if (json.TokenType != JsonTokenType.StartArray) return null;

            while (json.Read() && json.TokenType == JsonTokenType.String)
            {
                if (messages.Count == MaxBatch || !json.TryGetBytesFromBase64(out var message)) return null;
                messages.Add(message);
            }

            return json.TokenType == JsonTokenType.EndArray && !json.Read() ? messages : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: half of a surrogate pair, escaped
        {
            return null;
        }
    }
}
