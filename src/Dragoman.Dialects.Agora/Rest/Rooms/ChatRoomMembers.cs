using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Rooms;

namespace Dragoman.Dialects.Agora.Rest.Rooms;

/// <summary><c>GET /chatrooms/{r}/users</c>, by pages or by a cursor.</summary>
internal sealed class ListChatRoomMembers(FindRooms rooms, Occupancy occupancy) : AgoraEndpoint("GET", "/chatrooms/{r}/users", Access.Users)
{
    private const int Usual = 10;
    private const int Most = 1_000;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var found = await rooms.FindAsync(call.App.Id, call.Room(), ct);
        if (!found.TryGet(out var sheet, out _)) return RoomErrors.Missing(call.Room().Value);

        var all = occupancy.List(call.App.Id, call.Room());
        var (skip, take) = call.PageOf(Usual, Most);
        if (call.Query("pagenum") is null && call.Query("cursor") is { } cursor)
        {
            // A place in the order of entrances: who comes and goes meanwhile makes nobody be listed twice.
            if (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var after)) return AgoraErrors.IllegalArgument.With("cursor is invalid");
            skip = FirstAfter(all, after);
        }

        var page = all.Skip(skip).Take(take).ToArray();
        var isTimed = call.Query("joined_time") == "true";
        return new()
        {
            Data = new JsonArray([.. page.Select(one => Describe(sheet, one, isTimed))]),
            Count = page.Length,
            Cursor = skip + take < all.Count ? page[^1].Order.ToString(CultureInfo.InvariantCulture) : null,
        };
    }

    private static JsonObject Describe(RoomSheet sheet, Occupant occupant, bool isTimed)
    {
        var rank = sheet.RoleOf(occupant.User) switch
        {
            RoomRole.Owner => "owner",
            RoomRole.Manager => "admin",
            _ => "member",
        };
        var body = new JsonObject { [rank] = occupant.User.Value };
        if (isTimed) body["joined_time"] = occupant.EnteredAt;
        return body;
    }

    private static int FirstAfter(IReadOnlyList<Occupant> all, long order)
    {
        var (low, high) = (0, all.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (all[middle].Order > order) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}

/// <summary><c>POST /chatrooms/{r}/users/{u}</c>.</summary>
internal sealed class AddChatRoomMember(BringIntoRoom bring) : AgoraEndpoint("POST", "/chatrooms/{r}/users/{u}", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var done = await bring.RunAsync(call.Caller, call.Room(), [call.UserIn("u")], BatchMode.AllOrNone, ct);
        return done.TryGet(out var batch, out var refusal)
            ? new AgoraReply { Data = RoomCalls.ItemOf(call, "add_member", batch.Items[0]) }
            : Adding.ErrorOf(refusal, call);
    }
}

/// <summary><c>POST /chatrooms/{r}/users</c> <c>{"usernames"}</c>: fails only when nobody can be added.</summary>
internal sealed class AddChatRoomMembers(BringIntoRoom bring) : AgoraEndpoint("POST", "/chatrooms/{r}/users", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.UsersInBody() is not { } users) return AgoraErrors.InvalidParameter.With("usernames must be provided");
        if (users.Length > RoomCalls.MaxUsers) return AgoraErrors.InvalidParameter.With("addMembers: addMembers number more than maxSize : 60");

        var done = await bring.RunAsync(call.Caller, call.Room(), users, BatchMode.EachAlone, ct);
        return done.TryGet(out var batch, out var refusal)
            ? new AgoraReply
            {
                Data = new JsonObject
                {
                    ["newmembers"] = RoomCalls.Texts(batch.Done.Select(user => user.Value)),
                    ["action"] = "add_member",
                    ["id"] = call.Room().Value,
                },
            }
            : Adding.ErrorOf(refusal, call);
    }
}

/// <summary><c>DELETE /chatrooms/{r}/users/{a,b}</c>.</summary>
internal sealed class RemoveChatRoomMembers(RemoveFromRoom remove) : AgoraEndpoint("DELETE", "/chatrooms/{r}/users/{u}", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var users = call.UsersIn("u");
        if (users.Length > RoomCalls.MaxUsers) return AgoraErrors.InvalidParameter.With("kickMember: kickMembers number more than maxSize : 60");
        var done = await remove.RunAsync(call.Caller, call.Room(), users, BatchMode.EachAlone, ct);
        return RoomCalls.ReplyOf(call, "remove_member", done, isSingle: users.Length == 1);
    }
}

internal static class Adding
{
    /// <summary>The vendor has other texts where somebody is brought in than where he comes himself.</summary>
    public static AgoraError ErrorOf(Refusal refusal, AgoraCall call) => refusal.Condition == Condition.UserRoomLimitReached
        ? AgoraErrors.Forbidden.With(RoomErrors.ReasonOf(refusal, call.Room()))
        : RoomErrors.Of(refusal, call);
}
