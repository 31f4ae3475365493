using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Protos;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Friends;

/// <summary><c>/friend/add_friend_response</c></summary>
[Collection(FriendCollection.Name)]
public sealed class AddFriendResponseTests(FriendServer server) : FriendRouteTest(server)
{
    private const int Approved = 1201, Rejected = 1202;

    [Fact]
    public async Task A_yes_puts_each_on_the_others_list()
    {
        var users = await App.NewUsersAsync("from", "to");
        (await AskAsync(users[0], users[1])).Succeeded();
        (await AnswerAsync(users[1], users[0])).Succeeded();

        Assert.Equal([users[1]], await FriendsOfAsync(users[0]));
        Assert.Equal([users[0]], await FriendsOfAsync(users[1]));
        var request = Assert.Single(await ReceivedAsync(users[1]));
        Assert.Equal((1L, "ok", OpenImAppClient.Admin), (request.Number("handleResult"), request.Text("handleMsg"), request.Text("handlerUserID")));
        Assert.InRange(request.Number("handleTime"), request.Number("createTime"), long.MaxValue);
    }

    [Fact]
    public async Task A_yes_is_1201_on_the_channel_and_a_message_that_begins_the_chat()
    {
        await using var from = await App.NewClientAsync("from");
        await using var to = await App.NewClientAsync("to");
        (await AskAsync(from.UserId, to.UserId)).Succeeded();
        (await to.PostAsync("/friend/add_friend_response", new { fromUserID = from.UserId, toUserID = to.UserId, handleResult = 1, handleMsg = "come in" })).Succeeded();

        foreach (var client in (OpenImClient[])[from, to])
        {
            var tips = await AssertToldAsync(client, Approved, to.UserId, from.UserId);
            Assert.Equal(("come in", from.UserId), (tips.Text("handleMsg"), tips.GetProperty("fromToUserID").Text("fromUserID")));
            Assert.Equal((1L, to.UserId), (tips.GetProperty("request").Number("handleResult"), tips.GetProperty("request").Text("handlerUserID")));

            var visible = await client.PushAsync(p => !p.IsNotification && p.Message.ContentType == Approved, "the visible 1201");
            Assert.StartsWith("si_", visible.ConversationId, StringComparison.Ordinal);
            Assert.Equal((1L, to.UserId, from.UserId), (visible.Message.Seq, visible.Message.SendID, visible.Message.RecvID));
            Assert.Equal(["offlinePush", "unreadCount"], visible.Message.Options.Keys.Order());
            Assert.True(visible.Message.Options["unreadCount"] && visible.Message.Options["offlinePush"]);
        }

        var channelCopy = (await from.PushAsync(p => p.IsNotification && p.Message.ContentType == Approved, "1201")).Message;
        Assert.True(channelCopy.Options["isSendMsg"]);
        Assert.False(channelCopy.Options["offlinePush"] || channelCopy.Options["unreadCount"]);
    }

    [Fact]
    public async Task A_yes_is_there_for_who_comes_back_and_read_by_who_said_it()
    {
        await using var from = await App.NewClientAsync("from");
        await using var to = await App.NewClientAsync("to");
        await from.LeaveAsync();
        (await AskAsync(from.UserId, to.UserId)).Succeeded();
        (await AnswerAsync(to.UserId, from.UserId)).Succeeded();

        await using var again = await App.ConnectAsync(from.UserId, from.Token);
        foreach (var (client, read) in ((OpenImClient, long)[])[(again, 0), (to, 1)])
        {
            var seqs = await client.AskAsync(
                Requests.GetConvMaxReadSeq, new GetConversationsHasReadAndMaxSeqReq { UserID = client.UserId }, GetConversationsHasReadAndMaxSeqResp.Parser);
            var (id, state) = Assert.Single(seqs.Seqs);
            Assert.Equal((1L, read), (state.MaxSeq, state.HasReadSeq));

            var asked = new PullMessageBySeqsReq { UserID = client.UserId, SeqRanges = { new SeqRange { ConversationID = id, Begin = 1, End = 1, Num = 1 } } };
            var pulled = await client.AskAsync(Requests.PullMsgBySeqRange, asked, PullMessageBySeqsResp.Parser);
            Assert.Equal(Approved, Assert.Single(pulled.Msgs[id].Msgs).ContentType);
        }
    }

    [Fact]
    public async Task A_yes_answers_the_request_the_other_way_round()
    {
        var users = await App.NewUsersAsync("a", "b");
        (await AskAsync(users[0], users[1])).Succeeded();
        (await AskAsync(users[1], users[0])).Succeeded();
        (await AnswerAsync(users[1], users[0])).Succeeded();

        Assert.Equal(1, Assert.Single(await ReceivedAsync(users[0])).Number("handleResult"));
    }

    [Fact]
    public async Task A_no_is_1202_and_changes_no_list()
    {
        await using var from = await App.NewClientAsync("from");
        await using var to = await App.NewClientAsync("to");
        (await AskAsync(from.UserId, to.UserId)).Succeeded();
        (await to.PostAsync("/friend/add_friend_response", new { fromUserID = from.UserId, toUserID = to.UserId, handleResult = -1, handleMsg = "sorry" })).Succeeded();

        var tips = await AssertToldAsync(from, Rejected, to.UserId, from.UserId);
        Assert.Equal(("sorry", -1L), (tips.Text("handleMsg"), tips.GetProperty("request").Number("handleResult")));
        Assert.Empty(await FriendsOfAsync(from.UserId));
        Assert.DoesNotContain(from.Messages, p => !p.IsNotification);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_second_no_answers_1305_and_a_second_yes_1001(int first)
    {
        var users = await App.NewUsersAsync("from", "to");
        (await AskAsync(users[0], users[1])).Succeeded();
        (await AnswerAsync(users[1], users[0], first)).Succeeded();

        (await AnswerAsync(users[1], users[0], result: -1)).Failed(1305, "FriendRequestHandled");
        (await AnswerAsync(users[1], users[0], result: 1)).Failed(1001, "ArgsError", "the friend request has been processed");
    }

    [Fact]
    public async Task What_was_never_asked_answers_1004()
    {
        var users = await App.NewUsersAsync("from", "to");

        (await AnswerAsync(users[1], users[0])).Failed(1004, "RecordNotFoundError");
        (await AnswerAsync(users[1], users[0], result: -1)).Failed(1004, "RecordNotFoundError");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-2)]
    public async Task Another_answer_than_yes_or_no_answers_1001(int result)
    {
        var users = await App.NewUsersAsync("from", "to");
        (await AskAsync(users[0], users[1])).Succeeded();

        (await AnswerAsync(users[1], users[0], result)).Failed(1001, "ArgsError", "req.HandleResult != -1/1");
    }

    [Fact]
    public async Task Who_asked_does_not_answer()
    {
        var ((from, token), to) = (await App.NewLoginAsync("from"), await App.NewUserAsync("to"));
        (await AskAsync(from, to)).Succeeded();

        (await App.PostAsync("/friend/add_friend_response", new { fromUserID = from, toUserID = to, handleResult = 1 }, token))
            .Failed(1002, "NoPermissionError", $"ownerUserID, {to}=MISSING");
    }

    [Fact]
    public async Task Missing_ids_answer_1001()
    {
        (await AnswerAsync("", "")).Failed(1001, "ArgsError", "toUserID is empty");
        (await AnswerAsync("u", "")).Failed(1001, "ArgsError", "fromUserID is empty");
    }
}
