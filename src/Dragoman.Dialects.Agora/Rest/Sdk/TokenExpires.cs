using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Gateway;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Gateway.Connections;

namespace Dragoman.Dialects.Agora.Rest.Sdk;

/// <summary><c>GET /sdk/users/{u}/token/expires</c>: when the token of this very call ends (<c>renewToken</c>).</summary>
/// <remarks>Nothing of it goes over the socket, so this is where the user's connections learn that they may live longer.</remarks>
internal sealed class TokenExpires(SessionRegistry sessions, TimeProvider clock) : AgoraEndpoint("GET", "/sdk/users/{u}/token/expires", Access.Owner)
{
    private static readonly TimeSpan Ever = TimeSpan.FromDays(100 * 365);

    public override ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var expiresAt = call.Bearer!.ExpiresAt;
        if (!call.Bearer.IsApp)
        {
            foreach (var session in sessions.Of(call.App.Id, call.Bearer.User).OfType<AgoraSession>()) session.Renew(expiresAt);
        }

        if (expiresAt == long.MaxValue) expiresAt = (clock.GetUtcNow() + Ever).ToUnixTimeMilliseconds();
        return new(new AgoraReply { Beside = new JsonObject { ["expire_timestamp"] = expiresAt } });
    }
}
