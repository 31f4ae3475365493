using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine.Rooms;

namespace Dragoman.Dialects.Agora.Rest.Rooms;

/// <summary><c>PUT /chatrooms/{r}/tag/mute</c> <c>{"tag","mute_duration"}</c>, seconds; 0 lifts.</summary>
internal sealed class MuteChatRoomTag(RoomTags tags, TimeProvider clock) : AgoraEndpoint("PUT", "/chatrooms/{r}/tag/mute", Access.App)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (!call.App.Settings.RoomTags) return AgoraErrors.Forbidden.With("Group tag mute is disabled");
        if (call.Body.Text("tag") is not { Length: > 0 } tag) return AgoraErrors.InvalidParameter.With("tag must be provided");
        if (call.Body.Number("mute_duration") is not { } duration) return AgoraErrors.InvalidParameter.With("mute_duration must be provided");

        var until = duration == 0 ? 0 : MuteTimes.Until(duration, TimeSpan.FromSeconds(1), clock);
        var done = await tags.MuteAsync(call.Caller, call.Room(), tag, until, ct);
        return done.TryGet(out _, out var refusal) ? TagReply.Done : RoomErrors.Of(refusal, call);
    }
}

/// <summary><c>PUT /chatrooms/{r}/users/{u}/tag</c> <c>{"tags"}</c>.</summary>
internal sealed class TagChatRoomMember(RoomTags tags) : AgoraEndpoint("PUT", "/chatrooms/{r}/users/{u}/tag", Access.App)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (!call.App.Settings.RoomTags) return AgoraErrors.Forbidden.With("Group tag mute is disabled");
        if (call.Body.ValueKind != JsonValueKind.Object || call.Body.Texts("tags") is not { } worn)
            return AgoraErrors.InvalidParameter.With("tags should be type of List");
        var done = await tags.WearAsync(call.Caller, call.Room(), call.UserIn("u"), worn, ct);
        return done.TryGet(out _, out var refusal) ? TagReply.Done : RoomErrors.Of(refusal, call);
    }
}

/// <summary><c>GET /chatrooms/{r}/users/{u}/tag</c>: until when each tag is muted.</summary>
internal sealed class GetChatRoomMemberTags(RoomTags tags) : AgoraEndpoint("GET", "/chatrooms/{r}/users/{u}/tag", Access.App)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var found = await tags.FindAsync(call.Caller, call.Room(), call.UserIn("u"), ct);
        if (!found.TryGet(out var worn, out var refusal)) return RoomErrors.Of(refusal, call);

        var data = new JsonObject();
        foreach (var (tag, until) in worn) data[tag] = MuteTimes.Shown(until).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new() { Data = data };
    }
}

internal static class TagReply
{
    public static AgoraReply Done => new() { Data = new JsonObject { ["result"] = true }, Beside = new JsonObject { ["properties"] = new JsonObject() } };
}
