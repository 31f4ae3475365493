using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Protos;
using Google.Protobuf;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm;

/// <summary>Sections 10.2 to 10.5: what can be read again, and what revoking, deleting, clearing and reading make of it.</summary>
public sealed class HistoryTests(OpenImServer server) : IClassFixture<OpenImServer>
{
    private const int Deleted = 4, RevokedType = 2101, ReceiptType = 2200, DeletedType = 2102, ClearedType = 1703, ConversationChangedType = 1300;
    private readonly OpenImAppClient _app = server.Demo;

    [Fact]
    public async Task The_newest_sequences_are_of_all_own_conversations()
    {
        await using var talk = await TalkAsync(messages: 3);
        var group = await _app.NewGroupAsync(talk.Alice.UserId, [talk.Bob.UserId]);
        await talk.Bob.SayAsync(talk.Bob.TextToGroup(group, "in the group"));

        var seqs = (await talk.Alice.AskAsync(Requests.GetNewestSeq, new GetMaxSeqReq { UserID = talk.Alice.UserId }, GetMaxSeqResp.Parser)).MaxSeqs;

        Assert.Equal(3, seqs[talk.Id]);
        Assert.Equal(2, seqs[$"sg_{group}"]); // the foundation is the first message
        Assert.DoesNotContain(seqs, s => s.Value == 0);
    }

    [Fact]
    public async Task Nobody_reads_the_newest_sequences_of_others()
    {
        await using var talk = await TalkAsync(messages: 3);
        await using var mallory = await _app.NewClientAsync("mallory");

        var seqs = (await mallory.AskAsync(Requests.GetNewestSeq, new GetMaxSeqReq { UserID = talk.Alice.UserId }, GetMaxSeqResp.Parser)).MaxSeqs;

        Assert.Empty(seqs);
        (await mallory.PostAsync("/msg/newest_seq", new { userID = talk.Alice.UserId })).Failed(1002, "NoPermissionError");
    }

    [Fact]
    public async Task A_range_answers_its_messages_ascending()
    {
        await using var talk = await TalkAsync(messages: 5);

        var pulled = (await RangeAsync(talk.Bob, talk.Id, begin: 2, end: 4))!;

        Assert.Equal([2L, 3L, 4L], pulled.Msgs.Select(m => m.Seq));
        Assert.Equal(talk.Bob.Messages.Select(m => m.Message).Where(m => m.Seq is >= 2 and <= 4), pulled.Msgs);
    }

    [Fact]
    public async Task A_range_is_at_its_end_when_it_reaches_the_last_message()
    {
        await using var talk = await TalkAsync(messages: 5);

        Assert.False((await RangeAsync(talk.Bob, talk.Id, 1, 4))!.IsEnd);
        Assert.True((await RangeAsync(talk.Bob, talk.Id, 1, 5))!.IsEnd);
        Assert.True((await RangeAsync(talk.Bob, talk.Id, 1, 99))!.IsEnd);
        Assert.False((await RangeAsync(talk.Bob, talk.Id, 2, 5, order: PullOrder.Desc))!.IsEnd);
        Assert.True((await RangeAsync(talk.Bob, talk.Id, 1, 3, order: PullOrder.Desc))!.IsEnd);
    }

    [Fact]
    public async Task A_range_of_more_than_num_answers_the_last_ones()
    {
        await using var talk = await TalkAsync(messages: 5);

        Assert.Equal([4L, 5L], (await RangeAsync(talk.Bob, talk.Id, 1, 5, num: 2))!.Msgs.Select(m => m.Seq));
        Assert.Equal([5L], (await RangeAsync(talk.Bob, talk.Id, 0, 5, num: 1))!.Msgs.Select(m => m.Seq));
    }

    [Theory]
    [InlineData(4, 3)]
    [InlineData(6, 9)]
    [InlineData(-5, 0)]
    [InlineData(long.MaxValue, long.MinValue)]
    public async Task A_range_without_messages_is_left_out(long begin, long end)
    {
        await using var talk = await TalkAsync(messages: 5);

        Assert.Null(await RangeAsync(talk.Bob, talk.Id, begin, end));
    }

