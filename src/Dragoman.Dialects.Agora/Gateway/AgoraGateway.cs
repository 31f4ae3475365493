using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Frames;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Gateway.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dragoman.Dialects.Agora.Gateway;

/// <summary>Opens long connections: WebSockets with a message in each frame, or with SockJS around them.</summary>
internal sealed partial class AgoraGateway(ConnectionDoor door, ClientTools tools, TimeProvider clock, ILogger<AgoraGateway> logger)
{
    /// <summary>A longer message ends the connection; what is longer than the app allows and shorter than this is refused with 511.</summary>
    public const int MaxFrameBytes = 256 * 1024;

    private static readonly TimeSpan LoginDeadline = TimeSpan.FromSeconds(10); // after which clients give up too
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(90);

    /// <param name="only">The app of the listener; null when clients name theirs.</param>
    public async Task RunAsync(HttpContext http, AppId? only)
    {
        if (!door.HasRoom)
        {
            await Envelope.WriteAsync(http, AgoraErrors.Busy, clock.GetUtcNow().ToUnixTimeMilliseconds(), took: 0, http.RequestAborted);
            return;
        }

        var isSockJs = SockJs.IsSocketPath(http.Request.Path.Value ?? "");
        await door.RunAsync(http, MaxFrameBytes, connection => ServeAsync(connection, isSockJs ? WireKind.SockJs : WireKind.Binary, only));
    }

    /// <summary><c>GET …/info</c>: what SockJS asks before it connects.</summary>
    public static Task WriteInfoAsync(HttpContext http)
    {
        Cors.ApplyCredentialed(http);
        if (HttpMethods.IsOptions(http.Request.Method)) return Task.CompletedTask;

        http.Response.Headers.CacheControl = "no-store, no-cache, must-revalidate, max-age=0";
        return Envelope.SendAsync(
            http,
            StatusCodes.Status200OK,
            new JsonObject
            {
                ["websocket"] = true,
                ["origins"] = new JsonArray("*:*"),
                ["cookie_needed"] = false,
                ["entropy"] = (uint)RandomNumberGenerator.GetInt32(int.MaxValue),
            },
            http.RequestAborted);
    }

    private async Task ServeAsync(ClientConnection connection, WireKind wire, AppId? only)
    {
        connection.SilenceLimit = Silence;
        connection.ExpiresAt = (clock.GetUtcNow() + LoginDeadline).ToUnixTimeMilliseconds();
        if (wire == WireKind.SockJs)
        {
            connection.PingFrame = SockJs.Beat;
            connection.LastWords = SockJs.GoAway;
            connection.TrySend(SockJs.Open);
        }

        var client = new AgoraClient(connection, wire, only, tools);
        try
        {
            await connection.RunAsync(client);
        }
        finally
        {
            client.Leave();
            Log.Closed(logger, connection.Id.Value);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Connection {ConnectionId} closed")]
        public static partial void Closed(ILogger logger, long connectionId);
    }
}
