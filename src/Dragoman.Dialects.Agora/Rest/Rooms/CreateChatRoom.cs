using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Rooms;

namespace Dragoman.Dialects.Agora.Rest.Rooms;

/// <summary><c>POST /chatrooms</c>: the app's token, or that of a super administrator.</summary>
internal sealed class CreateChatRoom(CreateRoom create, MessageIds ids) : AgoraEndpoint("POST", "/chatrooms", Access.Users)
{
    private const int UsualCapacity = 1_000;

    public override int CallsPerSecond => 50;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var body = call.Body;
        if (body.Text("name") is not { Length: > 0 } name) return Missing("name");
        if (body.Text("description") is not { } description) return Missing("description");
        if (body.Text("owner") is not { Length: > 0 } owner) return Missing("owner");
        var capacity = body.Number("maxusers") ?? UsualCapacity;
        var most = call.App.Settings.Limits.RoomMembers;
        if (capacity < 1 || capacity > most) return AgoraErrors.ExceedLimit.With(string.Create(CultureInfo.InvariantCulture, $"maxUsers cannot exceed {most}"));

        var id = body.Text("roomid") is { Length: > 0 } chosen ? chosen : ids.Next().Value.ToString(CultureInfo.InvariantCulture);
        var room = new Room
        {
            App = call.App.Id,
            Id = new(id),
            Name = name,
            Description = description,
            Owner = UserNames.Fold(owner),
            Capacity = (int)capacity,
            Extra = body.Text("custom") ?? "",
        };
        if (!Gateway.RoomEntrance.IsId(id)) return AgoraErrors.InvalidParameter.With("group ID illegal, please check it");

        UserId[] members = [.. (body.Texts("members") ?? []).Select(UserNames.Fold)];
        var created = await create.RunAsync(call.Caller, room, members, ct, call.App.Settings.Limits.Rooms);
        return created.TryGet(out var sheet, out var refusal)
            ? new AgoraReply { Data = new JsonObject { ["id"] = sheet.Room.Id.Value } }
            : refusal.Condition switch
            {
                Condition.NotPermitted => AgoraErrors.Forbidden,
                Condition.RoomFull => AgoraErrors.ExceedLimit.With("members size is greater than max user size !"),
                _ => RoomErrors.Of(refusal, call.App, room.Id),
            };
    }

    private static AgoraError Missing(string field) => AgoraErrors.InvalidParameter.With($"{field} must be provided");
}