    [Theory]
    [InlineData("si_no_body")]
    [InlineData("sg_no_such_group")]
    [InlineData("n_no_such_group")]
    [InlineData("n_")]
    [InlineData("si_")]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task An_unknown_conversation_is_left_out(string id)
    {
        await using var alice = await _app.NewClientAsync("alice");

        Assert.Null(await RangeAsync(alice, id, 1, 10));
        Assert.Empty((await ListAsync(alice, id, [1])).Msgs);
        Assert.Empty((await LastAsync(alice, id)).Msgs);
    }

    [Fact]
    public async Task Nobody_reads_the_conversation_of_others()
    {
        await using var talk = await TalkAsync(messages: 2);
        await using var mallory = await _app.NewClientAsync("mallory");

        await AssertUnreadableAsync(mallory, talk.Id);
        await AssertUnreadableAsync(mallory, "n" + talk.Id["si".Length..]);
        await AssertUnreadableAsync(mallory, $"n_{talk.Alice.UserId}_{talk.Alice.UserId}");
    }

    [Fact]
    public async Task Nobody_reads_a_group_of_others()
    {
        await using var alice = await _app.NewClientAsync("alice");
        await using var mallory = await _app.NewClientAsync("mallory");
        var group = await _app.NewGroupAsync(alice.UserId, []);
        await alice.SayAsync(alice.TextToGroup(group, "among us"));

        await AssertUnreadableAsync(mallory, $"sg_{group}");
        await AssertUnreadableAsync(mallory, $"n_{group}");
    }

    [Fact]
    public async Task Nobody_acts_in_the_conversation_of_others()
    {
        await using var talk = await TalkAsync(messages: 2);
        await using var mallory = await _app.NewClientAsync("mallory");
        var own = new { conversationID = talk.Id, userID = mallory.UserId, seq = 1, seqs = new[] { 1 }, hasReadSeq = 1 };
        var others = own with { userID = talk.Alice.UserId };

        foreach (var route in (string[])["/msg/revoke_msg", "/msg/delete_msgs", "/msg/mark_conversation_as_read", "/msg/mark_msgs_as_read", "/msg/set_conversation_has_read_seq"])
        {
            (await mallory.PostAsync(route, own)).Failed(1004, "RecordNotFoundError");
            (await mallory.PostAsync(route, others)).Failed(1002, "NoPermissionError");
        }

        (await mallory.PostAsync("/msg/clear_conversation_msg", new { conversationIDs = new[] { talk.Id }, userID = talk.Alice.UserId })).Failed(1002);
        (await mallory.PostAsync("/msg/clear_conversation_msg", new { conversationIDs = new[] { talk.Id }, userID = mallory.UserId })).Succeeded();
        (await mallory.PostAsync("/msg/pull_msg_by_seq", new { userID = talk.Alice.UserId, seqRanges = Array.Empty<int>() })).Failed(1002);
        Assert.Equal(2, (await RangeAsync(talk.Alice, talk.Id, 1, 9))!.Msgs.Count(m => m.Status == 2 && m.ContentType == 101));
    }

    [Fact]
    public async Task Named_sequences_are_answered_one_by_one()
    {
        await using var talk = await TalkAsync(messages: 5);

        var pulled = (await ListAsync(talk.Bob, talk.Id, [5, 1, 3])).Msgs[talk.Id];

        Assert.Equal([1L, 3L, 5L], pulled.Msgs.Select(m => m.Seq).Order());
        Assert.All(pulled.Msgs, m => Assert.Equal((2, 101), (m.Status, m.ContentType)));
        Assert.False(pulled.IsEnd);
    }

    [Fact]
    public async Task Named_sequences_may_lie_far_apart()
    {
        await using var talk = await TalkAsync(messages: 1);
        var asked = new List<string>();
        for (var i = 0; i < 600; i++) asked.Add(await talk.Alice.SendRequestAsync(Requests.SendMsg, talk.Alice.TextTo(talk.Bob.UserId, "more").ToByteArray()));
        await talk.Alice.ReplyAsync(asked[^1]);

        var pulled = (await ListAsync(talk.Bob, talk.Id, [1, 300, 601])).Msgs[talk.Id];

        Assert.Equal([(1L, 2), (300L, 2), (601L, 2)], pulled.Msgs.Select(m => (m.Seq, m.Status)));
    }

