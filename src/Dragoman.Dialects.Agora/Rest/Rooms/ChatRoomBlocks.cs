using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Rooms;

namespace Dragoman.Dialects.Agora.Rest.Rooms;

/// <summary><c>GET /chatrooms/{r}/blocks/users</c>.</summary>
internal sealed class ListChatRoomBlocks(FindRooms rooms) : AgoraEndpoint("GET", "/chatrooms/{r}/blocks/users", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var found = await rooms.FindForAsync(call.Caller, call.Room(), RoomAction.Ban, ct);
        if (!found.TryGet(out var sheet, out var refusal)) return RoomErrors.Of(refusal, call);
        string[] banned = [.. sheet.With(RoomStanding.Banned).Keys.Order(StringComparer.Ordinal)];
        return new() { Data = RoomCalls.Texts(banned), Count = banned.Length };
    }
}

/// <summary><c>POST /chatrooms/{r}/blocks/users/{u}</c>: the user is put out, too.</summary>
internal sealed class BlockChatRoomMember(BanFromRoom ban) : AgoraEndpoint("POST", "/chatrooms/{r}/blocks/users/{u}", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var done = await ban.RunAsync(call.Caller, call.Room(), [call.UserIn("u")], BatchMode.AllOrNone, ct);
        return RoomCalls.ReplyOf(call, "add_blocks", done, isSingle: !call.IsV3());
    }
}

/// <summary><c>POST /chatrooms/{r}/blocks/users</c> <c>{"usernames"}</c>.</summary>
internal sealed class BlockChatRoomMembers(BanFromRoom ban) : AgoraEndpoint("POST", "/chatrooms/{r}/blocks/users", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.UsersInBody() is not { } users) return AgoraErrors.InvalidParameter.With("usernames must be provided");
        if (users.Length > RoomCalls.MaxUsers) return AgoraErrors.InvalidParameter.With("userNames is more than max limit : 60");
        return RoomCalls.ReplyOf(call, "add_blocks", await ban.RunAsync(call.Caller, call.Room(), users, BatchMode.EachAlone, ct), isSingle: false);
    }
}

/// <summary><c>DELETE /chatrooms/{r}/blocks/users/{a,b}</c>.</summary>
internal sealed class UnblockChatRoomMembers(BanFromRoom ban) : AgoraEndpoint("DELETE", "/chatrooms/{r}/blocks/users/{u}", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var users = call.UsersIn("u");
        if (users.Length > RoomCalls.MaxUsers) return AgoraErrors.InvalidParameter.With("removeBlacklist: list size more than max limit : 60");
        var done = await ban.LiftAsync(call.Caller, call.Room(), users, BatchMode.EachAlone, ct);
        return RoomCalls.ReplyOf(call, "remove_blocks", done, isSingle: users.Length == 1 && !call.IsV3());
    }
}
