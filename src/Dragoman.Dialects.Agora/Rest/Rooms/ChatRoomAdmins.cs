using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine.Rooms;

namespace Dragoman.Dialects.Agora.Rest.Rooms;

/// <summary><c>GET /chatrooms/{r}/admin</c>.</summary>
internal sealed class ListChatRoomAdmins(FindRooms rooms) : AgoraEndpoint("GET", "/chatrooms/{r}/admin", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var found = await rooms.FindAsync(call.App.Id, call.Room(), ct);
        if (!found.TryGet(out var sheet, out var refusal)) return RoomErrors.Of(refusal, call);
        string[] admins = [.. sheet.With(RoomStanding.Manager).Keys.Order(StringComparer.Ordinal)];
        return new() { Data = RoomCalls.Texts(admins), Count = admins.Length };
    }
}

/// <summary><c>POST /chatrooms/{r}/admin</c> <c>{"newadmin"}</c>.</summary>
internal sealed class AddChatRoomAdmin(AppointRoomManager appoint) : AgoraEndpoint("POST", "/chatrooms/{r}/admin", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.Body.Text("newadmin") is not { Length: > 0 } name) return AgoraErrors.InvalidParameter.With("newadmin must be provided");
        var done = await appoint.RunAsync(call.Caller, call.Room(), UserNames.Fold(name), isManager: true, ct);
        return done.TryGet(out _, out var refusal)
            ? new AgoraReply { Data = new JsonObject { ["result"] = "success", ["newadmin"] = name } }
            : RoomErrors.Of(refusal, call);
    }
}

/// <summary><c>DELETE /chatrooms/{r}/admin/{u}</c>.</summary>
internal sealed class RemoveChatRoomAdmin(AppointRoomManager appoint) : AgoraEndpoint("DELETE", "/chatrooms/{r}/admin/{u}", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var user = call.UserIn("u");
        var done = await appoint.RunAsync(call.Caller, call.Room(), user, isManager: false, ct);
        return done.TryGet(out _, out var refusal)
            ? new AgoraReply { Data = new JsonObject { ["result"] = "success", ["oldadmin"] = user.Value } }
            : RoomErrors.Of(refusal, call);
    }
}