    [Fact]
    public async Task Named_sequences_beyond_the_end_say_where_it_is()
    {
        await using var talk = await TalkAsync(messages: 5);

        var newer = (await ListAsync(talk.Bob, talk.Id, [5, 6, 7])).Msgs[talk.Id];
        var older = (await ListAsync(talk.Bob, talk.Id, [0, 1], PullOrder.Desc)).Msgs[talk.Id];

        Assert.Equal((true, 5L, "5"), (newer.IsEnd, newer.EndSeq, string.Join(',', newer.Msgs.Select(m => m.Seq))));
        Assert.Equal((true, 1L, "1"), (older.IsEnd, older.EndSeq, string.Join(',', older.Msgs.Select(m => m.Seq))));
    }

    [Fact]
    public async Task A_conversation_is_answered_even_when_nothing_of_it_is_left()
    {
        await using var talk = await TalkAsync(messages: 2);

        Assert.Empty((await ListAsync(talk.Bob, talk.Id, [7, 8])).Msgs[talk.Id].Msgs);
    }

    [Fact]
    public async Task The_last_message_of_each_conversation_is_answered()
    {
        await using var talk = await TalkAsync(messages: 3);

        Assert.Equal(3, (await LastAsync(talk.Bob, talk.Id)).Msgs[talk.Id].Seq);
    }

    [Fact]
    public async Task The_last_message_is_one_that_was_not_deleted()
    {
        await using var talk = await TalkAsync(messages: 3);
        (await talk.Bob.PostAsync("/msg/delete_msgs", new { conversationID = talk.Id, userID = talk.Bob.UserId, seqs = new[] { 3 } })).Succeeded();

        Assert.Equal(2, (await LastAsync(talk.Bob, talk.Id)).Msgs[talk.Id].Seq);
        Assert.Equal(3, (await LastAsync(talk.Alice, talk.Id)).Msgs[talk.Id].Seq);
    }

    [Fact]
    public async Task Positions_are_answered_with_the_ends()
    {
        await using var talk = await TalkAsync(messages: 3);

        Assert.Equal((3, 0), await PositionAsync(talk.Bob, talk.Id));
        await Eventually.TrueAsync(() => PositionAsync(talk.Alice, talk.Id).GetAwaiter().GetResult() == (3, 3), "the sender has read his own words");
    }

    [Fact]
    public async Task A_message_deleted_for_oneself_is_empty_and_stays_for_others()
    {
        await using var talk = await TalkAsync(messages: 3);

        (await talk.Bob.PostAsync(
            "/msg/delete_msgs", new { conversationID = talk.Id, userID = talk.Bob.UserId, seqs = new[] { 2 }, deleteSyncOpt = (object?)null })).Succeeded();

        var mine = (await RangeAsync(talk.Bob, talk.Id, 1, 3))!.Msgs;
        Assert.Equal([(1L, 2), (2L, Deleted), (3L, 2)], mine.Select(m => (m.Seq, m.Status)));
        Assert.True(mine[1].Content.IsEmpty);
        Assert.Equal((talk.Alice.UserId, 101), (mine[1].SendID, mine[1].ContentType));
        Assert.All((await RangeAsync(talk.Alice, talk.Id, 1, 3))!.Msgs, m => Assert.Equal(2, m.Status));
    }

    [Fact]
    public async Task Own_devices_hear_of_a_deletion_when_asked()
    {
        await using var talk = await TalkAsync(messages: 1);

        (await talk.Bob.PostAsync("/msg/delete_msgs", new
        {
            conversationID = talk.Id,
            userID = talk.Bob.UserId,
            seqs = new[] { 1 },
            deleteSyncOpt = new { IsSyncSelf = true },
        })).Succeeded();

        var heard = await talk.Bob.PushAsync(p => p.Message.ContentType == DeletedType, "the deletion");
        Assert.Equal(($"n_{talk.Bob.UserId}_{talk.Bob.UserId}", true), (heard.ConversationId, heard.IsNotification));
        Assert.Equal(talk.Id, Tips(heard).GetProperty("conversationID").GetString());
        Assert.DoesNotContain(talk.Alice.Messages, p => p.Message.ContentType == DeletedType);
    }

