using System.Text.Json;
using Dragoman.Dialects.Agora.Protos;
using Dragoman.Dialects.Conformance.Agora.Groups;
using Dragoman.Dialects.Conformance.Agora.Host;
using Dragoman.Dialects.Conformance.Agora.Messages;
using Xunit;
using ErrorCode = Dragoman.Dialects.Agora.Protos.Status.Types.ErrorCode;
using Operation = Dragoman.Dialects.Agora.Protos.MUCBody.Types.Operation;
using Type = Dragoman.Dialects.Agora.Protos.MessageBody.Types.Type;

namespace Dragoman.Dialects.Conformance.Agora.Threads;

/// <summary>Sections 8.1, 9.1, 9.3 and 9.5: what is said in threads, and what a group hears of them.</summary>
public sealed class ThreadEventTests(SharedAgoraServer server)
{
    private readonly AgoraAppClient _app = server.Demo;

    [Fact]
    public async Task What_is_said_in_a_thread_reaches_who_has_joined_and_names_the_thread()
    {
        await using var stage = await StageAsync();
        var (alice, bob, group, thread) = (stage.Alice, stage.Bob, stage.Group, stage.Thread);
        (await bob.CallAsync("POST", $"/thread/{thread}/user/{bob.User}/join")).Succeeded();

        var id = await alice.SayInAsync(thread, "hello");

        var (meta, body) = await bob.HearAsync(thread);
        Assert.Equal((id, "conference.easemob.com", alice.User, thread, "hello"), (meta.Id, meta.To.Domain, body.From.Name, body.To.Name, body.Contents[0].Text));
        var said = JsonDocument.Parse(body.Meta).RootElement.GetProperty("thread");
        Assert.Equal((stage.RootId, group, "thread"), (said.Text("msg_parent_id"), said.Text("muc_parent_id"), said.Text("thread_name")));
        var history = Assert.Single(await bob.HistoryAsync(thread));
        Assert.Equal((body.Meta, "hello"), (history.Meta, history.Contents[0].Text));
        Assert.Empty(await stage.Carol.HistoryAsync(thread));
        Assert.True(await stage.Carol.HasNotHeardAsync(meta => meta.Ns == Meta.Types.NameSpace.Chat && meta.To.Name == thread));
    }

    [Fact]
    public async Task What_else_the_sender_says_beside_a_message_stays()
    {
        await using var stage = await StageAsync();
        var body = ThreadPerson.TextIn("hello");
        body.Meta = """{"thread":{"thread_name":"forged"},"translations":[{"code":"de","text":"hallo"}]}""";

        await stage.Alice.AcceptedAsync(stage.Thread, body);

        var meta = JsonDocument.Parse(Assert.Single(await stage.Alice.HistoryAsync(stage.Thread)).Meta).RootElement;
        Assert.Equal(("thread", "hallo"), (meta.GetProperty("thread").Text("thread_name"), meta.GetProperty("translations")[0].Text("text")));
    }

    [Fact]
    public async Task Who_speaks_has_joined_and_what_is_said_meanwhile_waits()
    {
        await using var stage = await StageAsync();
        var (alice, thread) = (stage.Alice, stage.Thread);
        await stage.Bob.SayInAsync(thread, "me too");
        await stage.Bob.DisposeAsync();
        await alice.SayInAsync(thread, "one");
        await alice.SayInAsync(thread, "two");

        await using var bob = await ThreadPerson.BeginAsync(_app, stage.Bob.User);

        Assert.Contains(thread, bob.Waiting);
        await bob.PullAsync(thread);
        Assert.Equal(["one", "two"], [(await bob.HearAsync(thread)).Body.Contents[0].Text, (await bob.HearAsync(thread)).Body.Contents[0].Text]);
        await using var again = await ThreadPerson.BeginAsync(_app, stage.Bob.User);
        Assert.DoesNotContain(thread, again.Waiting);
    }

