using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Webhooks;

/// <summary>Section 14, what is asked before and told after something happens between two users.</summary>
public sealed class FriendWebhookTests(WebhookServer server) : IClassFixture<WebhookServer>
{
    private readonly OpenImAppClient _app = server.Demo;
    private readonly WebhookReceiver _hooks = server.Receiver;

    [Fact]
    public async Task A_request_and_its_answer_are_asked_about_and_told()
    {
        var users = await _app.NewUsersAsync("from", "to");
        (await _app.AdminPostAsync("/friend/add_friend", new { fromUserID = users[0], toUserID = users[1], reqMsg = "hello", ex = "more" })).Succeeded();
        (await _app.AdminPostAsync("/friend/add_friend_response", new { fromUserID = users[0], toUserID = users[1], handleResult = 1, handleMsg = "fine" })).Succeeded();

        Assert.Equal("more", (await _hooks.AboutAsync("callbackBeforeAddFriendCommand", users[0])).String("ex"));
        var told = await _hooks.AboutAsync("callbackAfterAddFriendCommand", users[0]);
        Assert.Equal((users[0], users[1], "hello"), (told.String("fromUserID"), told.String("toUserID"), told.String("reqMsg")));
        foreach (var command in (string[])["callbackBeforeAddFriendAgreeCommand", "callbackAfterAddFriendAgreeCommand"])
        {
            var call = await _hooks.AboutAsync(command, users[0]);
            Assert.Equal((users[0], users[1], 1, "fine"), (call.String("fromUserID"), call.String("blackUserID"), call.Number("HandleResult"), call.String("HandleMsg")));
        }
    }

    [Fact]
    public async Task A_remark_is_changed_and_told_as_it_became()
    {
        var users = await BefriendAsync();
        _hooks.AnswerAbout("callbackBeforeSetFriendRemarkCommand", users[0], new { remark = "better" });

        (await _app.AdminPostAsync("/friend/set_friend_remark", new { ownerUserID = users[0], friendUserID = users[1], remark = "worse" })).Succeeded();

        Assert.Equal("worse", (await _hooks.AboutAsync("callbackBeforeSetFriendRemarkCommand", users[0])).String("remark"));
        var told = await _hooks.AboutAsync("callbackAfterSetFriendRemarkCommand", users[0]);
        Assert.Equal((users[0], users[1], "better"), (told.String("ownerUserID"), told.String("friendUserID"), told.String("remark")));
    }

    [Fact]
    public async Task Other_friends_are_imported_than_were_asked_for()
    {
        var users = await _app.NewUsersAsync("owner", "one", "two");
        _hooks.AnswerAbout("callbackBeforeImportFriendsCommand", users[0], new { friendUserIDs = new[] { users[2] } });

        (await _app.AdminPostAsync("/friend/import_friend", new { ownerUserID = users[0], friendUserIDs = new[] { users[1] } })).Succeeded();

        Assert.Contains(users[1], (await _hooks.AboutAsync("callbackBeforeImportFriendsCommand", users[0])).Text);
        var told = await _hooks.AboutAsync("callbackAfterImportFriendsCommand", users[0]);
        Assert.Equal([users[2]], told.Body.GetProperty("friendUserIDs").EnumerateArray().Select(e => e.GetString()));
    }

    [Fact]
    public async Task A_lost_friend_and_an_ended_block_are_told()
    {
        var users = await BefriendAsync();
        (await _app.AdminPostAsync("/friend/delete_friend", new { ownerUserID = users[0], friendUserID = users[1] })).Succeeded();
        (await _app.AdminPostAsync("/friend/add_black", new { ownerUserID = users[0], blackUserID = users[1] })).Succeeded();
        (await _app.AdminPostAsync("/friend/remove_black", new { ownerUserID = users[0], blackUserID = users[1] })).Succeeded();

        Assert.Equal(users[1], (await _hooks.AboutAsync("callbackAfterDeleteFriendCommand", users[0])).String("friendUserID"));
        Assert.Equal(users[1], (await _hooks.AboutAsync("callbackBeforeAddBlackCommand", users[0])).String("blackUserID"));
        Assert.Equal(users[1], (await _hooks.AboutAsync("callbackAfterRemoveBlackCommand", users[0])).String("blackUserID"));
    }

    [Theory]
    [InlineData("callbackBeforeAddFriendCommand", "/friend/add_friend")]
    [InlineData("callbackBeforeAddFriendAgreeCommand", "/friend/add_friend_response")]
    [InlineData("callbackBeforeSetFriendRemarkCommand", "/friend/set_friend_remark")]
    [InlineData("callbackBeforeImportFriendsCommand", "/friend/import_friend")]
    [InlineData("callbackBeforeAddBlackCommand", "/friend/add_black")]
    public async Task A_refusal_reaches_the_caller(string command, string route)
    {
        var users = await _app.NewUsersAsync("from", "to");
        _hooks.AnswerAbout(command, users[0], new { actionCode = 0, nextCode = 1, errCode = 20001, errMsg = "not today" });

        var reply = await _app.AdminPostAsync(route, new
        {
            fromUserID = users[0],
            toUserID = users[1],
            handleResult = 1,
            ownerUserID = users[0],
            friendUserID = users[1],
            blackUserID = users[1],
            friendUserIDs = new[] { users[1] },
            remark = "x",
        });

        reply.Failed(20001, "not today");
    }

    private async Task<string[]> BefriendAsync()
    {
        var users = await _app.NewUsersAsync("owner", "friend");
        (await _app.AdminPostAsync("/friend/import_friend", new { ownerUserID = users[0], friendUserIDs = new[] { users[1] } })).Succeeded();
        return users;
    }
}