    [Fact]
    public async Task A_message_deleted_for_everybody_is_gone_and_told()
    {
        await using var talk = await TalkAsync(messages: 2);

        (await talk.Alice.PostAsync("/msg/delete_msgs", new
        {
            conversationID = talk.Id,
            userID = talk.Alice.UserId,
            seqs = new[] { 1 },
            deleteSyncOpt = new { IsSyncOther = true },
        })).Succeeded();

        var heard = await talk.Bob.PushAsync(p => p.Message.ContentType == DeletedType, "the deletion");
        Assert.Equal([1L], Tips(heard).GetProperty("seqs").EnumerateArray().Select(s => s.GetInt64()));
        Assert.Equal(new MsgData { Seq = 1, Status = Deleted }, (await ListAsync(talk.Bob, talk.Id, [1])).Msgs[talk.Id].Msgs.Single());
    }

    [Fact]
    public async Task A_revoked_message_is_told_to_both_and_reads_as_revoked()
    {
        await using var talk = await TalkAsync(messages: 2);
        var revoked = talk.Bob.Messages[0].Message;

        (await talk.Alice.PostAsync("/msg/revoke_msg", new { conversationID = talk.Id, seq = 1, userID = talk.Alice.UserId })).Succeeded();

        foreach (var client in (OpenImClient[])[talk.Alice, talk.Bob])
        {
            var heard = await client.PushAsync(p => p.Message.ContentType == RevokedType, "the revocation");
            Assert.Equal(("n" + talk.Id["si".Length..], true, 1L), (heard.ConversationId, heard.IsNotification, heard.Message.Seq));
            var tips = Tips(heard);
            Assert.Equal(
                (talk.Alice.UserId, revoked.ClientMsgID, 1L, talk.Id, 1, false),
                (tips.GetProperty("revokerUserID").GetString(), tips.GetProperty("clientMsgID").GetString(), tips.GetProperty("seq").GetInt64(),
                    tips.GetProperty("conversationID").GetString(), tips.GetProperty("sesstionType").GetInt32(), tips.GetProperty("isAdminRevoke").GetBoolean()));
            var read = (await RangeAsync(client, talk.Id, 1, 2))!.Msgs;
            Assert.Equal([RevokedType, 101], read.Select(m => m.ContentType));
            var content = JsonDocument.Parse(JsonDocument.Parse(read[0].Content.ToStringUtf8()).RootElement.GetProperty("detail").GetString()!).RootElement;
            Assert.Equal(
                (talk.Alice.UserId, talk.Alice.UserId, revoked.ClientMsgID, 1L),
                (content.GetProperty("revokerID").GetString(), content.GetProperty("sourceMessageSendID").GetString(),
                    content.GetProperty("clientMsgID").GetString(), content.GetProperty("seq").GetInt64()));
        }
    }

    [Fact]
    public async Task A_revocation_is_kept_for_who_was_away()
    {
        await using var talk = await TalkAsync(messages: 1);
        await talk.Bob.LeaveAsync();
        (await talk.Alice.PostAsync("/msg/revoke_msg", new { conversationID = talk.Id, seq = 1, userID = talk.Alice.UserId })).Succeeded();
        var channel = "n" + talk.Id["si".Length..];

        await using var back = await _app.ConnectAsync(talk.Bob.UserId, talk.Bob.Token);

        var ends = await back.AskAsync(Requests.GetNewestSeq, new GetMaxSeqReq { UserID = back.UserId }, GetMaxSeqResp.Parser);
        Assert.Equal(1, ends.MaxSeqs[channel]);
        var range = new PullMessageBySeqsReq { UserID = back.UserId, SeqRanges = { new SeqRange { ConversationID = channel, Begin = 1, End = 1, Num = 1 } } };
        var pulled = await back.AskAsync(Requests.PullMsgBySeqRange, range, PullMessageBySeqsResp.Parser);
        Assert.Equal(RevokedType, Assert.Single(pulled.NotificationMsgs[channel].Msgs).ContentType);
    }

    [Fact]
    public async Task A_second_revocation_answers_1404()
    {
        await using var talk = await TalkAsync(messages: 1);
        var revoke = new { conversationID = talk.Id, seq = 1, userID = talk.Alice.UserId };
        (await talk.Alice.PostAsync("/msg/revoke_msg", revoke)).Succeeded();

        (await talk.Alice.PostAsync("/msg/revoke_msg", revoke)).Failed(1404, "MsgAlreadyRevoke", "msg already revoke");
    }

    [Fact]
    public async Task The_words_of_the_other_are_not_ours_to_revoke()
    {
        await using var talk = await TalkAsync(messages: 1);

        (await talk.Bob.PostAsync("/msg/revoke_msg", new { conversationID = talk.Id, seq = 1, userID = talk.Bob.UserId })).Failed(1002, "NoPermissionError");
    }

