using System.Text.Json;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Friends;

/// <summary><c>get_friend_apply_list</c>, <c>get_self_friend_apply_list</c>, <c>get_designated_friend_apply</c>, <c>get_self_unhandled_apply_count</c></summary>
[Collection(FriendCollection.Name)]
public sealed class FriendApplyListTests(FriendServer server) : FriendRouteTest(server)
{
    [Fact]
    public async Task Received_requests_come_newest_first_under_a_capital_name()
    {
        var (to, senders) = await GivenRequestsAsync();

        var data = (await ListAsync("get_friend_apply_list", to, [], 1, 2)).Succeeded();
        Assert.True(data.Data.TryGetProperty("FriendRequests", out var first));
        Assert.False(data.Data.TryGetProperty("friendRequests", out _));
        Assert.Equal([senders[2], senders[1]], first.Items().Select(r => r.Text("fromUserID")));
        Assert.Equal(3, data.Data.Number("total"));
        var second = (await ListAsync("get_friend_apply_list", to, [], 2, 2)).Succeeded().Data.GetProperty("FriendRequests");
        Assert.Equal([senders[0]], second.Items().Select(r => r.Text("fromUserID")));
    }

    [Fact]
    public async Task Requests_are_chosen_by_how_they_were_answered()
    {
        var (to, senders) = await GivenRequestsAsync();
        (await AnswerAsync(to, senders[0])).Succeeded();
        (await AnswerAsync(to, senders[1], result: -1)).Succeeded();

        Assert.Equal([senders[2]], Senders(await ReceivedAsync(to, 0)));
        Assert.Equal([senders[0]], Senders(await ReceivedAsync(to, 1)));
        Assert.Equal([senders[1], senders[0]], Senders(await ReceivedAsync(to, 1, -1)));
        Assert.Empty(await ReceivedAsync(to, 7));
        Assert.Equal(3, (await ReceivedAsync(to)).Length);
    }

    [Fact]
    public async Task Sent_requests_are_listed_for_who_sent_them()
    {
        var users = await App.NewUsersAsync("from", "a", "b");
        (await AskAsync(users[0], users[1])).Succeeded();
        Server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await AskAsync(users[0], users[2])).Succeeded();
        (await AnswerAsync(users[1], users[0])).Succeeded();

        var data = (await ListAsync("get_self_friend_apply_list", users[0], [])).Succeeded().Data;
        Assert.Equal([users[2], users[1]], data.GetProperty("friendRequests").Items().Select(r => r.Text("toUserID")));
        Assert.Equal(2, data.Number("total"));
        var pending = (await ListAsync("get_self_friend_apply_list", users[0], [0])).Succeeded().Data;
        Assert.Equal([users[2]], pending.GetProperty("friendRequests").Items().Select(r => r.Text("toUserID")));
        Assert.Equal(1, pending.Number("total"));
    }

    [Fact]
    public async Task Both_directions_of_a_pair_are_shown_to_either_of_the_two()
    {
        var ((one, oneToken), (other, otherToken)) = (await App.NewLoginAsync("one"), await App.NewLoginAsync("other"));
        (await AskAsync(one, other, "there")).Succeeded();
        (await AskAsync(other, one, "back")).Succeeded();

        foreach (var token in (string[])[oneToken, otherToken])
        {
            var reply = await App.PostAsync("/friend/get_designated_friend_apply", new { fromUserID = one, toUserID = other }, token);
            Assert.Equal(["there", "back"], reply.Succeeded().Data.GetProperty("friendRequests").Items().Select(r => r.Text("reqMsg")));
        }

        (await App.AdminPostAsync("/friend/get_designated_friend_apply", new { })).Failed(1001, "ArgsError", "ownerUserID is empty");
        (await App.AdminPostAsync("/friend/get_designated_friend_apply", new { fromUserID = "u" })).Failed(1001, "ArgsError", "toUserID is empty");
    }

    [Fact]
    public async Task What_waits_is_counted_from_a_time_on()
    {
        var (to, senders) = await GivenRequestsAsync();
        var newest = (await ReceivedAsync(to))[0].Number("createTime");
        (await AnswerAsync(to, senders[0], result: -1)).Succeeded();

        Assert.Equal((2, 1, 0), (await CountAsync(to, 0), await CountAsync(to, newest), await CountAsync(to, newest + 1)));
    }

    private async Task<(string To, string[] Senders)> GivenRequestsAsync()
    {
        var users = await App.NewUsersAsync("to", "a", "b", "c");
        foreach (var sender in users[1..])
        {
            Server.Clock.Advance(TimeSpan.FromMilliseconds(1));
            (await AskAsync(sender, users[0])).Succeeded();
        }

        return (users[0], users[1..]);
    }

    private static IEnumerable<string> Senders(JsonElement[] requests) => requests.Select(r => r.Text("fromUserID"));

    private Task<Host.ApiReply> ListAsync(string route, string user, int[] results, int page = 1, int size = 100) =>
        App.AdminPostAsync($"/friend/{route}", new { userID = user, handleResults = results, pagination = Page(page, size) });

    private async Task<long> CountAsync(string user, long since) =>
        (await App.AdminPostAsync("/friend/get_self_unhandled_apply_count", new { userID = user, time = since })).Succeeded().Data.Number("count");
}
