using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Gateway;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Rooms;

namespace Dragoman.Dialects.Agora.Rest.Rooms;

/// <summary><c>POST /chatrooms/{r}/apply</c>: how older clients come in.</summary>
internal sealed class JoinChatRoom(RoomEntrance entrance) : AgoraEndpoint("POST", "/chatrooms/{r}/apply", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var user = call.Caller.User;
        if (call.Caller.IsAdministrator) return AgoraErrors.Unauthorized; // nobody would come in
        var done = await entrance.EnterAsync(
            call.Caller, user, call.TextIn("r"), call.Body.Text("message") ?? "", leavesOthers: false, call.App.Settings.RoomHistory, ct);
        if (!done.TryGet(out var entered, out var refusal)) return RoomErrors.Of(refusal, call);

        entrance.Replay(call.Caller, entered);
        return new() { Data = RoomCalls.ItemOf(call, "apply", new ItemOutcome(user)) };
    }
}

/// <summary><c>DELETE /chatrooms/{r}/quit</c>: how older clients leave.</summary>
internal sealed class QuitChatRoom(LeaveRoom leave) : AgoraEndpoint("DELETE", "/chatrooms/{r}/quit", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var done = await leave.RunAsync(call.Caller, call.Caller.User, call.Room(), ct);
        return done.TryGet(out _, out var refusal) ? new AgoraReply { Data = new JsonObject { ["result"] = true } } : RoomErrors.Of(refusal, call);
    }
}