    [Fact]
    public async Task A_missing_message_cannot_be_revoked()
    {
        await using var talk = await TalkAsync(messages: 1);

        (await talk.Alice.PostAsync("/msg/revoke_msg", new { conversationID = talk.Id, seq = 2, userID = talk.Alice.UserId }))
            .Failed(1004, "RecordNotFoundError", "msg not found");
    }

    [Theory]
    [InlineData("", 1, "u", "conversationID is empty")]
    [InlineData("si_u_v", 0, "u", "seq is invalid")]
    [InlineData("si_u_v", 1, "", "userID is empty")]
    public async Task A_revocation_is_validated(string conversationID, long seq, string userID, string detail) =>
        (await _app.AdminPostAsync("/msg/revoke_msg", new { conversationID, seq, userID })).Failed(1001, "ArgsError", detail);

    [Fact]
    public async Task In_a_group_owner_and_admins_revoke_what_members_said_and_members_do_not()
    {
        await using var member = await _app.NewClientAsync("member");
        var (owner, admin, other) = (await _app.NewLoginAsync("owner"), await _app.NewLoginAsync("admin"), await _app.NewLoginAsync("other"));
        var group = await _app.NewGroupAsync(owner.Id, [member.UserId, other.Id], [admin.Id]);
        await member.SayAsync(member.TextToGroup(group, "first"));
        await member.SayAsync(member.TextToGroup(group, "second"));
        object Revoke(string user, long seq) => new { conversationID = $"sg_{group}", seq, userID = user };

        (await _app.PostAsync("/msg/revoke_msg", Revoke(other.Id, 2), other.Token)).Failed(1002);
        (await _app.PostAsync("/msg/revoke_msg", Revoke(admin.Id, 2), admin.Token)).Succeeded();
        (await _app.PostAsync("/msg/revoke_msg", Revoke(owner.Id, 3), owner.Token)).Succeeded();

        await member.PushAsync(p => p.Message.ContentType == RevokedType && p.ConversationId == $"n_{group}" && Tips(p).GetProperty("seq").GetInt64() == 3, "the second revocation");
    }

    [Fact]
    public async Task Reading_is_told_to_the_peer_and_seen_in_history()
    {
        await using var talk = await TalkAsync(messages: 3);

        (await talk.Bob.PostAsync("/msg/mark_conversation_as_read", new { conversationID = talk.Id, userID = talk.Bob.UserId, hasReadSeq = 2, seqs = new[] { 1, 2 } }))
            .Succeeded();

        var heard = await talk.Alice.PushAsync(p => p.Message.ContentType == ReceiptType, "the receipt");
        Assert.Equal(("n" + talk.Id["si".Length..], true), (heard.ConversationId, heard.IsNotification));
        var tips = Tips(heard);
        Assert.Equal(
            (talk.Bob.UserId, talk.Id, 2L, "1,2"),
            (tips.GetProperty("markAsReadUserID").GetString(), tips.GetProperty("conversationID").GetString(), tips.GetProperty("hasReadSeq").GetInt64(),
                string.Join(',', tips.GetProperty("seqs").EnumerateArray().Select(s => s.GetInt64()))));
        Assert.Equal([true, true, false], (await RangeAsync(talk.Alice, talk.Id, 1, 3))!.Msgs.Select(m => m.IsRead));
        Assert.Equal((3, 2), await PositionAsync(talk.Bob, talk.Id));
    }

    [Fact]
    public async Task A_position_only_grows()
    {
        await using var talk = await TalkAsync(messages: 3);
        (await talk.Bob.PostAsync("/msg/mark_conversation_as_read", new { conversationID = talk.Id, userID = talk.Bob.UserId, hasReadSeq = 3 })).Succeeded();

        (await talk.Bob.PostAsync("/msg/mark_conversation_as_read", new { conversationID = talk.Id, userID = talk.Bob.UserId, hasReadSeq = 1 })).Succeeded();

        Assert.Equal((3, 3), await PositionAsync(talk.Bob, talk.Id));
    }

