using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Rooms;

namespace Dragoman.Dialects.Agora.Rest.Rooms;

/// <summary>Times of mutes as the vendor writes them: -1 is for ever.</summary>
internal static class MuteTimes
{
    private const long ForEver = -1;

    /// <param name="duration">From now on.</param>
    public static long Until(long duration, TimeSpan unit, TimeProvider clock)
    {
        if (duration < 0) return long.MaxValue;
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return duration > (long.MaxValue - now) / (long)unit.TotalMilliseconds ? long.MaxValue : now + (duration * (long)unit.TotalMilliseconds);
    }

    public static long Shown(long until) => until == long.MaxValue ? ForEver : until;
}

/// <summary><c>GET /chatrooms/{r}/mute</c>.</summary>
internal sealed class ListChatRoomMutes(FindRooms rooms, TimeProvider clock) : AgoraEndpoint("GET", "/chatrooms/{r}/mute", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var found = await rooms.FindForAsync(call.Caller, call.Room(), RoomAction.MuteOccupants, ct);
        if (!found.TryGet(out var sheet, out var refusal)) return RoomErrors.Of(refusal, call);

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return new()
        {
            Data = new JsonArray([.. sheet.With(RoomStanding.Muted).Where(mute => mute.Value > now).OrderBy(mute => mute.Key, StringComparer.Ordinal)
                .Select(mute => new JsonObject { ["expire"] = MuteTimes.Shown(mute.Value), ["user"] = mute.Key })]),
        };
    }
}

/// <summary><c>POST /chatrooms/{r}/mute</c> <c>{"usernames","mute_duration"}</c>, milliseconds.</summary>
internal sealed class MuteChatRoomMembers(MuteInRoom mute, TimeProvider clock) : AgoraEndpoint("POST", "/chatrooms/{r}/mute", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.UsersInBody() is not { } users) return AgoraErrors.InvalidParameter.With("usernames must be provided");
        if (call.Body.Number("mute_duration") is not { } duration) return AgoraErrors.InvalidParameter.With("mute_duration must be provided");
        if (users.Length > RoomCalls.MaxUsers) return AgoraErrors.InvalidParameter.With("userNames size is more than max limit : 60");

        var until = MuteTimes.Until(duration, TimeSpan.FromMilliseconds(1), clock);
        var done = await mute.RunAsync(call.Caller, call.Room(), users, until, BatchMode.AllOrNone, ct);
        if (!done.TryGet(out var batch, out var refusal)) return RoomErrors.Of(refusal, call);
        return new()
        {
            Data = new JsonArray([.. batch.Items.Select(item => new JsonObject
            {
                ["result"] = true, ["expire"] = MuteTimes.Shown(until), ["user"] = item.Subject.Value,
            })]),
        };
    }
}

/// <summary><c>DELETE /chatrooms/{r}/mute/{a,b}</c>.</summary>
internal sealed class UnmuteChatRoomMembers(MuteInRoom mute) : AgoraEndpoint("DELETE", "/chatrooms/{r}/mute/{u}", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var users = call.UsersIn("u");
        if (users.Length > RoomCalls.MaxUsers) return AgoraErrors.InvalidParameter.With("removeMute member size more than max limit : 60");
        var done = await mute.RunAsync(call.Caller, call.Room(), users, until: 0, BatchMode.EachAlone, ct);
        return done.TryGet(out var batch, out var refusal)
            ? new AgoraReply { Data = new JsonArray([.. batch.Items.Select(item => new JsonObject { ["result"] = item.IsDone, ["user"] = item.Subject.Value })]) }
            : RoomErrors.Of(refusal, call);
    }
}

/// <summary><c>GET /sdk/chatrooms/{r}/mute/{u}</c>: whether a client's own user is muted.</summary>
internal sealed class IsChatRoomMemberMuted(FindRooms rooms, TimeProvider clock) : AgoraEndpoint("GET", "/sdk/chatrooms/{r}/mute/{u}", Access.Owner)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var found = await rooms.FindAsync(call.App.Id, call.Room(), ct);
        return found.TryGet(out var sheet, out var refusal)
            ? new AgoraReply { Data = JsonValue.Create(sheet.Until(RoomStanding.Muted, call.UserIn("u").Value) > clock.GetUtcNow().ToUnixTimeMilliseconds()) }
            : RoomErrors.Of(refusal, call);
    }
}

/// <summary><c>POST</c> and <c>DELETE /chatrooms/{r}/ban</c>: mutes everybody, and ends that.</summary>
internal sealed class MuteWholeChatRoom(MuteRoom mute) : AgoraEndpoint("POST,DELETE", "/chatrooms/{r}/ban", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var isMuted = string.Equals(call.Http.Request.Method, "POST", StringComparison.OrdinalIgnoreCase);
        var done = await mute.RunAsync(call.Caller, call.Room(), isMuted ? long.MaxValue : 0, ct);
        return done.TryGet(out _, out var refusal)
            ? new AgoraReply { Data = new JsonObject { ["mute"] = isMuted }, Action = isMuted ? "put" : null }
            : RoomErrors.Of(refusal, call);
    }
}
