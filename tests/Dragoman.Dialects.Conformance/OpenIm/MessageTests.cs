using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Protos;
using Google.Protobuf;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm;

/// <summary>Section 10.1: request 1003, from the sender's frame to the receiver's push.</summary>
public sealed class MessageTests(OpenImServer server) : IClassFixture<OpenImServer>
{
    private const int Typing = 113;
    private readonly OpenImAppClient _app = server.Demo;

    [Fact]
    public async Task A_message_to_one_person_is_pushed_to_both()
    {
        await using var alice = await _app.NewClientAsync("alice");
        await using var bob = await _app.NewClientAsync("bob");
        var said = alice.TextTo(bob.UserId, "hello");
        said.OfflinePushInfo = new OfflinePushInfo { Title = "You have a new message.", IOSPushSound = "+1", IOSBadgeCount = true };
        said.Ex = "{}";

        var sent = await alice.SayAsync(said);

        var heard = await bob.TextPushAsync("hello");
        Assert.Equal((SingleOf(alice, bob), false), (heard.ConversationId, heard.IsNotification));
        var expected = said.Clone();
        (expected.ServerMsgID, expected.SendTime, expected.Seq, expected.Status) = (sent.ServerMsgID, sent.SendTime, 1, 2);
        Assert.Equal(expected, heard.Message);
        Assert.Equal(expected, (await alice.TextPushAsync("hello")).Message);
    }

    [Fact]
    public async Task The_answer_names_the_message()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var said = alice.TextTo(await _app.NewUserAsync("bob"), "hello");
        var before = server.Clock.GetUtcNow().ToUnixTimeMilliseconds();

        var sent = await alice.SayAsync(said);

        Assert.Equal(said.ClientMsgID, sent.ClientMsgID);
        Assert.Matches("^[0-9a-f]{32}$", sent.ServerMsgID);
        Assert.InRange(sent.SendTime, before, server.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        Assert.Null(sent.Modify);
    }

