using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine.Rooms;

namespace Dragoman.Dialects.Agora.Rest.Rooms;

/// <summary><c>PUT /chatrooms/{r}</c>: what a room says of itself, or <c>{"newowner"}</c>.</summary>
internal sealed class EditChatRoom(UpdateRoom update, TransferRoom transfer) : AgoraEndpoint("PUT", "/chatrooms/{r}", Access.Users)
{
    private static readonly string[] Fields = ["name", "groupname", "description", "maxusers", "custom"];

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.Body.Text("newowner") is { Length: > 0 } newOwner)
        {
            var transferred = await transfer.RunAsync(call.Caller, call.Room(), UserNames.Fold(newOwner), ct);
            return transferred.TryGet(out _, out var denied) ? new AgoraReply { Data = new JsonObject { ["newowner"] = true } } : RoomErrors.Of(denied, call);
        }

        string[] given = call.Body.ValueKind == JsonValueKind.Object ? [.. Fields.Where(field => call.Body.TryGetProperty(field, out _))] : [];
        if (given.Length == 0) return AgoraErrors.InvalidParameter.With("some of [chatroom_id] are not valid fields");
        var capacity = call.Body.Number("maxusers");
        var most = call.App.Settings.Limits.RoomMembers;
        if (capacity < 1 || capacity > most) return AgoraErrors.ExceedLimit.With(string.Create(CultureInfo.InvariantCulture, $"maxUsers cannot exceed {most}"));

        var edit = new RoomEdit
        {
            Name = call.Body.Text("groupname") ?? call.Body.Text("name"),
            Description = call.Body.Text("description"),
            Extra = call.Body.Text("custom"),
            Capacity = (int?)capacity,
        };
        var done = await update.RunAsync(call.Caller, call.Room(), edit, ct);
        if (!done.TryGet(out _, out var refusal)) return RoomErrors.Of(refusal, call);

        var flags = new JsonObject();
        foreach (var field in given) flags[field == "name" ? "groupname" : field] = true;
        return new AgoraReply { Data = flags };
    }
}

/// <summary><c>DELETE /chatrooms/{r}</c>.</summary>
internal sealed class DestroyChatRoom(DismissRoom dismiss) : AgoraEndpoint("DELETE", "/chatrooms/{r}", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var done = await dismiss.RunAsync(call.Caller, call.Room(), ct);
        return done.TryGet(out _, out var refusal)
            ? new AgoraReply { Data = new JsonObject { ["success"] = true, ["id"] = call.Room().Value } }
            : RoomErrors.Of(refusal, call);
    }
}

/// <summary><c>GET /chatrooms/{r}/announcement</c>.</summary>
internal sealed class GetChatRoomAnnouncement(FindRooms rooms) : AgoraEndpoint("GET", "/chatrooms/{r}/announcement", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var found = await rooms.FindAsync(call.App.Id, call.Room(), ct);
        return found.TryGet(out var sheet, out var refusal)
            ? new AgoraReply { Data = new JsonObject { ["announcement"] = sheet.Room.Announcement } }
            : RoomErrors.Of(refusal, call);
    }
}

/// <summary><c>POST /chatrooms/{r}/announcement</c>.</summary>
internal sealed class SetChatRoomAnnouncement(UpdateRoom update) : AgoraEndpoint("POST", "/chatrooms/{r}/announcement", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.Body.Text("announcement") is not { } text) return AgoraErrors.IllegalArgument.With("announcement is null");
        var done = await update.RunAsync(call.Caller, call.Room(), new RoomEdit { Announcement = text }, ct);
        return done.TryGet(out _, out var refusal)
            ? new AgoraReply { Data = new JsonObject { ["id"] = call.Room().Value, ["result"] = true } }
            : RoomErrors.Of(refusal, call);
    }
}
