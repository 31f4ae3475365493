using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine.Sessions;

namespace Dragoman.Dialects.Agora.Rest.Users;

/// <summary><c>GET /users/{u}/disconnect</c>: every device of the user has to go (217); his tokens stay good.</summary>
internal sealed class DisconnectUser(EndSessions sessions) : AgoraEndpoint("GET", "/users/{u}/disconnect", Access.App)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var ended = await sessions.RunAsync(call.Caller, call.UserIn("u"), SessionSelection.All, new SessionEnd(EndReason.ByAdministrator), ct);
        return ended.TryGet(out var count, out var refusal)
            ? new AgoraReply { Data = new JsonObject { ["result"] = count > 0 }, Count = 0 }
            : refusal;
    }
}

/// <summary><c>DELETE /users/{u}/disconnect/{resource}</c>: one device.</summary>
internal sealed class DisconnectDevice(EndSessions sessions) : AgoraEndpoint("DELETE", "/users/{u}/disconnect/{resource}", Access.App)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var device = new SessionSelection(AgoraId.Dialect, call.TextIn("resource"));
        var ended = await sessions.RunAsync(call.Caller, call.UserIn("u"), device, new SessionEnd(EndReason.ByAdministrator), ct);
        return ended.TryGet(out var count, out var refusal) ? new AgoraReply { Data = new JsonObject { ["result"] = count > 0 } } : refusal;
    }
}