    [Fact]
    public async Task A_thread_is_a_conversation_as_a_group_is()
    {
        await using var stage = await StageAsync();
        var (alice, bob, thread) = (stage.Alice, stage.Bob, stage.Thread);
        (await bob.CallAsync("POST", $"/thread/{thread}/user/{bob.User}/join")).Succeeded();
        await alice.SayInAsync(thread, "one");
        var last = await alice.SayInAsync(thread, "two");

        var listed = await ListedAsync(bob, thread);
        Assert.Equal(("groupchat", 2, ThreadPerson.IdOf(last)), (listed!.Value.Text("session_type"), listed.Value.GetProperty("unread_num").GetInt32(), listed.Value.GetProperty("meta").Text("id")));
        (await bob.CallAsync("POST", $"/sdk/user/{bob.User}/user_channel/top", new { type = "groupChat", to = thread })).Succeeded();
        Assert.True((await ListedAsync(bob, thread))!.Value.Flag("is_top"));
        await bob.AcceptedAsync(thread, new MessageBody { Type = Type.ChannelAck });
        Assert.Equal(0, (await ListedAsync(bob, thread))!.Value.GetProperty("unread_num").GetInt32());
        (await bob.CallAsync("DELETE", $"/sdk/message/roaming/group/user/{bob.User}?groupId={thread}&msgIdList={last}")).Succeeded();
        Assert.Equal("one", Assert.Single(await bob.HistoryAsync(thread)).Contents[0].Text);
        (await bob.CallAsync("DELETE", $"/user/{bob.User}/user_channel", new { channel = thread, type = "groupChat", delete_roam = true })).Succeeded();
        Assert.Null(await ListedAsync(bob, thread));
        Assert.Empty(await bob.HistoryAsync(thread));
        Assert.Null(await ListedAsync(stage.Carol, thread));
    }

    [Fact]
    public async Task What_is_taken_back_in_a_thread_its_members_hear_and_the_group_hears_what_is_left()
    {
        await using var stage = await StageAsync();
        var (alice, bob, carol, thread) = (stage.Alice, stage.Bob, stage.Carol, stage.Thread);
        (await bob.CallAsync("POST", $"/thread/{thread}/user/{bob.User}/join")).Succeeded();
        var id = await alice.SayInAsync(thread, "hello");
        var moved = await carol.NotifiedAsync("update_msg");
        Assert.Equal((1, ThreadPerson.IdOf(id)), (moved.GetProperty("message_count").GetInt32(), moved.GetProperty("last_message").Text("id")));
        Assert.Equal("hello", moved.GetProperty("last_message").GetProperty("payload").GetProperty("bodies")[0].Text("msg"));

        var refused = await carol.SendAsync(thread, Talk.About(Type.Recall, id));
        Assert.Equal((ErrorCode.Fail, "Sorry, You do not have permission"), (refused.Status.ErrorCode, refused.Status.Reason));
        await alice.AcceptedAsync(thread, Talk.About(Type.Recall, id));

        var (meta, recall) = await bob.HearAsync(thread, Type.Recall);
        Assert.Equal((id, thread, alice.User), (recall.AckMessageId, meta.To.Name, recall.From.Name));
        moved = await carol.NotifiedAsync("update_msg");
        Assert.Equal(0, moved.GetProperty("message_count").GetInt32());
        Assert.Empty(moved.GetProperty("last_message").Names());
    }

