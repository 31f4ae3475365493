using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Dragoman.Gateway.Transports;

/// <summary>The opening handshake of RFC 6455, section 4.2.</summary>
public static class WebSocketHandshake
{
    private const string Magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    public static bool IsRequested(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method)
        && http.Request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase)
        && http.Request.Headers.SecWebSocketVersion == "13"
        && IsKey(http.Request.Headers.SecWebSocketKey)
        && http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true };

    /// <summary>Answers 101; from then on the stream carries frames.</summary>
    public static Task<Stream> AcceptAsync(HttpContext http)
    {
        http.Response.Headers.Upgrade = "websocket";
        http.Response.Headers.Connection = "Upgrade";
        http.Response.Headers.SecWebSocketAccept = Accept(http.Request.Headers.SecWebSocketKey.ToString());
        return http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    internal static string Accept(string key)
    {
        Span<byte> input = stackalloc byte[24 + 36];
        var length = Encoding.ASCII.GetBytes(key, input);
        length += Encoding.ASCII.GetBytes(Magic, input[length..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6455 asks for SHA-1; nothing is protected by it.
        SHA1.HashData(input[..length], hash);
#pragma warning restore CA5350
        return Convert.ToBase64String(hash);
    }

    private static bool IsKey(string? key)
    {
        Span<byte> nonce = stackalloc byte[18];
        return key is { Length: 24 } && Convert.TryFromBase64String(key, nonce, out var length) && length == 16;
    }
}
