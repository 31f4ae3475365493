using System.Globalization;
using System.Text.Json;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.Agora.Host;
using Dragoman.Dialects.Conformance.Agora.Messages;
using Xunit;

namespace Dragoman.Dialects.Conformance.Agora;

/// <summary>Section 12: the list of conversations on the server, its pins and marks, history, and what one takes out of his own sight.</summary>
public sealed class ConversationsTests(SharedAgoraServer server)
{
    private readonly AgoraAppClient _app = server.Demo;

    [Fact]
    public async Task The_list_has_the_last_message_and_how_many_are_unread()
    {
        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        foreach (var words in new[] { "one", "two", "three" }) await SaidAsync(alice, bob, words);
        var mine = await SaidAsync(bob, alice, "four");
        await SaidAsync(alice, bob, "five");

        var info = Assert.Single(await ListAsync(bob));

        Assert.Equal(
            ($"org#demo_{alice.User}@easemob.com", alice.User, "chat", false, 1),
            (Text(info, "channel_id"), Text(info, "session_to"), Text(info, "session_type"), info.GetProperty("is_top").GetBoolean(), info.GetProperty("unread_num").GetInt32()));
        var meta = info.GetProperty("meta");
        var payload = JsonDocument.Parse(Text(meta, "payload")).RootElement;
        Assert.Equal(
            ("chat", alice.User, bob.User, "txt", "five"),
            (Text(payload, "type"), Text(payload, "from"), Text(payload, "to"), Text(payload.GetProperty("bodies")[0], "type"), Text(payload.GetProperty("bodies")[0], "msg")));
        Assert.True(ulong.Parse(Text(meta, "id"), CultureInfo.InvariantCulture) > mine);
        Assert.Equal(0, Assert.Single(await ListAsync(alice)).GetProperty("unread_num").GetInt32()); // who speaks has read

        await bob.SayAsync(bob.Person(alice.User), new MessageBody { Type = MessageBody.Types.Type.ChannelAck });
        Assert.Equal(0, Assert.Single(await ListAsync(bob)).GetProperty("unread_num").GetInt32());
    }

    [Fact]
    public async Task Pages_follow_each_other_newest_first_with_pinned_ones_on_top()
    {
        await using var alice = await NewAsync("alice");
        var peers = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            peers.Add(await _app.NewUserAsync("peer"));
            await alice.SayAsync(alice.Person(peers[i]), Talk.Text($"{i}"));
        }

        var token = await _app.UserTokenAsync(alice.User);
        var top = $"/sdk/user/{alice.User}/user_channel/top";
        var pinned = (await _app.CallAsync("POST", $"{top}?resource=webim_web_1", new { type = "chat", to = peers[1] }, token)).Succeeded().Data;
        Assert.True(pinned.GetProperty("is_top").GetBoolean() && pinned.GetProperty("update_top_status_time").GetInt64() > 0);

        var (first, cursor) = await PageAsync(alice, "limit=2&cursor=&need_mark=true");
        var (second, next) = await PageAsync(alice, $"limit=2&cursor={cursor}");
        var (third, end) = await PageAsync(alice, $"limit=2&cursor={next}");
        Assert.Equal([peers[1], peers[4], peers[3], peers[2], peers[0]], first.Concat(second).Concat(third).Select(c => Text(c, "session_to")));
        Assert.Equal((true, ""), (first[0].GetProperty("is_top").GetBoolean(), end));

        Assert.Equal([peers[1]], (await PageAsync(alice, "is_top=true")).Infos.Select(c => Text(c, "session_to")));
        (await _app.CallAsync("DELETE", $"{top}?type=chat&to={peers[1]}", token: token)).Succeeded();
        Assert.Empty((await PageAsync(alice, "is_top=true")).Infos);