    [Fact]
    public async Task The_group_hears_of_its_threads_and_the_own_devices_hear_it_otherwise()
    {
        await using var stage = await StageAsync();
        var (alice, bob, group, thread) = (stage.Alice, stage.Bob, stage.Group, stage.Thread);
        await using var tablet = await ThreadPerson.BeginAsync(_app, alice.User, "tablet");
        var created = await bob.NotifiedAsync("create");
        Assert.Equal(
            (thread, "thread", group, stage.RootId, alice.User),
            (created.Text("id"), created.Text("name"), created.Text("muc_parent_id"), created.Text("msg_parent_id"), created.Text("from")));
        Assert.False(created.TryGetProperty("last_message", out _));

        (await alice.CallAsync("PUT", $"/thread/{thread}", new { name = "renamed" })).Succeeded();
        Assert.Equal("renamed", (await bob.NotifiedAsync("update")).Text("name"));
        Own(await tablet.MucAsync(Operation.ThreadUpdate), "renamed");
        var second = await alice.BeginAsync(group, await alice.SayAsync(group, "other"));
        Assert.Equal(second, (await tablet.MucAsync(Operation.ThreadCreate)).MucId.Name);
        (await alice.CallAsync("DELETE", $"/thread/{thread}/user/{alice.User}/quit")).Succeeded();
        Own(await tablet.MucAsync(Operation.ThreadLeave), "renamed");
        (await alice.CallAsync("POST", $"/thread/{thread}/user/{alice.User}/join")).Succeeded();
        Own(await tablet.MucAsync(Operation.ThreadJoin), "renamed");
        (await alice.CallAsync("DELETE", $"/thread/{thread}")).Succeeded();
        Own(await tablet.MucAsync(Operation.ThreadDestroy), "renamed");
        Assert.Equal(thread, (await bob.NotifiedAsync("delete")).Text("id"));
        Assert.True(await alice.HasNotHeardAsync(meta => meta.Ns is Meta.Types.NameSpace.Notify || (meta.Ns == Meta.Types.NameSpace.Muc && MUCBody.Parser.ParseFrom(meta.Payload).IsThread)));

        void Own(MUCBody told, string name) => Assert.Equal(
            (true, false, thread, group, name, alice.User), (told.IsThread, told.IsChatroom, told.MucId.Name, told.MucParentId.Name, told.MucName, told.From.Name));
    }

    [Fact]
    public async Task Who_is_put_out_hears_of_it_when_he_comes_back()
    {
        await using var stage = await StageAsync();
        var (alice, group, thread) = (stage.Alice, stage.Group, stage.Thread);
        var bob = stage.Bob.User;
        (await _app.AdminAsync("POST", $"/thread/{thread}/users", new { usernames = new[] { bob } })).Succeeded();
        Assert.Equal(thread, (await stage.Bob.MucAsync(Operation.ThreadJoin)).MucId.Name);
        await stage.Bob.DisposeAsync();

        (await alice.CallAsync("DELETE", $"/thread/{thread}/users/{bob}")).Succeeded();

        await using var back = await ThreadPerson.BeginAsync(_app, bob);
        await back.PullInboxAsync();
        var told = await back.MucAsync(Operation.ThreadKick);
        Assert.Equal((true, thread, group, alice.User, bob), (told.IsThread, told.MucId.Name, told.MucParentId.Name, told.From.Name, Assert.Single(told.To).Name));
    }

    [Fact]
    public async Task The_message_above_shows_the_thread_in_history_and_to_who_comes_later()
    {
        await using var stage = await StageAsync();
        var (alice, group, thread) = (stage.Alice, stage.Group, stage.Thread);
        await stage.Bob.DisposeAsync();
        await alice.SayAsync(group, "nothing is under it");
        var root = await alice.SayAsync(group, "later");
        var later = await alice.BeginAsync(group, root, "under later");
        var last = await alice.SayInAsync(later, "inside");
        await alice.SayInAsync(thread, "x");

        var history = await stage.Carol.HistoryAsync(group);
        Assert.Equal(["later", "nothing is under it", "root"], history.Select(body => body.Contents[0].Text));
        Assert.False(history[1].HasMeta);
        var overview = OverviewOf(history[0]);
        Assert.Equal((later, group, "under later", 1), (overview.Text("id"), overview.Text("muc_parent_id"), overview.Text("name"), overview.GetProperty("message_count").GetInt32()));
        Assert.Equal((ThreadPerson.IdOf(last), "inside"), (overview.GetProperty("last_message").Text("id"), overview.GetProperty("last_message").GetProperty("payload").GetProperty("bodies")[0].Text("msg")));
        Assert.True(overview.GetProperty("update_timestamp").GetInt64() >= overview.GetProperty("create_timestamp").GetInt64());
        Assert.Equal(thread, OverviewOf(history[2]).Text("id"));

        await using var bob = await ThreadPerson.BeginAsync(_app, stage.Bob.User);
        await bob.PullAsync(group);
        Assert.Equal(thread, OverviewOf((await bob.HearAsync(group)).Body).Text("id"));
        Assert.False((await bob.HearAsync(group)).Body.HasMeta);
        Assert.Equal(later, OverviewOf((await bob.HearAsync(group)).Body).Text("id"));
    }