    [Fact]
    public async Task Messages_that_do_not_exist_cannot_be_read()
    {
        await using var talk = await TalkAsync(messages: 3);

        (await talk.Bob.PostAsync("/msg/mark_msgs_as_read", new { conversationID = talk.Id, userID = talk.Bob.UserId, seqs = new[] { 3, 4 } }))
            .Failed(1001, "ArgsError", "hasReadSeq must not be bigger than maxSeq");
        (await talk.Bob.PostAsync("/msg/set_conversation_has_read_seq", new { conversationID = talk.Id, userID = talk.Bob.UserId, hasReadSeq = 4 }))
            .Failed(1001, "ArgsError", "hasReadSeq must not be bigger than maxSeq");
    }

    [Fact]
    public async Task A_position_that_is_set_is_told_to_own_devices_only()
    {
        await using var talk = await TalkAsync(messages: 2);

        (await talk.Bob.PostAsync("/msg/set_conversation_has_read_seq", new { conversationID = talk.Id, userID = talk.Bob.UserId, hasReadSeq = 2 })).Succeeded();

        var heard = await talk.Bob.PushAsync(p => p.Message.ContentType == ReceiptType, "the receipt");
        Assert.Equal(($"n_{talk.Bob.UserId}_{talk.Bob.UserId}", 0L), (heard.ConversationId, heard.Message.Seq));
        Assert.Equal((talk.Bob.UserId, talk.Bob.UserId, 1), (heard.Message.SendID, heard.Message.RecvID, heard.Message.SessionType));
        await talk.Bob.SayAsync(talk.Bob.TextTo(talk.Alice.UserId, "a fence"));
        await talk.Alice.TextPushAsync("a fence");
        Assert.DoesNotContain(talk.Alice.Messages, p => p.Message.ContentType == ReceiptType);
    }

    [Fact]
    public async Task Reading_in_a_group_is_told_to_own_devices_in_the_own_channel()
    {
        await using var alice = await _app.NewClientAsync("alice");
        await using var bob = await _app.NewClientAsync("bob");
        var group = await _app.NewGroupAsync(alice.UserId, [bob.UserId]);
        await alice.SayAsync(alice.TextToGroup(group, "hello"));

        (await bob.PostAsync("/msg/mark_conversation_as_read", new { conversationID = $"sg_{group}", userID = bob.UserId, hasReadSeq = 2 })).Succeeded();

        var heard = await bob.PushAsync(p => p.Message.ContentType == ReceiptType, "the receipt");
        Assert.Equal(($"n_{bob.UserId}_{bob.UserId}", 0L), (heard.ConversationId, heard.Message.Seq));
    }

    [Fact]
    public async Task A_cleared_conversation_is_empty_for_who_cleared_it()
    {
        await using var talk = await TalkAsync(messages: 3);

        (await talk.Bob.PostAsync("/msg/clear_conversation_msg", new
        {
            conversationIDs = new[] { talk.Id },
            userID = talk.Bob.UserId,
            deleteSyncOpt = new { IsSyncSelf = true },
        })).Succeeded();

        await talk.Bob.PushAsync(p => p.Message.ContentType == ConversationChangedType, "the change");
        await talk.Bob.PushAsync(p => p.Message.ContentType == ClearedType, "the clearing");
        Assert.Null(await RangeAsync(talk.Bob, talk.Id, 1, 3));
        Assert.Equal((3, 3), await PositionAsync(talk.Bob, talk.Id));
        Assert.Equal(3, (await RangeAsync(talk.Alice, talk.Id, 1, 3))!.Msgs.Count);
        await talk.Alice.SayAsync(talk.Alice.TextTo(talk.Bob.UserId, "anew"));
        Assert.Equal([4L], (await RangeAsync(talk.Bob, talk.Id, 1, 9))!.Msgs.Select(m => m.Seq));
    }

    [Fact]
    public async Task Everything_survives_a_restart()
    {
        await using var talk = await TalkAsync(messages: 3);
        (await talk.Alice.PostAsync("/msg/revoke_msg", new { conversationID = talk.Id, seq = 1, userID = talk.Alice.UserId })).Succeeded();
        (await talk.Bob.PostAsync("/msg/delete_msgs", new { conversationID = talk.Id, userID = talk.Bob.UserId, seqs = new[] { 2 } })).Succeeded();
        (await talk.Bob.PostAsync("/msg/mark_conversation_as_read", new { conversationID = talk.Id, userID = talk.Bob.UserId, hasReadSeq = 3 })).Succeeded();
        var before = await RangeAsync(talk.Bob, talk.Id, 1, 9);

        await server.RestartAsync();

        await using var back = await _app.ConnectAsync(talk.Bob.UserId, talk.Bob.Token);
        Assert.Equal(before, await RangeAsync(back, talk.Id, 1, 9));
        Assert.Equal((3, 3), await PositionAsync(back, talk.Id));
    }

