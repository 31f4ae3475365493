using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Rooms;

namespace Dragoman.Dialects.Agora.Rest.Rooms;

/// <summary><c>GET /chatrooms/{r}/white/users</c>.</summary>
internal sealed class ListChatRoomAllowed(FindRooms rooms) : AgoraEndpoint("GET", "/chatrooms/{r}/white/users", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var found = await rooms.FindForAsync(call.Caller, call.Room(), RoomAction.SetAllowList, ct);
        if (!found.TryGet(out var sheet, out var refusal)) return RoomErrors.Of(refusal, call);
        string[] allowed = [.. sheet.With(RoomStanding.Allowed).Keys.Order(StringComparer.Ordinal)];
        return new() { Data = RoomCalls.Texts(allowed), Count = allowed.Length };
    }
}

/// <summary><c>GET /chatrooms/{r}/white/users/{u}</c>.</summary>
internal sealed class IsChatRoomMemberAllowed(FindRooms rooms) : AgoraEndpoint("GET", "/chatrooms/{r}/white/users/{u}", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var found = await rooms.FindAsync(call.App.Id, call.Room(), ct);
        if (!found.TryGet(out var sheet, out var refusal)) return RoomErrors.Of(refusal, call);
        var user = call.UserIn("u");
        return new() { Data = new JsonObject { ["member"] = user.Value, ["white"] = sheet.Has(RoomStanding.Allowed, user) } };
    }
}

/// <summary><c>POST /chatrooms/{r}/white/users/{u}</c>.</summary>
internal sealed class AllowChatRoomMember(SetRoomAllowList allow) : AgoraEndpoint("POST", "/chatrooms/{r}/white/users/{u}", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var done = await allow.RunAsync(call.Caller, call.Room(), [call.UserIn("u")], isAllowed: true, BatchMode.AllOrNone, ct);
        return RoomCalls.ReplyOf(call, "add_user_whitelist", done, isSingle: !call.IsV3());
    }
}

/// <summary><c>POST /chatrooms/{r}/white/users</c> <c>{"usernames"}</c>.</summary>
internal sealed class AllowChatRoomMembers(SetRoomAllowList allow) : AgoraEndpoint("POST", "/chatrooms/{r}/white/users", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.UsersInBody() is not { } users) return AgoraErrors.InvalidParameter.With("usernames must be provided");
        if (users.Length > RoomCalls.MaxUsers) return AgoraErrors.InvalidParameter.With("usernames size is more than max limit : 60");
        var done = await allow.RunAsync(call.Caller, call.Room(), users, isAllowed: true, BatchMode.EachAlone, ct);
        return RoomCalls.ReplyOf(call, "add_user_whitelist", done, isSingle: false);
    }
}

/// <summary><c>DELETE /chatrooms/{r}/white/users/{a,b}</c>.</summary>
internal sealed class DisallowChatRoomMembers(SetRoomAllowList allow) : AgoraEndpoint("DELETE", "/chatrooms/{r}/white/users/{u}", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var users = call.UsersIn("u");
        if (users.Length > RoomCalls.MaxUsers) return AgoraErrors.InvalidParameter.With("removeWhitelist size is more than max limit : 60");
        var done = await allow.RunAsync(call.Caller, call.Room(), users, isAllowed: false, BatchMode.EachAlone, ct);
        return RoomCalls.ReplyOf(call, "remove_user_whitelist", done, isSingle: users.Length == 1 && !call.IsV3());
    }
}
