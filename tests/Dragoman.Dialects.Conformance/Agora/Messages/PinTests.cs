using System.Text.Json;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.Agora.Groups;
using Dragoman.Dialects.Conformance.Agora.Host;
using Dragoman.Dialects.Conformance.Agora.Rooms;
using Xunit;

namespace Dragoman.Dialects.Conformance.Agora.Messages;

/// <summary>Pinned messages: section 5 of the REST side, 9.5 of the clients'.</summary>
public sealed class PinTests(PinTests.Server server) : IClassFixture<PinTests.Server>
{
    public sealed class Server : AgoraServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings =>
        [
            ("demo", """{"rateLimit":{"calls":0}}"""),
            ("closed", """{"rateLimit":{"calls":0},"features":{"pinnedMessages":false},"limits":{"pinnedMessages":2}}"""),
        ];
    }

    private readonly AgoraAppClient _app = server.Demo;

    [Fact]
    public async Task All_but_the_acting_device_are_told()
    {
        await using var alice = await Person.NewAsync(_app);
        await using var phone = await Talk.BeginAsync(_app, alice.User, "webim_phone");
        await using var bob = await _app.NewTalkAsync("bob");
        var said = await alice.Talk.SayAsync(bob.Person(bob.User), Talk.Text("hello"));
        await bob.HearAsync();
        await phone.HearAsync();

        (await PinAsync(alice, "POST", bob.User, "chat", said)).Succeeded();
        AssertTold(await bob.HearMetaAsync(), "pin", alice.User, alice.User, "chat", said);
        AssertTold(await phone.HearMetaAsync(), "pin", bob.User, alice.User, "chat", said);

        (await PinAsync(alice, "DELETE", bob.User, "chat", said)).Succeeded();
        AssertTold(await bob.HearMetaAsync(), "pin_delete", alice.User, alice.User, "chat", said);
        await bob.SayAsync(bob.Person(alice.User), Talk.Text("next"));
        Assert.Equal("next", (await alice.Talk.HearAsync()).Body.Contents[0].Text); // the device that did it hears nothing
    }

    [Fact]
    public async Task They_are_listed_page_by_page()
    {
        await using var alice = await Person.NewAsync(_app);
        var bob = await _app.NewUserAsync("bob");
        var said = new List<ulong>();
        for (var i = 0; i < 3; i++)
        {
            said.Add(await alice.Talk.SayAsync(alice.Talk.Person(bob), Talk.Text($"{i}")));
            (await PinAsync(alice, "POST", bob, "chat", said[i])).Succeeded();
        }

        var first = (await alice.CallAsync("GET", $"/sdk/user/{alice.User}/user_channel/pin?to={bob}&type=chat&limit=2&cursor=")).Succeeded().Data;
        var rest = (await alice.CallAsync("GET", $"/sdk/user/{alice.User}/user_channel/pin?to={bob}&type=chat&limit=2&cursor={first.Text("cursor")}")).Succeeded().Data;
        Assert.Equal("", rest.Text("cursor"));
        var infos = first.GetProperty("msg_infos").EnumerateArray().Concat(rest.GetProperty("msg_infos").EnumerateArray()).ToArray();
        Assert.Equal(said.Select(id => $"{id}").Order(), infos.Select(info => info.GetProperty("message").Text("id")!).Order());
        Assert.All(infos, info => Assert.Equal((alice.User, true), (info.Text("pin_operator"), info.GetProperty("pin_opt_at").GetInt64() > 0)));
        var payload = JsonDocument.Parse(infos[0].GetProperty("message").Text("payload")!).RootElement;
        Assert.Equal(("chat", "txt"), (payload.Text("type"), payload.GetProperty("bodies")[0].Text("type")));

        var stranger = (await alice.CallAsync("GET", $"/sdk/user/{alice.User}/user_channel/pin?to=nobody&type=chat")).Succeeded().Data;
        Assert.Equal((0, ""), (stranger.GetProperty("msg_infos").GetArrayLength(), stranger.Text("cursor")));
    }

    [Fact]
    public async Task A_group_and_a_room_have_their_own()
    {
        await using var alice = await Person.NewAsync(_app);
        var group = await alice.FoundAsync();
        var room = await _app.NewRoomAsync(alice.User);
        await alice.Talk.JoinAsync(room);
        await using var bob = await _app.NewTalkAsync("bob");
        await bob.JoinAsync(room);
        var inRoom = (await bob.SayInRoomAsync(room, "in the room")).ServerId;

        (await PinAsync(alice, "POST", room, "chatroom", inRoom)).Succeeded();
        while (true)
        {
            var meta = (await bob.Socket.NextSyncAsync()).Metas[0];
            if (meta.Ns != Meta.Types.NameSpace.Notify) continue;
            AssertTold(meta, "pin", room, alice.User, "chatroom", inRoom);
            break;
        }

        var list = (await alice.CallAsync("GET", $"/sdk/user/{alice.User}/user_channel/pin?to={room}&type=chatroom")).Succeeded().Data.GetProperty("msg_infos");
        Assert.Equal("chatroom", JsonDocument.Parse(list[0].GetProperty("message").Text("payload")!).RootElement.Text("type"));
        (await PinAsync(alice, "POST", group, "groupchat", inRoom)).Failed(403, "forbidden_op");
        Assert.Equal(0, (await alice.CallAsync("GET", $"/sdk/user/{alice.User}/user_channel/pin?to={group}&type=groupchat")).Succeeded().Data.GetProperty("msg_infos").GetArrayLength());
    }

    [Fact]
    public async Task Every_refusal_has_the_number_that_clients_read()
    {
        await using var alice = await Person.NewAsync(_app);
        await using var carol = await Person.NewAsync(_app, "carol");
        var bob = await _app.NewUserAsync("bob");
        var said = await alice.Talk.SayAsync(alice.Talk.Person(bob), Talk.Text("hello"));
        var group = await alice.FoundAsync();

        (await PinAsync(alice, "POST", bob, "chat", "abc")).Failed(400, "illegal_argument", "param pin_msg_id illegal, please check it!");
        (await PinAsync(alice, "POST", bob, "other", said)).Failed(400, "invalid_parameter");
        Numbered(await PinAsync(alice, "POST", bob, "chat", 77), 403, 91102);
        Numbered(await PinAsync(carol, "POST", bob, "chat", said), 403, 91102);
        (await PinAsync(alice, "DELETE", bob, "chat", said)).Failed(404, "resource_not_found", "user session pin message not exist");
        Numbered(await carol.CallAsync("GET", $"/sdk/user/{carol.User}/user_channel/pin?to={group}&type=groupchat"), 400, 91104);
        Numbered(await alice.CallAsync("GET", $"/sdk/user/{alice.User}/user_channel/pin?to=none&type=groupchat"), 404, 91001);
        (await alice.CallAsync("GET", $"/sdk/user/{alice.User}/user_channel/pin?to={bob}&type=chat&cursor=%21%21")).Failed(400, "illegal_argument");
        (await alice.CallAsync("GET", $"/sdk/user/{alice.User}/user_channel/pin?type=chat")).Failed(400, "invalid_parameter");

        for (var i = 0; i < 20; i++) (await PinAsync(alice, "POST", bob, "chat", await alice.Talk.SayAsync(alice.Talk.Person(bob), Talk.Text($"{i}")))).Succeeded();
        Numbered(await PinAsync(alice, "POST", bob, "chat", said), 403, 91101);

        var closed = server.App("closed");
        (await closed.AdminAsync("POST", $"/sdk/user/{await closed.NewUserAsync()}/user_channel/pin", new { to = "x", type = "chat", pin_msg_id = "1" })).Failed(403, "forbidden_op", "pin message service not open!");
    }

    private static Task<RestReply> PinAsync(Person person, string method, string to, string type, object message) =>
        person.CallAsync(method, $"/sdk/user/{person.User}/user_channel/pin", new { to, type, pin_msg_id = $"{message}" });

    private static void Numbered(RestReply reply, int status, int number) =>
        Assert.Equal((status, number), ((int)reply.Status, reply.Root.GetProperty("error_code").GetInt32()));

    private static void AssertTold(Meta meta, string op, string id, string from, string type, ulong message)
    {
        var news = JsonDocument.Parse(meta.Payload.ToStringUtf8()).RootElement;
        var data = news.GetProperty("data");
        Assert.Equal(
            ("conv", op, id, from, type, $"{message}"),
            (news.Text("type"), data.Text("op"), data.Text("id"), data.Text("from"), data.Text("type"), data.Text("ext")));
    }
}