        var old = (await _app.CallAsync("GET", $"/users/{alice.User}/user_channels", token: token)).Succeeded().Data.GetProperty("channel_infos");
        Assert.Equal(5, old.GetArrayLength());
        var page = (await _app.CallAsync("GET", $"/users/{alice.User}/user_channels/page?pageNum=2&pageSize=2", token: token)).Succeeded().Data.GetProperty("channel_infos");
        Assert.Equal([peers[2], peers[1]], page.EnumerateArray().Select(c => Text(c, "session_to")));
    }

    [Fact]
    public async Task Fifty_may_be_pinned_and_only_what_is_there()
    {
        await using var alice = await NewAsync("alice");
        var token = await _app.UserTokenAsync(alice.User);
        var top = $"/sdk/user/{alice.User}/user_channel/top?resource=webim_web_1";
        (await _app.CallAsync("POST", top, new { type = "chat", to = "nobody-ever" }, token)).Failed(404, "resource_not_found");
        (await _app.CallAsync("POST", top, new { type = "other", to = "x" }, token)).Failed(400, "invalid_parameter");
        for (var i = 0; i < 51; i++)
        {
            var peer = await _app.NewUserAsync("peer");
            await alice.SayAsync(alice.Person(peer), Talk.Text("hello"));
            var reply = await _app.CallAsync("POST", top, new { type = "chat", to = peer }, token);
            if (i < 50) reply.Succeeded();
            else Assert.Equal(91002, reply.Failed(403, "exceed_limit").Root.GetProperty("error_code").GetInt32());
        }
    }

    [Fact]
    public async Task Marks_are_found_again()
    {
        await using var alice = await NewAsync("alice");
        var peer = await _app.NewUserAsync("peer");
        await alice.SayAsync(alice.Person(peer), Talk.Text("hello"));
        var token = await _app.UserTokenAsync(alice.User);
        var path = $"/sdk/user/{alice.User}/user_channels/mark";

        foreach (var mark in new[] { "mark_0", "mark_19" })
        {
            var reply = (await _app.CallAsync("POST", path, new { mark, targets = new[] { new { to = peer, type = "chat" }, new { to = "stranger-x", type = "chat" } } }, token)).Succeeded();
            Assert.Equal("stranger-x", Text(Assert.Single(reply.Data.GetProperty("ignore").EnumerateArray()), "to"));
        }

        (await _app.CallAsync("DELETE", path, new { mark = "mark_0", targets = new[] { new { to = peer, type = "chat" } } }, token)).Succeeded();

        var found = (await _app.CallAsync("GET", $"{path}/search?mark=mark_19&limit=10&cursor=", token: token)).Succeeded().Data.GetProperty("channel_infos");
        Assert.Equal(["mark_19"], Assert.Single(found.EnumerateArray()).GetProperty("marks").EnumerateArray().Select(m => m.GetString()));
        Assert.Empty((await _app.CallAsync("GET", $"{path}/search?mark=mark_0", token: token)).Succeeded().Data.GetProperty("channel_infos").EnumerateArray());
        (await _app.CallAsync("POST", path, new { targets = Array.Empty<object>() }, token)).Failed(400, "invalid_parameter", "param mark must be not empty, please check!");
        (await _app.CallAsync("POST", path, new { mark = "mark_20", targets = Array.Empty<object>() }, token)).Failed(400, "invalid_parameter", "param mark illegal, please check it!");
        (await _app.CallAsync("GET", $"{path}/search", token: token)).Failed(400, "invalid_parameter", "param mark must be not empty, please check!");
        (await _app.CallAsync("POST", path, new { mark = "mark_1", targets = Enumerable.Repeat(new { to = peer, type = "chat" }, 21) }, token))
            .Failed(400, "invalid_parameter", "The quantity has exceeded the limit!");
    }

    [Fact]
    public async Task History_goes_both_ways_and_is_filtered()
    {
        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        for (var i = 0; i < 5; i++) await SaidAsync(alice, bob, $"{i}");
        await bob.SayAsync(bob.Person(alice.User), new MessageBody
        {
            Type = MessageBody.Types.Type.Chat,
            Contents = { new MessageBody.Types.Content { Type = MessageBody.Types.Content.Types.Type.Location, Latitude = 1, Longitude = 2, Address = "x" } },
        });
        await alice.HearAsync();
        var gone = await alice.SayAsync(alice.Person(bob.User), Talk.Text("gone"));
        await alice.SayAsync(alice.Person(bob.User), Talk.About(MessageBody.Types.Type.Recall, gone));

        var (newest, key, isLast) = await HistoryAsync(bob, alice.User, new { start = -1, pull_number = 4 });
        Assert.Equal(["x", "4", "3", "2"], newest.Select(WordsOf));
        Assert.False(isLast);
        var (rest, _, isEnd) = await HistoryAsync(bob, alice.User, new { start = key, pull_number = 4 });
        Assert.Equal(["1", "0"], rest.Select(WordsOf));
        Assert.True(isEnd);

        Assert.Equal(["0", "1", "2", "3", "4", "x"], (await HistoryAsync(bob, alice.User, new { start = -1, is_positive = true })).Messages.Select(WordsOf));
        Assert.Equal(["x"], (await HistoryAsync(bob, alice.User, new { start = -1, msgType = "img,loc" })).Messages.Select(WordsOf));
        Assert.Equal(["x"], (await HistoryAsync(bob, alice.User, new { start = -1, userId = bob.User })).Messages.Select(WordsOf));
        Assert.Empty((await HistoryAsync(bob, alice.User, new { start = -1, startTime = long.MaxValue / 2 })).Messages);
        Assert.Empty((await HistoryAsync(bob, "nobody-at-all", new { start = -1 })).Messages);
        var token = await _app.UserTokenAsync(bob.User);
        (await _app.CallAsync("POST", $"/users/{bob.User}/messageroaming", new { queue = "x" }, token)).Failed(400, "invalid_parameter");
        (await _app.CallAsync("POST", $"/users/{alice.User}/messageroaming", new { queue = $"{bob.User}@easemob.com" }, token)).Failed(401, "unauthorized");
    }

    [Fact]
    public async Task What_somebody_takes_out_of_his_sight_the_other_still_sees()
    {
        await using var alice = await NewAsync("alice");
        await using var bob = await NewAsync("bob");
        var ids = new List<ulong>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add(await alice.SayAsync(alice.Person(bob.User), Talk.Text($"{i}")));
            server.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var token = await _app.UserTokenAsync(bob.User);
        (await _app.CallAsync("DELETE", $"/sdk/message/roaming/chat/user/{bob.User}?userId={alice.User}&msgIdList={ids[3]},{ids[1]},77&resource=x", token: token)).Succeeded();
        Assert.Equal(["2", "0"], (await HistoryAsync(bob, alice.User, new { start = -1 })).Messages.Select(WordsOf));
        var third = (await HistoryAsync(bob, alice.User, new { start = -1 })).Messages[0].Timestamp;
        (await _app.CallAsync("DELETE", $"/sdk/message/roaming/chat/user/{bob.User}/time?userId={alice.User}&delTime={third}&&resource=x", token: token)).Succeeded();
        Assert.Equal(["2"], (await HistoryAsync(bob, alice.User, new { start = -1 })).Messages.Select(WordsOf));

        (await _app.CallAsync("DELETE", $"/user/{bob.User}/user_channel?resource=x", new { channel = alice.User, type = "chat", delete_roam = false }, token)).Succeeded();
        Assert.Empty(await ListAsync(bob));
        Assert.Equal(["2"], (await HistoryAsync(bob, alice.User, new { start = -1 })).Messages.Select(WordsOf));
        await alice.SayAsync(alice.Person(bob.User), Talk.Text("again"));
        Assert.Single(await ListAsync(bob));

        (await _app.CallAsync("POST", $"/sdk/message/roaming/user/{bob.User}/delete/all?resource=x", token: token)).Succeeded();
        Assert.Empty(await ListAsync(bob));
        Assert.Empty((await HistoryAsync(bob, alice.User, new { start = -1 })).Messages);
        Assert.Equal(5, (await HistoryAsync(alice, bob.User, new { start = -1 })).Messages.Count);
        (await _app.CallAsync("DELETE", $"/sdk/message/roaming/chat/user/{bob.User}?userId={alice.User}&msgIdList=", token: token)).Failed(400, "invalid_parameter");
        (await _app.CallAsync("DELETE", $"/sdk/message/roaming/other/user/{bob.User}?userId={alice.User}&msgIdList=1", token: token)).Failed(400, "invalid_parameter");
        (await _app.CallAsync("DELETE", $"/sdk/message/roaming/chat/user/{bob.User}/time?userId={alice.User}&delTime=x", token: token)).Failed(400, "invalid_parameter");
        (await _app.CallAsync("DELETE", $"/user/{bob.User}/user_channel", new { channel = alice.User, type = "x" }, token)).Failed(400, "invalid_parameter");
    }

    [Fact]
    public async Task The_other_devices_are_told_and_the_one_that_did_it_is_not()
    {
        var user = await _app.NewUserAsync("alice");
        await using var desk = await Talk.BeginAsync(_app, user, "webim_desk");
        var peer = await _app.NewUserAsync("peer");
        await desk.SayAsync(desk.Person(peer), Talk.Text("hello"));
        await using var phone = await Talk.BeginAsync(_app, user, "webim_phone");
        var token = await _app.UserTokenAsync(user);

        (await _app.CallAsync("POST", $"/sdk/user/{user}/user_channel/top?resource=webim_desk", new { type = "chat", to = peer }, token)).Succeeded();
        (await _app.CallAsync("POST", $"/sdk/user/{user}/user_channels/mark?resource=webim_desk", new { mark = "mark_3", targets = new[] { new { to = peer, type = "chat" } } }, token)).Succeeded();
        (await _app.CallAsync("DELETE", $"/user/{user}/user_channel?resource=webim_desk", new { channel = peer, type = "chat", delete_roam = true }, token)).Succeeded();

        Assert.Equal(("conv", "top", peer, ""), await EventAsync(phone));
        Assert.Equal(("conv", "mark", peer, "mark_3"), await EventAsync(phone));
        Assert.Equal("roaming_delete", (await EventAsync(phone)).Type);
        Assert.Equal(("conv", "del", peer, ""), await EventAsync(phone));
        await desk.SayAsync(desk.Person(peer), Talk.Text("nothing came before this answer"));
    }

    private static async Task<(string Type, string? Op, string? Id, string? Ext)> EventAsync(Talk talk)
    {
        var pushed = await talk.Socket.NextSyncAsync();
        Assert.True(pushed.IsLast);
        var meta = Assert.Single(pushed.Metas);
        Assert.Equal(Meta.Types.NameSpace.Notify, meta.Ns);
        var payload = JsonDocument.Parse(meta.Payload.ToStringUtf8()).RootElement;
        var data = payload.GetProperty("data");
        return (Text(payload, "type"), Maybe("op"), Maybe("id"), Maybe("ext"));

        string? Maybe(string name) => data.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    /// <summary>Said and heard: nothing is on its way any more.</summary>
    private static async Task<ulong> SaidAsync(Talk from, Talk to, string words)
    {
        var id = await from.SayAsync(from.Person(to.User), Talk.Text(words));
        await to.HearAsync();
        return id;
    }

    private async Task<Talk> NewAsync(string stem) => await Talk.BeginAsync(_app, await _app.NewUserAsync(stem));

    private async Task<JsonElement[]> ListAsync(Talk who) => (await PageAsync(who, "limit=20&need_mark=true&needEmptySession=false")).Infos;

    private async Task<(JsonElement[] Infos, string Cursor)> PageAsync(Talk who, string query)
    {
        var reply = (await _app.CallAsync("GET", $"/sdk/user/{who.User}/user_channels/list?{query}", token: await _app.UserTokenAsync(who.User))).Succeeded();
        return ([.. reply.Data.GetProperty("channel_infos").EnumerateArray()], Text(reply.Data, "cursor"));
    }

    private async Task<(List<Meta> Messages, string Next, bool IsLast)> HistoryAsync(Talk who, string peer, object query)
    {
        var body = JsonSerializer.SerializeToNode(query)!.AsObject();
        body["queue"] = $"{peer}@easemob.com";
        var data = (await _app.CallAsync("POST", $"/users/{who.User}/messageroaming", body, await _app.UserTokenAsync(who.User))).Succeeded().Data;
        var messages = data.GetProperty("msgs").EnumerateArray().Select(m => Meta.Parser.ParseFrom(m.GetProperty("msg").GetBytesFromBase64())).ToList();
        return (messages, Text(data, "next_key"), data.GetProperty("is_last").GetBoolean());
    }

    private static string WordsOf(Meta meta) => MessageBody.Parser.ParseFrom(meta.Payload).Contents[0] is var part && part.HasText ? part.Text : part.Address;

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
