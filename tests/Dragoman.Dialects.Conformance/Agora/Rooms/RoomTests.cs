using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.Agora.Host;
using Dragoman.Dialects.Conformance.Agora.Messages;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Google.Protobuf;
using Xunit;
using ErrorCode = Dragoman.Dialects.Agora.Protos.Status.Types.ErrorCode;
using Operation = Dragoman.Dialects.Agora.Protos.MUCBody.Types.Operation;

namespace Dragoman.Dialects.Conformance.Agora.Rooms;

/// <summary>Sections 8.2, 8.4, 9.1 and 9.3: chat rooms over the socket.</summary>
public sealed class RoomTests(RoomTests.Apps server) : IClassFixture<RoomTests.Apps>
{
    private readonly AgoraAppClient _app = server.Demo;

    public sealed class Apps : AgoraServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
        [
            ("demo", """{"rateLimit":{"calls":0,"frames":0}}"""),
            ("memory", """{"roomHistory":2}"""),
            ("narrow", """{"rateLimit":{"roomMessages":2}}"""),
        ];

        internal override IReadOnlyList<string> Options => ["--Rooms:MaxPerUser=3"];
    }

    [Fact]
    public async Task A_client_joins_and_is_told_about_the_room()
    {
        await using var alice = await _app.NewTalkAsync("alice");
        await using var bob = await _app.NewTalkAsync("bob");
        var room = await _app.NewRoomAsync(alice.User);

        var answer = await bob.MucAsync(room, Operation.Join, "hi");

        Assert.Equal(ErrorCode.Ok, answer.Status.ErrorCode);
        var info = RoomApp.InfoOf(answer, bob.User);
        Assert.Equal((2, -1L, false, false), (
            info.GetProperty("member_count").GetInt32(),
            info.GetProperty("mute_duration").GetInt64(),
            info.GetProperty("is_all_mute").GetBoolean(),
            info.GetProperty("is_in_white_list").GetBoolean()));
        var told = await alice.EventAsync();
        Assert.Equal((Operation.Presence, bob.User, 2, "hi", room), (told.Operation, told.From.Name, told.MucMemberCount, told.Ext, told.MucId.Name));
        Assert.True(bob.Socket.IsQuiet);

        Assert.Equal(ErrorCode.Ok, (await bob.MucAsync(room, Operation.Join)).Status.ErrorCode); // again is no harm
        Assert.Equal(ErrorCode.Ok, (await bob.MucAsync(room, Operation.Leave)).Status.ErrorCode);
        told = await alice.EventAsync();
        Assert.Equal((Operation.Absence, bob.User, 1), (told.Operation, told.From.Name, told.MucMemberCount));
    }

    [Fact]
    public async Task A_message_reaches_whoever_is_in_at_once_and_without_a_queue()
    {
        await using var alice = await _app.NewTalkAsync("alice");
        await using var bob = await _app.NewTalkAsync("bob");
        var room = await _app.NewRoomAsync(alice.User, 100, bob.User);
        Assert.Equal(Operation.DirectJoined, (await JoinedAsync(bob)).Operation);

        var sent = await alice.SayInRoomAsync(room, "hello", meta => meta.Ext.Add(new KeyValue
        {
            Key = "chatroom_msg_tag",
            Type = KeyValue.Types.ValueType.Int,
            VarintValue = 0,
        }));

        Assert.Equal(ErrorCode.Ok, sent.Status.ErrorCode);
        var (meta, body) = await bob.HearInRoomAsync();
        Assert.Equal((sent.ServerId, alice.User, room, "hello"), (meta.Id, meta.From.Name, meta.To.Name, body.Contents[0].Text));
        Assert.Equal(MessageBody.Types.Type.Chatroom, body.Type);
        Assert.Equal(("chatroom_msg_tag", 0L), (meta.Ext.Single().Key, meta.Ext.Single().VarintValue));
        Assert.Empty((await bob.Socket.UnreadAsync()).Unread);
        Assert.True(alice.Socket.IsQuiet);
    }

    [Fact]
    public async Task Joining_is_refused_in_words_that_clients_know()
    {
        await using var alice = await _app.NewTalkAsync("alice");
        await using var bob = await _app.NewTalkAsync("bob");
        var room = await _app.NewRoomAsync(alice.User, maxusers: 1);

        Assert.Equal((ErrorCode.Fail, "grpID 4711 does not exist!"), Refusal(await bob.MucAsync("4711", Operation.Join)));
        Assert.Equal((ErrorCode.Fail, "group ID illegal, please check it"), Refusal(await bob.MucAsync("abc!", Operation.Join)));
        Assert.Equal((ErrorCode.Fail, "group member list is full!"), Refusal(await bob.MucAsync(room, Operation.Join)));
        Assert.Equal((ErrorCode.Fail, "not in group or chatroom"), Refusal(await bob.MucAsync(room, Operation.Leave)));
        Assert.Equal(ErrorCode.WrongParameter, (await bob.MucAsync(room, Operation.Kick)).Status.ErrorCode);

        var other = await _app.NewRoomAsync(alice.User);
        await bob.JoinAsync(other);
        (await _app.AdminAsync("POST", $"/chatrooms/{other}/blocks/users/{bob.User}")).Succeeded();
        Assert.Equal(Operation.Kick, (await bob.EventAsync()).Operation);
        Assert.Equal(
            (ErrorCode.Fail, $"can not join this group, reason:user {bob.User} is in the blacklist"), Refusal(await bob.MucAsync(other, Operation.Join)));
    }

    [Fact]
    public async Task Nobody_is_in_too_many_rooms()
    {
        await using var bob = await _app.NewTalkAsync("bob");
        string[] rooms = [.. await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => await _app.NewRoomAsync(await _app.NewUserAsync("owner"))))];
        foreach (var room in rooms[..3]) await bob.JoinAsync(room);

        Assert.Equal((ErrorCode.Fail, $"user {bob.User} has joined too many chatrooms!"), Refusal(await bob.MucAsync(rooms[3], Operation.Join)));
        Assert.Equal(ErrorCode.Ok, (await bob.MucAsync(rooms[3], Operation.Join, leavesOthers: true)).Status.ErrorCode);
        Assert.Equal([rooms[3]], await JoinedRoomsAsync(bob.User));
    }

    [Fact]
    public async Task Speaking_is_refused_in_words_that_clients_know()
    {
        await using var alice = await _app.NewTalkAsync("alice");
        await using var bob = await _app.NewTalkAsync("bob");
        var room = await _app.NewRoomAsync(alice.User);

        Assert.Equal((ErrorCode.Fail, "not in group or chatroom"), Refusal(await bob.SayInRoomAsync(room, "x")));
        Assert.Equal((ErrorCode.Fail, "grpID 4711 does not exist!"), Refusal(await bob.SayInRoomAsync("4711", "x")));
        (await _app.AdminAsync("POST", $"/chatrooms/{room}/users/{bob.User}")).Succeeded();
        Assert.Equal(Operation.DirectJoined, (await JoinedAsync(bob)).Operation);

        (await _app.AdminAsync("POST", $"/chatrooms/{room}/mute", new { usernames = new[] { bob.User }, mute_duration = -1 })).Succeeded();
        Assert.Equal((Operation.AddMute, bob.User), await OperationAsync(bob));
        Assert.Equal(ErrorCode.UserMuted, (await bob.SayInRoomAsync(room, "x")).Status.ErrorCode);
        (await _app.AdminAsync("DELETE", $"/chatrooms/{room}/mute/{bob.User}")).Succeeded();
        Assert.Equal((Operation.RemoveMute, bob.User), await OperationAsync(bob));

        (await _app.AdminAsync("POST", $"/chatrooms/{room}/ban")).Succeeded();
        Assert.Equal(Operation.BanGroup, (await bob.EventAsync()).Operation);
        Assert.Equal((ErrorCode.Fail, "not in group or chatroom white list"), Refusal(await bob.SayInRoomAsync(room, "x")));
        (await _app.AdminAsync("POST", $"/chatrooms/{room}/white/users/{bob.User}")).Succeeded();
        Assert.Equal((Operation.AddUserWhiteList, bob.User), await OperationAsync(bob));
        Assert.Equal(ErrorCode.Ok, (await bob.SayInRoomAsync(room, "x")).Status.ErrorCode);
    }

    [Fact]
    public async Task An_app_may_show_newcomers_what_was_said()
    {
        var app = server.App("memory");
        await using var alice = await app.NewTalkAsync("alice");
        await using var bob = await app.NewTalkAsync("bob");
        var room = await app.NewRoomAsync(alice.User);
        for (var i = 1; i <= 3; i++) await alice.SayInRoomAsync(room, $"word {i}");

        await bob.JoinAsync(room);

        Assert.Equal("word 2", (await bob.HearInRoomAsync()).Body.Contents[0].Text);
        Assert.Equal("word 3", (await bob.HearInRoomAsync()).Body.Contents[0].Text);
    }

    [Fact]
    public async Task Of_too_many_messages_the_unimportant_are_dropped()
    {
        var app = server.App("narrow");
        await using var alice = await app.NewTalkAsync("alice");
        await using var bob = await app.NewTalkAsync("bob");
        var room = await app.NewRoomAsync(alice.User, 10, bob.User);
        Assert.Equal(Operation.DirectJoined, (await JoinedAsync(bob)).Operation);
        await using var carol = await app.NewTalkAsync("carol");
        await carol.JoinAsync(room);
        Assert.Equal(Operation.Presence, (await bob.EventAsync()).Operation);

        for (var i = 0; i < 8; i++) Assert.Equal(ErrorCode.Ok, (await carol.SayInRoomAsync(room, $"low {i}", Low)).Status.ErrorCode);
        Assert.Equal(ErrorCode.Ok, (await carol.SayInRoomAsync(room, "normal")).Status.ErrorCode);

        Assert.Equal(["low 0", "low 1", "normal"], [await WordsAsync(bob), await WordsAsync(bob), await WordsAsync(bob)]);

        static void Low(Meta meta) => meta.Ext.Add(new KeyValue { Key = "chatroom_msg_tag", Type = KeyValue.Types.ValueType.Int, VarintValue = 2 });
    }

    [Fact]
    public async Task Whoever_is_in_hears_what_happens_to_the_room()
    {
        await using var alice = await _app.NewTalkAsync("alice");
        await using var bob = await _app.NewTalkAsync("bob");
        var room = await _app.NewRoomAsync(alice.User);
        await bob.JoinAsync(room);
        Assert.Equal(Operation.Presence, (await alice.EventAsync()).Operation);
        var token = await _app.UserTokenAsync(alice.User);

        async Task ByAliceAsync(string method, string path, object? body = null) =>
            (await _app.CallAsync(method, $"/chatrooms/{room}{path}?resource=webim_web_1", body, token)).Succeeded();

        await ByAliceAsync("PUT", "", new { groupname = "new name" });
        Assert.Equal(Operation.Update, (await bob.EventAsync()).Operation);
        await ByAliceAsync("POST", "/announcement", new { announcement = "news" });
        var announced = await bob.EventAsync();
        Assert.Equal((Operation.UpdateAnnouncement, "news"), (announced.Operation, announced.Reason));
        await ByAliceAsync("POST", "/admin", new { newadmin = bob.User });
        Assert.Equal((Operation.AddAdmin, bob.User), await OperationAsync(bob));
        await ByAliceAsync("DELETE", $"/admin/{bob.User}");
        Assert.Equal((Operation.RemoveAdmin, bob.User), await OperationAsync(bob));
        await ByAliceAsync("PUT", "", new { newowner = bob.User });
        var passed = await bob.EventAsync();
        Assert.Equal((Operation.AssignOwner, alice.User, bob.User), (passed.Operation, passed.From.Name, passed.To.Single().Name));
        Assert.True(alice.Socket.IsQuiet); // the device that did it knows
        (await _app.AdminAsync("DELETE", $"/chatrooms/{room}")).Succeeded();
        Assert.Equal(Operation.Destroy, (await bob.EventAsync()).Operation);
    }

    [Fact]
    public async Task Whoever_is_put_out_is_told_and_so_are_the_others()
    {
        await using var alice = await _app.NewTalkAsync("alice");
        await using var bob = await _app.NewTalkAsync("bob");
        var room = await _app.NewRoomAsync(alice.User);
        await bob.JoinAsync(room);
        Assert.Equal(Operation.Presence, (await alice.EventAsync()).Operation);

        (await _app.AdminAsync("DELETE", $"/chatrooms/{room}/users/{bob.User}")).Succeeded();

        var put = await bob.EventAsync();
        Assert.Equal((Operation.Kick, bob.User), (put.Operation, put.To.Single().Name));
        Assert.Equal(Operation.Absence, (await alice.EventAsync()).Operation);
        Assert.Equal((ErrorCode.Fail, "not in group or chatroom"), Refusal(await bob.SayInRoomAsync(room, "x")));
    }

    [Fact]
    public async Task A_client_without_a_connection_leaves_after_two_minutes()
    {
        await using var alice = await _app.NewTalkAsync("alice");
        var bob = await _app.NewTalkAsync("bob");
        var room = await _app.NewRoomAsync(alice.User);
        await bob.JoinAsync(room);
        Assert.Equal(Operation.Presence, (await alice.EventAsync()).Operation);

        await bob.DisposeAsync();
        await Eventually.TrueAsync(async () => !await _app.IsOnlineAsync(bob.User), "bob is offline");
        _app.Server.Clock.Advance(TimeSpan.FromSeconds(60));
        await alice.Socket.UnreadAsync(); // she is still there
        _app.Server.Clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal((Operation.Absence, bob.User), await OperationAsync(alice, ofSender: true));
    }

    [Fact]
    public async Task Nonsense_is_answered()
    {
        await using var bob = await _app.NewTalkAsync("bob");
        foreach (var payload in new[] { ByteString.Empty, ByteString.CopyFrom(0xff, 0xff, 0x01), new MUCBody { IsChatroom = true }.ToByteString() })
        {
            var meta = new Meta { Id = Talk.NextMetaId(), To = bob.Group("r"), Ns = Meta.Types.NameSpace.Muc, Payload = payload };
            await bob.Socket.SyncAsync(new CommSyncUL { Meta = meta });
            Assert.Equal((meta.Id, ErrorCode.WrongParameter), ((await bob.Socket.NextSyncAsync()) is var answer ? (answer.MetaId, answer.Status.ErrorCode) : default));
        }
    }

    private static async Task<MUCBody> JoinedAsync(Talk talk)
    {
        // That he came in is told to the others, and to him that somebody brought him.
        var told = await talk.EventAsync();
        return told.Operation == Operation.Presence ? await talk.EventAsync() : told;
    }

    private static async Task<(Operation Operation, string About)> OperationAsync(Talk talk, bool ofSender = false)
    {
        var told = await talk.EventAsync();
        return (told.Operation, ofSender ? told.From.Name : told.To.Single().Name);
    }

    private static async Task<string> WordsAsync(Talk talk) => (await talk.HearInRoomAsync()).Body.Contents[0].Text;

    private async Task<string[]> JoinedRoomsAsync(string user) =>
        [.. (await _app.AdminAsync("GET", $"/users/{user}/joined_chatrooms")).Succeeded().Data.EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];

    private static (ErrorCode Code, string Reason) Refusal(CommSyncDL answer) => (answer.Status.ErrorCode, answer.Status.Reason);
}
