using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Auth;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Sessions;
using Dragoman.Gateway.Connections;
using Dragoman.Gateway.Transports;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dragoman.Dialects.OpenIm.Gateway;

/// <summary>Opens long connections: the checks of section 7 in their order, and each refusal in the form that the client reads.</summary>
internal sealed partial class OpenImGateway(
    ConnectionDoor door, SessionRegistry registry, OpenImTokens tokens, GrantBook grants, RequestDispatcher dispatcher, SessionHooks hooks, ILogger<OpenImGateway> logger)
{
    /// <summary>A longer message ends the connection.</summary>
    public const int MaxMessageBytes = 51_200;

    private static readonly byte[] Welcome = WebSocketFrames.Make(WebSocketOpcode.Text, "{\"errCode\":0,\"errMsg\":\"\",\"errDlt\":\"\"}"u8);

    public async Task RunAsync(HttpContext http, OpenImApp app)
    {
        if (!door.HasRoom || !app.TryEnter())
        {
            await Envelope.WriteAsync(http, OpenImErrors.ConnOverMaxNum, http.RequestAborted);
            return;
        }

        try
        {
            await CheckAsync(http, app);
        }
        finally
        {
            app.Leave();
        }
    }

    private async Task CheckAsync(HttpContext http, OpenImApp app)
    {
        var (parameters, invalid) = Handshake.Read(http.Request);
        if (parameters is null)
        {
            await Envelope.WriteAsync(http, invalid!, http.RequestAborted);
            return;
        }

        var (claims, error) = await VerifyAsync(app, parameters, http.RequestAborted);
        if (error is not null)
        {
            await RefuseAsync(http, parameters, error);
            return;
        }

        await door.RunAsync(http, MaxMessageBytes, connection => ServeAsync(connection, app, parameters, claims!));
    }

    private async Task<(TokenClaims? Claims, OpenImError? Error)> VerifyAsync(OpenImApp app, Handshake parameters, CancellationToken ct)
    {
        try
        {
            var verified = await tokens.VerifyAsync(app, parameters.Token, ct);
            return verified.TryGet(out var claims, out var failure) ? (claims, Mismatch(parameters, claims)) : (null, failure);
        }
        catch (StorageAwayException)
        {
            return (null, OpenImErrors.Unavailable);
        }
    }

    private static OpenImError? Mismatch(Handshake parameters, TokenClaims claims)
    {
        if (!string.Equals(claims.UserId, parameters.SendId, StringComparison.Ordinal))
            return OpenImErrors.TokenInvalid.With($"token uid {claims.UserId} != userID {parameters.SendId}");
        return claims.PlatformId == parameters.Platform
            ? null
            : OpenImErrors.TokenInvalid.With($"token platform {claims.PlatformId} != platformID {parameters.Platform}");
    }

    /// <summary>Browsers cannot read the body of a refused handshake: those who say so get it as the first frame.</summary>
    private async Task RefuseAsync(HttpContext http, Handshake parameters, OpenImError error)
    {
        if (!parameters.IsMsgResp)
        {
            await Envelope.WriteAsync(http, error, http.RequestAborted);
            return;
        }

        await door.RunAsync(http, MaxMessageBytes, async connection =>
        {
            connection.TrySend(WebSocketFrames.Make(WebSocketOpcode.Text, Envelope.Make(error)));
            connection.Close(1000);
            await connection.RunAsync(Deaf.Instance);
        });
    }

    private async Task ServeAsync(ClientConnection connection, OpenImApp app, Handshake parameters, TokenClaims claims)
    {
        var session = new OpenImSession(connection, app, claims, parameters.Format, parameters.IsBackground, dispatcher, parameters.Token);

        // First of all: a push before it would be taken for the handshake's result.
        if (parameters.IsMsgResp) connection.TrySend(Welcome);
        registry.Add(session);
        var isIn = false;
        try
        {
            isIn = await AdmitAsync(connection, app, session, parameters.Platform);
            if (isIn) await hooks.CameAsync(session, parameters.OperationId);
            await connection.RunAsync(session);
        }
        finally
        {
            registry.Remove(session);
            dispatcher.Forget(session);
            if (isIn) await hooks.WentAsync(session, parameters.OperationId);
            Log.Closed(logger, session.Id.Value);
        }
    }

    private async Task<bool> AdmitAsync(ClientConnection connection, OpenImApp app, OpenImSession session, int platform)
    {
        try
        {
            var admitted = await grants.AdmitAsync(app.Id, session.User, session.Info, app.Logins, connection.Ended);
            if (admitted.TryGet(out _, out var refusal))
            {
                Log.Opened(logger, session.Id.Value, platform);
                return true;
            }

            if (refusal.Condition == Engine.Condition.GrantKicked) session.Kick(new SessionEnd(EndReason.ReplacedByLogin));
            else connection.Close(1011);
        }
        catch (StorageAwayException)
        {
            connection.Close(1011);
        }

        return false;
    }

    /// <summary>Listens to nothing any more.</summary>
    private sealed class Deaf : IMessageHandler
    {
        public static readonly Deaf Instance = new();

        public ValueTask HandleAsync(bool isText, ReadOnlyMemory<byte> message, CancellationToken ct) => ValueTask.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Session {SessionId} opened on platform {Platform}")]
        public static partial void Opened(ILogger logger, long sessionId, int platform);

        [LoggerMessage(Level = LogLevel.Debug, Message = "Session {SessionId} closed")]
        public static partial void Closed(ILogger logger, long sessionId);
    }
}