    [Fact]
    public async Task The_rules_of_the_group_hold_in_its_threads()
    {
        await using var stage = await StageAsync();
        var (alice, bob, group, thread) = (stage.Alice, stage.Bob, stage.Group, stage.Thread);
        await using var dave = await ThreadPerson.NewAsync(_app, "dave");
        await RefusedAsync(dave, thread, ErrorCode.Fail, "not in group or chatroom");
        await RefusedAsync(bob, "4711", ErrorCode.Fail, "group not found");
        await RefusedAsync(bob, group, ErrorCode.Fail, "group not found"); // a group is no thread
        (await alice.CallAsync("POST", $"/chatgroups/{group}/mute", new { usernames = new[] { bob.User }, mute_duration = 60_000 })).Succeeded();
        await RefusedAsync(bob, thread, ErrorCode.UserMuted, "user is muted");
        (await alice.CallAsync("POST", $"/chatgroups/{group}/ban")).Succeeded();
        await RefusedAsync(stage.Carol, thread, ErrorCode.Fail, "not in group or chatroom white list");
        await alice.SayInAsync(thread, "the owner speaks");
        (await _app.AdminAsync("POST", $"/chatgroups/{group}/disable")).Succeeded();
        await RefusedAsync(alice, thread, ErrorCode.Fail, "group is disabled");
        (await alice.CallAsync("GET", $"/thread/{thread}")).Failed(403, "forbidden_op", "can not operate this group, reason: group is disabled");
    }

    [Fact]
    public async Task Who_leaves_the_group_leaves_its_threads_and_an_ended_group_has_none()
    {
        await using var stage = await StageAsync();
        var (alice, bob, group, thread) = (stage.Alice, stage.Bob, stage.Group, stage.Thread);
        await bob.SayInAsync(thread, "hello");
        (await bob.CallAsync("DELETE", $"/chatgroups/{group}/quit")).Succeeded();
        Assert.Equal([alice.User], (await alice.CallAsync("GET", $"/thread/{thread}/users")).Succeeded().Data.GetProperty("affiliations").Texts());
        await RefusedAsync(bob, thread, ErrorCode.Fail, "not in group or chatroom");

        (await alice.CallAsync("DELETE", $"/chatgroups/{group}?version=v3")).Succeeded();

        (await alice.CallAsync("GET", $"/thread/{thread}")).Failed(404, "group_error", "thread not found.");
        await RefusedAsync(alice, thread, ErrorCode.Fail, "group not found");
    }

    private static async Task RefusedAsync(ThreadPerson person, string thread, ErrorCode code, string reason)
    {
        var answer = await person.SendAsync(thread, ThreadPerson.TextIn("hello"));
        Assert.Equal((code, reason), (answer.Status.ErrorCode, answer.Status.Reason));
    }

    private static JsonElement OverviewOf(MessageBody body) => JsonDocument.Parse(body.Meta).RootElement.GetProperty("thread_overview");

    private static async Task<JsonElement?> ListedAsync(ThreadPerson person, string conference)
    {
        var infos = (await person.CallAsync("GET", $"/sdk/user/{person.User}/user_channels/list?limit=50&cursor=&need_mark=true")).Succeeded().Data.GetProperty("channel_infos");
        return infos.EnumerateArray().Where(info => info.Text("session_to") == conference).Select(info => (JsonElement?)info).FirstOrDefault();
    }

    private async Task<Stage> StageAsync()
    {
        var (alice, bob, carol) = (await ThreadPerson.NewAsync(_app), await ThreadPerson.NewAsync(_app, "bob"), await ThreadPerson.NewAsync(_app, "carol"));
        var group = await alice.FoundAsync(bob.User, carol.User);
        var root = await alice.SayAsync(group, "root");
        return new(alice, bob, carol, group, ThreadPerson.IdOf(root), await alice.BeginAsync(group, root));
    }

    /// <summary>A group of three, and a thread of alice under her message.</summary>
    private sealed record Stage(ThreadPerson Alice, ThreadPerson Bob, ThreadPerson Carol, string Group, string RootId, string Thread) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Alice.DisposeAsync();
            await Bob.DisposeAsync();
            await Carol.DisposeAsync();
        }
    }
}