    /// <summary>Alice says some things to Bob, and both have heard them.</summary>
    private async Task<Talk> TalkAsync(int messages)
    {
        var talk = new Talk(await _app.NewClientAsync("alice"), await _app.NewClientAsync("bob"));
        for (var i = 1; i <= messages; i++) await talk.Alice.SayAsync(talk.Alice.TextTo(talk.Bob.UserId, $"message {i}"));
        await talk.Alice.TextPushAsync($"message {messages}");
        await talk.Bob.TextPushAsync($"message {messages}");
        return talk;
    }

    private sealed record Talk(OpenImClient Alice, OpenImClient Bob) : IAsyncDisposable
    {
        public string Id { get; } = $"si_{Alice.UserId}_{Bob.UserId}"; // "alice…" comes before "bob…"

        public async ValueTask DisposeAsync()
        {
            await Alice.DisposeAsync();
            await Bob.DisposeAsync();
        }
    }

    private static JsonElement Tips(Pushed push) =>
        JsonDocument.Parse(JsonDocument.Parse(push.Text).RootElement.GetProperty("detail").GetString()!).RootElement;

    private static async Task<PullMsgs?> RangeAsync(OpenImClient client, string id, long begin, long end, long num = 100, PullOrder order = PullOrder.Asc)
    {
        var request = new PullMessageBySeqsReq
        {
            UserID = client.UserId,
            Order = order,
            SeqRanges = { new SeqRange { ConversationID = id, Begin = begin, End = end, Num = num } },
        };
        var reply = await client.AskAsync(Requests.PullMsgBySeqRange, request, PullMessageBySeqsResp.Parser);
        return reply.Msgs.GetValueOrDefault(id) ?? reply.NotificationMsgs.GetValueOrDefault(id);
    }

    private static Task<GetSeqMessageResp> ListAsync(OpenImClient client, string id, long[] seqs, PullOrder order = PullOrder.Asc)
    {
        var request = new GetSeqMessageReq { UserID = client.UserId, Order = order, Conversations = { new ConversationSeqs { ConversationID = id, Seqs = { seqs } } } };
        return client.AskAsync(Requests.PullMsgBySeqList, request, GetSeqMessageResp.Parser);
    }

    private static Task<GetLastMessageResp> LastAsync(OpenImClient client, string id) => client.AskAsync(
        Requests.PullConvLastMessage, new GetLastMessageReq { UserID = client.UserId, ConversationIDs = { id } }, GetLastMessageResp.Parser);

    private static async Task<(long Max, long Read)> PositionAsync(OpenImClient client, string id)
    {
        var request = new GetConversationsHasReadAndMaxSeqReq { UserID = client.UserId, ConversationIDs = { id } };
        var reply = await client.AskAsync(Requests.GetConvMaxReadSeq, request, GetConversationsHasReadAndMaxSeqResp.Parser);
        return (reply.Seqs[id].MaxSeq, reply.Seqs[id].HasReadSeq);
    }

    private static async Task AssertUnreadableAsync(OpenImClient client, string id)
    {
        Assert.Null(await RangeAsync(client, id, 1, 100));
        var list = await ListAsync(client, id, [1, 2]);
        Assert.Empty(list.Msgs);
        Assert.Empty(list.NotificationMsgs);
        Assert.Empty((await LastAsync(client, id)).Msgs);
        var request = new GetConversationsHasReadAndMaxSeqReq { UserID = client.UserId, ConversationIDs = { id } };
        Assert.Empty((await client.AskAsync(Requests.GetConvMaxReadSeq, request, GetConversationsHasReadAndMaxSeqResp.Parser)).Seqs);
        var http = await client.PostAsync("/msg/pull_msg_by_seq", new { userID = client.UserId, seqRanges = new[] { new { conversationID = id, begin = 1, end = 9, num = 9 } } });
        Assert.Equal(JsonValueKind.Null, http.Succeeded().Data.GetProperty("msgs").ValueKind);
        Assert.Equal(JsonValueKind.Null, http.Data.GetProperty("notificationMsgs").ValueKind);
    }
}