    [Fact]
    public async Task Sequences_are_dense_from_1_whoever_speaks()
    {
        await using var alice = await _app.NewClientAsync("alice");
        await using var bob = await _app.NewClientAsync("bob");
        for (var i = 0; i < 5; i++)
        {
            await alice.SayAsync(alice.TextTo(bob.UserId, $"a{i}"));
            await bob.SayAsync(bob.TextTo(alice.UserId, $"b{i}"));
        }

        await alice.TextPushAsync("b4");
        await bob.TextPushAsync("b4");

        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), alice.Messages.Select(m => m.Message.Seq));
        Assert.Equal(alice.Messages.Select(m => m.Message), bob.Messages.Select(m => m.Message));
    }

    [Fact]
    public async Task Many_messages_at_once_are_pushed_in_order()
    {
        await using var alice = await _app.NewClientAsync("alice");
        await using var bob = await _app.NewClientAsync("bob");
        var asked = new List<string>();
        for (var i = 0; i < 400; i++) asked.Add(await alice.SendRequestAsync(Requests.SendMsg, alice.TextTo(bob.UserId, $"{i}").ToByteArray()));

        foreach (var incr in asked) Assert.Equal(0, (await alice.ReplyAsync(incr)).ErrCode);
        await bob.TextPushAsync("399");

        Assert.Equal(Enumerable.Range(0, 400).Select(i => (i + 1L, $"{{\"content\":\"{i}\"}}")), bob.Messages.Select(m => (m.Message.Seq, m.Text)));
    }

    [Fact]
    public async Task A_message_to_a_group_is_pushed_to_all_members()
    {
        await using var alice = await _app.NewClientAsync("alice");
        await using var bob = await _app.NewClientAsync("bob");
        await using var carol = await _app.NewClientAsync("carol");
        await using var stranger = await _app.NewClientAsync("stranger");
        var group = await _app.NewGroupAsync(alice.UserId, [bob.UserId, carol.UserId]);

        var sent = await bob.SayAsync(bob.TextToGroup(group, "hello, all"));

        foreach (var member in (OpenImClient[])[alice, bob, carol])
        {
            var heard = await member.TextPushAsync("hello, all");
            Assert.Equal(($"sg_{group}", sent.ServerMsgID, 2L, 2), (heard.ConversationId, heard.Message.ServerMsgID, heard.Message.Seq, heard.Message.Status));
            Assert.Equal(("", group), (heard.Message.RecvID, heard.Message.GroupID));
        }

        await alice.SayAsync(alice.TextTo(stranger.UserId, "later"));
        await stranger.TextPushAsync("later");
        Assert.Single(stranger.Messages);
    }

    [Fact]
    public async Task All_devices_of_both_hear()
    {
        await using var alice = await _app.NewClientAsync("alice");
        await using var phone = await _app.ConnectAsync(alice.UserId, await _app.TokenAsync(alice.UserId, platform: 2), platform: 2);
        var bob = await _app.NewUserAsync("bob");
        await using var web = await _app.ConnectAsync(bob, await _app.TokenAsync(bob), kind: WireKind.Gob);
        await using var mac = await _app.ConnectAsync(bob, await _app.TokenAsync(bob, platform: 4), platform: 4, kind: WireKind.GzippedGob);

        await alice.SayAsync(alice.TextTo(bob, "everywhere"));

        await phone.TextPushAsync("everywhere");
        await web.TextPushAsync("everywhere");
        await mac.TextPushAsync("everywhere");
    }

    [Fact]
    public async Task A_message_to_oneself_is_pushed_once()
    {
        await using var alice = await _app.NewClientAsync("alice");

        await alice.SayAsync(alice.TextTo(alice.UserId, "note"));
        await alice.SayAsync(alice.TextTo(alice.UserId, "another"));

        await alice.TextPushAsync("another");
        Assert.Equal([1L, 2L], alice.Messages.Select(m => m.Message.Seq));
        Assert.Equal($"si_{alice.UserId}_{alice.UserId}", alice.Messages[0].ConversationId);
    }

    [Fact]
    public async Task A_repeat_gets_the_first_answer_and_is_stored_once()
    {
        await using var alice = await _app.NewClientAsync("alice");
        await using var bob = await _app.NewClientAsync("bob");
        var said = alice.TextTo(bob.UserId, "once");

        var first = await alice.SayAsync(said);
        var repeat = await alice.SayAsync(said);
        await alice.SayAsync(alice.TextTo(bob.UserId, "next"));

        Assert.Equal(first, repeat);
        Assert.Equal(2, (await bob.TextPushAsync("next")).Message.Seq);
    }

    [Fact]
    public async Task Repeats_at_once_are_stored_once()
    {
        await using var alice = await _app.NewClientAsync("alice");
        await using var bob = await _app.NewClientAsync("bob");
        var said = alice.TextTo(bob.UserId, "once").ToByteArray();
        var asked = new List<string>();
        for (var i = 0; i < 50; i++) asked.Add(await alice.SendRequestAsync(Requests.SendMsg, said));

        var ids = new HashSet<string>();
        foreach (var incr in asked) ids.Add(SendMsgResp.Parser.ParseFrom((await alice.ReplyAsync(incr)).Data).ServerMsgID);
        await alice.SayAsync(alice.TextTo(bob.UserId, "next"));

        Assert.Single(ids);
        Assert.Equal(2, (await bob.TextPushAsync("next")).Message.Seq);
    }

    [Fact]
    public async Task A_repeat_after_a_restart_gets_the_first_answer_and_is_stored_once()
    {
        var (aliceId, bobId) = (await _app.NewUserAsync("alice"), await _app.NewUserAsync("bob"));
        var token = await _app.TokenAsync(aliceId);
        MsgData said;
        SendMsgResp first;
        await using (var alice = await _app.ConnectAsync(aliceId, token))
        {
            said = alice.TextTo(bobId, "once");
            first = await alice.SayAsync(said);
        }

        await server.RestartAsync();

        await using var again = await _app.ConnectAsync(aliceId, token);
        Assert.Equal(first, await again.SayAsync(said));
        await again.SayAsync(again.TextTo(bobId, "next"));
        Assert.Equal(2, (await again.TextPushAsync("next")).Message.Seq);
    }

    [Fact]
    public async Task Two_senders_may_choose_the_same_client_message_id()
    {
        await using var alice = await _app.NewClientAsync("alice");
        await using var bob = await _app.NewClientAsync("bob");
        var (first, second) = (alice.TextTo(bob.UserId, "from alice"), bob.TextTo(alice.UserId, "from bob"));
        second.ClientMsgID = first.ClientMsgID;

        Assert.NotEqual((await alice.SayAsync(first)).ServerMsgID, (await bob.SayAsync(second)).ServerMsgID);
    }

    [Fact]
    public async Task An_unknown_receiver_answers_1004() => await AssertRefusedAsync(m => m.RecvID = "nobody", 1004);

    [Fact]
    public async Task An_unknown_group_answers_1004() =>
        await AssertRefusedAsync(m => (m.SessionType, m.RecvID, m.GroupID) = (3, "", "no_such_group"), 1004);

    [Fact]
    public async Task A_group_that_one_is_not_in_answers_1203()
    {
        var group = await _app.NewGroupAsync(await _app.NewUserAsync("owner"), []);

        await AssertRefusedAsync(m => (m.SessionType, m.RecvID, m.GroupID) = (3, "", group), 1203);
    }

    [Fact]
    public async Task A_dismissed_group_answers_1204()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var group = await _app.NewGroupAsync(alice.UserId, []);
        (await alice.PostAsync("/group/dismiss_group", new { groupID = group })).Succeeded();

        Assert.Equal(1204, (await alice.RequestAsync(Requests.SendMsg, alice.TextToGroup(group, "too late"))).ErrCode);
    }

    [Fact]
    public async Task Another_sender_answers_1002()
    {
        var somebody = await _app.NewUserAsync("somebody");

        await AssertRefusedAsync(m => m.SendID = somebody, 1002);
        await AssertRefusedAsync(m => m.SendID = OpenImAppClient.Admin, 1002);
    }

    [Fact]
    public async Task No_sender_answers_1001() => await AssertRefusedAsync(m => m.SendID = "", 1001);

    [Fact]
    public async Task No_content_answers_1001()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var message = alice.TextTo(await _app.NewUserAsync("bob"), "");
        message.Content = ByteString.Empty; // which proto3 leaves out

        Assert.Equal(1001, (await alice.RequestAsync(Requests.SendMsg, message)).ErrCode);
    }

    [Fact]
    public async Task No_receiver_answers_1001() => await AssertRefusedAsync(m => m.RecvID = "", 1001);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(-1)]
    public async Task An_unknown_type_of_session_answers_1001(int sessionType) => await AssertRefusedAsync(m => m.SessionType = sessionType, 1001);

    [Theory]
    [InlineData(4, 101)]
    [InlineData(1, 1400)]
    public async Task Session_and_content_of_system_notifications_go_together(int sessionType, int contentType) =>
        await AssertRefusedAsync(m => (m.SessionType, m.ContentType) = (sessionType, contentType), 1001);

    [Fact]
    public async Task Text_that_is_no_utf8_answers_1001()
    {
        await using var alice = await _app.NewClientAsync("alice");
        byte[] message = [.. alice.TextTo(await _app.NewUserAsync("bob"), "hello").ToByteArray(), 0x3a, 2, 0xff, 0xfe]; // senderNickname

        Assert.Equal(1001, (await alice.RequestAsync(Requests.SendMsg, message)).ErrCode);
    }

    [Fact]
    public async Task Typing_goes_to_the_receiver_only_and_has_no_sequence()
    {
        await using var alice = await _app.NewClientAsync("alice");
        await using var bob = await _app.NewClientAsync("bob");
        var typing = alice.TextTo(bob.UserId, "");
        (typing.ContentType, typing.Content) = (Typing, ByteString.CopyFromUtf8("""{"msgTips":"yes"}"""));

        await alice.SayAsync(typing);
        await alice.SayAsync(alice.TextTo(bob.UserId, "there"));

        var heard = await bob.PushAsync(p => p.Message.ContentType == Typing, "the typing");
        Assert.Equal((0L, SingleOf(alice, bob)), (heard.Message.Seq, heard.ConversationId));
        Assert.All((string[])["history", "persistent", "senderSync", "conversationUpdate", "senderConversationUpdate", "unreadCount", "offlinePush"],
            option => Assert.False(heard.Message.Options[option]));
        Assert.Equal(1, (await bob.TextPushAsync("there")).Message.Seq);
        await alice.TextPushAsync("there");
        Assert.Single(alice.Messages);
    }

    [Fact]
    public async Task A_message_without_history_has_no_sequence()
    {
        await using var alice = await _app.NewClientAsync("alice");
        await using var bob = await _app.NewClientAsync("bob");
        var fleeting = alice.TextTo(bob.UserId, "fleeting");
        fleeting.Options["history"] = false;

        await alice.SayAsync(fleeting);

        Assert.Equal(0, (await bob.TextPushAsync("fleeting")).Message.Seq);
        Assert.Equal(0, (await alice.TextPushAsync("fleeting")).Message.Seq);
        Assert.Empty((await bob.AskAsync(Requests.GetNewestSeq, new GetMaxSeqReq { UserID = bob.UserId }, GetMaxSeqResp.Parser)).MaxSeqs);
    }

    [Fact]
    public async Task Without_senderSync_the_sender_hears_nothing()
    {
        await using var alice = await _app.NewClientAsync("alice");
        await using var bob = await _app.NewClientAsync("bob");
        var quiet = alice.TextTo(bob.UserId, "quiet");
        quiet.Options["senderSync"] = false;

        await alice.SayAsync(quiet);
        await alice.SayAsync(alice.TextTo(bob.UserId, "loud"));

        Assert.Equal(1, (await bob.TextPushAsync("quiet")).Message.Seq);
        Assert.Equal(2, (await alice.TextPushAsync("loud")).Message.Seq);
        Assert.Single(alice.Messages);
    }

    [Fact]
    public async Task An_old_revocation_counts_as_nothing_new()
    {
        await using var alice = await _app.NewClientAsync("alice");
        await using var bob = await _app.NewClientAsync("bob");
        var old = alice.TextTo(bob.UserId, "revoked");
        old.ContentType = 111;

        await alice.SayAsync(old);

        var options = (await bob.TextPushAsync("revoked")).Message.Options;
        Assert.Equal([("offlinePush", false), ("unreadCount", false)], options.Select(o => (o.Key, o.Value)).OrderBy(o => o.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_receiver_who_refuses_everything_answers_1001()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var (bob, token) = await _app.NewLoginAsync("bob");
        (await _app.PostAsync("/user/update_user_info_ex", new { userInfo = new { userID = bob, globalRecvMsgOpt = 1 } }, token)).Succeeded();

        Assert.Equal(1001, (await alice.RequestAsync(Requests.SendMsg, alice.TextTo(bob, "hello"))).ErrCode);
    }

    [Fact]
    public async Task A_receiver_who_refuses_the_conversation_answers_1001()
    {
        await using var alice = await _app.NewClientAsync("alice");
        await using var bob = await _app.NewClientAsync("bob");
        (await bob.PostAsync("/conversation/set_conversations", new
        {
            userIDs = new[] { bob.UserId },
            conversation = new { conversationID = SingleOf(alice, bob), conversationType = 1, userID = alice.UserId, recvMsgOpt = 1 },
        })).Succeeded();

        Assert.Equal(1001, (await alice.RequestAsync(Requests.SendMsg, alice.TextTo(bob.UserId, "hello"))).ErrCode);
        await bob.SayAsync(bob.TextTo(alice.UserId, "the other way"));
    }

    [Fact]
    public async Task An_iphone_in_the_background_hears_nothing()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        await using var phone = await _app.ConnectAsync(bob, await _app.TokenAsync(bob, platform: 1), platform: 1);
        await using var android = await _app.ConnectAsync(bob, await _app.TokenAsync(bob, platform: 2), platform: 2);
        foreach (var device in (OpenImClient[])[phone, android])
            Assert.Equal(0, (await device.RequestAsync(Requests.SetBackgroundStatus, new SetAppBackgroundStatusReq { UserID = bob, IsBackground = true })).ErrCode);

        await alice.SayAsync(alice.TextTo(bob, "unheard"));
        await android.TextPushAsync("unheard");
        await phone.RequestAsync(Requests.SetBackgroundStatus, new SetAppBackgroundStatusReq { UserID = bob, IsBackground = false });
        await alice.SayAsync(alice.TextTo(bob, "heard"));

        await phone.TextPushAsync("heard");
        Assert.Single(phone.Messages);
    }

    [Fact]
    public async Task Who_watches_hears_who_comes_and_goes()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var bob = await _app.NewUserAsync("bob");
        var now = await alice.AskAsync(Requests.SubUserOnlineStatus, new SubUserOnlineStatus { SubscribeUserID = { bob, alice.UserId } }, SubUserOnlineStatusTips.Parser);
        Assert.Equal([(bob, ""), (alice.UserId, "5")], now.Subscribers.Select(s => (s.UserID, string.Join(',', s.OnlinePlatformIDs))));

        await using var web = await _app.ConnectAsync(bob, await _app.TokenAsync(bob));
        await AssertLastStateAsync(alice, "5");
        await using var phone = await _app.ConnectAsync(bob, await _app.TokenAsync(bob, platform: 2), platform: 2);
        await AssertLastStateAsync(alice, "2,5");
        await web.LeaveAsync();
        await AssertLastStateAsync(alice, "2");
        await phone.LeaveAsync();
        await AssertLastStateAsync(alice, "");

        var (users, status) = (new { userIDs = new[] { bob, alice.UserId } }, (await _app.AdminPostAsync("/user/get_users_status", new { userIDs = new[] { alice.UserId } })));
        Assert.Equal(1, status.Succeeded().Data.GetProperty("statusList")[0].GetProperty("status").GetInt32());
        Assert.Equal(0, (await _app.AdminPostAsync("/user/get_users_status", users)).Data.GetProperty("statusList")[0].GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Who_stops_watching_hears_nothing_more()
    {
        await using var alice = await _app.NewClientAsync("alice");
        var (bob, carol) = (await _app.NewUserAsync("bob"), await _app.NewUserAsync("carol"));
        await alice.RequestAsync(Requests.SubUserOnlineStatus, new SubUserOnlineStatus { SubscribeUserID = { bob, carol } });

        var answer = await alice.RequestAsync(Requests.SubUserOnlineStatus, new SubUserOnlineStatus { UnsubscribeUserID = { bob } });
        Assert.Equal((0, 0), (answer.ErrCode, answer.Data.Length));
        await using var first = await _app.ConnectAsync(bob, await _app.TokenAsync(bob));
        await using var second = await _app.ConnectAsync(carol, await _app.TokenAsync(carol));

        await AssertLastStateAsync(alice, "5");
        Assert.Equal([carol], StatesOf(alice).Select(s => s.UserID));
    }

    private static IEnumerable<SubUserOnlineStatusElem> StatesOf(OpenImClient client) => client.Frames
        .Where(f => f.ReqIdentifier == Requests.SubUserOnlineStatus && f.MsgIncr.Length == 0)
        .SelectMany(f => SubUserOnlineStatusTips.Parser.ParseFrom(f.Data).Subscribers);

    private static Task AssertLastStateAsync(OpenImClient client, string platforms) => Eventually.TrueAsync(
        () => StatesOf(client).LastOrDefault() is { } last && string.Join(',', last.OnlinePlatformIDs) == platforms,
        $"online on \"{platforms}\"",
        () => JsonSerializer.Serialize(StatesOf(client).Select(s => s.OnlinePlatformIDs)));

    private static string SingleOf(OpenImClient a, OpenImClient b) => SingleOf(a.UserId, b.UserId);

    private static string SingleOf(string a, string b) => string.CompareOrdinal(a, b) < 0 ? $"si_{a}_{b}" : $"si_{b}_{a}";

    private async Task AssertRefusedAsync(Action<MsgData> spoil, int code)
    {
        await using var alice = await _app.NewClientAsync("alice");
        var message = alice.TextTo(await _app.NewUserAsync("bob"), "hello");
        spoil(message);

        var reply = await alice.RequestAsync(Requests.SendMsg, message);

        Assert.Equal((code, Requests.SendMsg, "op"), (reply.ErrCode, reply.ReqIdentifier, reply.OperationId));
        Assert.Empty(reply.Data);
        Assert.Empty(alice.Messages);
    }
}
