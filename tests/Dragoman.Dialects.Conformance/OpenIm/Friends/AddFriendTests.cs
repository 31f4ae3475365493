using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Friends;

/// <summary><c>/friend/add_friend</c></summary>
[Collection(FriendCollection.Name)]
public sealed class AddFriendTests(FriendServer server) : FriendRouteTest(server)
{
    private const int Application = 1203;

    [Fact]
    public async Task A_request_waits_with_all_that_was_said()
    {
        var users = await App.NewUsersAsync("from", "to");
        (await AskAsync(users[0], users[1], "let me in")).Succeeded();

        var request = Assert.Single(await ReceivedAsync(users[1]));
        Assert.Equal(
            (users[0], $"Nick {users[0]}", users[1], $"Nick {users[1]}", "let me in", "ex"),
            (request.Text("fromUserID"), request.Text("fromNickname"), request.Text("toUserID"), request.Text("toNickname"), request.Text("reqMsg"), request.Text("ex")));
        Assert.Equal((0L, 0L, "", ""), (request.Number("handleResult"), request.Number("handleTime"), request.Text("handlerUserID"), request.Text("handleMsg")));
        Assert.InRange(request.Number("createTime"), 1_700_000_000_000, long.MaxValue);
        Assert.Empty(await FriendsOfAsync(users[0]));
    }

    [Fact]
    public async Task Who_was_asked_and_the_senders_devices_get_1203()
    {
        await using var from = await App.NewClientAsync("from");
        await using var to = await App.NewClientAsync("to");
        (await from.PostAsync("/friend/add_friend", new { fromUserID = from.UserId, toUserID = to.UserId, reqMsg = "hello", ex = "" })).Succeeded();

        foreach (var client in (OpenImClient[])[to, from])
        {
            var tips = await AssertToldAsync(client, Application, from.UserId, to.UserId);
            Assert.Equal((from.UserId, to.UserId), (tips.GetProperty("fromToUserID").Text("fromUserID"), tips.GetProperty("fromToUserID").Text("toUserID")));
            var request = tips.GetProperty("request");
            Assert.Equal((from.UserId, $"Nick {to.UserId}", "hello", 0L), (request.Text("fromUserID"), request.Text("toNickname"), request.Text("reqMsg"), request.Number("handleResult")));
        }

        Assert.True((await to.PushAsync(p => p.Message.ContentType == Application, "1203")).Message.Options["offlinePush"]);
        Assert.DoesNotContain(to.Messages, p => !p.IsNotification);
    }

    [Fact]
    public async Task Asking_again_opens_a_refused_request_again()
    {
        var users = await App.NewUsersAsync("from", "to");
        (await AskAsync(users[0], users[1])).Succeeded();
        (await AnswerAsync(users[1], users[0], result: -1, "no")).Succeeded();
        (await AskAsync(users[0], users[1], "please")).Succeeded();

        var request = Assert.Single(await ReceivedAsync(users[1]));
        Assert.Equal(("please", 0L, ""), (request.Text("reqMsg"), request.Number("handleResult"), request.Text("handleMsg")));
    }

    [Fact]
    public async Task Asking_oneself_answers_1301()
    {
        var user = await App.NewUserAsync("u");

        (await AskAsync(user, user)).Failed(1301, "CanNotAddYourselfError", $"req.ToUserID, {user}=MISSING");
    }

    [Fact]
    public async Task Asking_a_friend_answers_1304()
    {
        var users = await App.NewUsersAsync("a", "b");
        await ImportAsync(users[0], users[1]);

        (await AskAsync(users[0], users[1])).Failed(1304, "RelationshipAlreadyError", "already friends has f");
        (await AskAsync(users[1], users[0])).Failed(1304);
    }

    [Fact]
    public async Task A_friendship_of_one_side_is_no_1304()
    {
        var users = await App.NewUsersAsync("a", "b");
        await ImportAsync(users[0], users[1]);
        await DeleteAsync(users[0], users[1]);

        (await AskAsync(users[0], users[1])).Succeeded();
        (await AskAsync(users[1], users[0])).Succeeded();
    }

    [Fact]
    public async Task Unknown_users_answer_1004()
    {
        var user = await App.NewUserAsync("u");

        (await AskAsync(user, "nobody")).Failed(1004, "RecordNotFoundError");
        (await AskAsync("nobody", user)).Failed(1004, "RecordNotFoundError");
    }

    [Fact]
    public async Task Nobody_asks_for_others()
    {
        var ((_, token), users) = (await App.NewLoginAsync("u"), await App.NewUsersAsync("a", "b"));

        (await App.PostAsync("/friend/add_friend", new { fromUserID = users[0], toUserID = users[1] }, token))
            .Failed(1002, "NoPermissionError", $"ownerUserID, {users[0]}=MISSING");
    }

    [Fact]
    public async Task Missing_ids_answer_1001()
    {
        (await AskAsync("", "")).Failed(1001, "ArgsError", "toUserID is empty");
        (await AskAsync("", "u")).Failed(1001, "ArgsError", "fromUserID is empty");
    }

    [Fact]
    public async Task Words_that_are_too_long_answer_1001()
    {
        var users = await App.NewUsersAsync("from", "to");

        (await AskAsync(users[0], users[1], new string('x', 1024))).Succeeded();
        (await AskAsync(users[0], users[1], new string('x', 1025))).Failed(1001, "ArgsError", "message is too long");
    }

    [Fact]
    public async Task One_request_more_than_may_wait_answers_1001()
    {
        var to = await App.NewUserAsync("to");
        foreach (var from in await App.NewUsersAsync([.. Enumerable.Repeat("from", FriendServer.MaxPendingRequests)]))
            (await AskAsync(from, to)).Succeeded();

        (await AskAsync(await App.NewUserAsync("late"), to)).Failed(1001, "ArgsError", "too many friend requests wait for the other user");
    }
}
