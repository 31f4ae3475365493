using System.Text.Json;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.Agora.Host;
using Dragoman.Dialects.Conformance.Agora.Messages;
using Google.Protobuf;
using Xunit;
using Operation = Dragoman.Dialects.Agora.Protos.MUCBody.Types.Operation;
using Type = Dragoman.Dialects.Agora.Protos.MessageBody.Types.Type;

namespace Dragoman.Dialects.Conformance.Agora.Rooms;

/// <summary>What clients do in chat rooms (sections 8.2 and 9.3).</summary>
internal static class RoomApp
{
    public static async Task<Talk> NewTalkAsync(this AgoraAppClient app, string stem, string resource = "webim_web_1") =>
        await Talk.BeginAsync(app, await app.NewUserAsync(stem), resource);

    public static async Task<string> NewRoomAsync(this AgoraAppClient app, string owner, int maxusers = 100, params string[] members) =>
        (await app.AdminAsync("POST", "/chatrooms", new { name = "room", description = "a room", maxusers, owner, members })).Succeeded().Data.GetProperty("id").GetString()!;

    public static async Task<CommSyncDL> MucAsync(this Talk talk, string room, Operation operation, string text = "", bool leavesOthers = false)
    {
        var body = new MUCBody
        {
            MucId = talk.Group(room),
            Operation = operation,
            From = new JID { Name = talk.User },
            IsChatroom = true,
            Ext = text,
            LeaveOtherRooms = leavesOthers,
        };
        var meta = new Meta { Id = Talk.NextMetaId(), To = talk.Group(room), Ns = Meta.Types.NameSpace.Muc, Payload = body.ToByteString() };
        await talk.Socket.SyncAsync(new CommSyncUL { Meta = meta });
        var answer = await talk.Socket.NextSyncAsync();
        Assert.Equal(meta.Id, answer.MetaId);
        return answer;
    }

    public static async Task JoinAsync(this Talk talk, string room, string text = "")
    {
        var answer = await talk.MucAsync(room, Operation.Join, text);
        Assert.True(answer.Status.ErrorCode == Status.Types.ErrorCode.Ok, answer.Status.Reason);
    }

    /// <summary>What a room tells its members comes without asking for an acknowledgement.</summary>
    public static async Task<IReadOnlyList<Meta>> ShownAsync(this Talk talk)
    {
        var pushed = await talk.Socket.NextSyncAsync();
        Assert.Equal((true, 0UL), (pushed.IsLast, pushed.NextKey));
        return pushed.Metas;
    }

    public static async Task<MUCBody> EventAsync(this Talk talk)
    {
        var meta = Assert.Single(await talk.ShownAsync());
        Assert.Equal(Meta.Types.NameSpace.Muc, meta.Ns);
        var body = MUCBody.Parser.ParseFrom(meta.Payload);
        Assert.True(body.IsChatroom);
        return body;
    }

    public static async Task<(Meta Meta, MessageBody Body)> HearInRoomAsync(this Talk talk)
    {
        var meta = Assert.Single(await talk.ShownAsync());
        return (meta, MessageBody.Parser.ParseFrom(meta.Payload));
    }

    public static Task<CommSyncDL> SayInRoomAsync(this Talk talk, string room, string words, Action<Meta>? shape = null) =>
        talk.SendAsync(talk.Group(room), Talk.Text(words, Type.Chatroom), shape: shape);

    public static JsonElement InfoOf(CommSyncDL answer, string user)
    {
        var body = MUCBody.Parser.ParseFrom(Assert.Single(answer.Metas).Payload);
        return JsonDocument.Parse(body.Status.ChatroomInfo).RootElement.GetProperty(user);
    }
}
