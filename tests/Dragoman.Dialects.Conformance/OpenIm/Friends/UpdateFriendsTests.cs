using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Friends;

/// <summary><c>/friend/update_friends</c> and <c>/friend/set_friend_remark</c></summary>
[Collection(FriendCollection.Name)]
public sealed class UpdateFriendsTests(FriendServer server) : FriendRouteTest(server)
{
    private const int RemarkSet = 1206, InfoUpdated = 1210;

    [Fact]
    public async Task What_is_named_changes_and_what_is_null_stays()
    {
        var users = await App.NewUsersAsync("owner", "a", "b");
        await ImportAsync(users[0], users[1], users[2]);
        (await UpdateAsync(users[0], [users[1], users[2]], remark: "r", ex: "e")).Succeeded();
        (await UpdateAsync(users[0], [users[2]], isPinned: true, remark: "")).Succeeded();

        var friends = await InfosAsync(users[0]);
        Assert.Equal([users[2], users[1]], friends.Select(f => f.Id));
        Assert.Equal([("", "e", true), ("r", "e", false)], friends.Select(f => (f.Remark, f.Ex, f.IsPinned)));
    }

    [Fact]
    public async Task An_update_is_1210_to_the_owners_devices_alone()
    {
        await using var owner = await App.NewClientAsync("owner");
        await using var friend = await App.NewClientAsync("friend");
        await ImportAsync(owner.UserId, friend.UserId);
        (await owner.PostAsync("/friend/update_friends", new { ownerUserID = owner.UserId, friendUserIDs = new[] { friend.UserId }, isPinned = true })).Succeeded();

        var tips = await AssertToldAsync(owner, InfoUpdated, owner.UserId, owner.UserId);
        Assert.Equal([friend.UserId], tips.GetProperty("friendIDs").Texts());
        Assert.Equal(owner.UserId, tips.GetProperty("fromToUserID").Text("toUserID"));
        Assert.Equal((await IncrementAsync(owner.UserId)).Number("version"), tips.Number("friendVersion"));
        (await AskAsync(owner.UserId, await App.NewUserAsync("fence"))).Succeeded();
        await owner.PushAsync(p => p.Message.ContentType == 1203, "the fence");
        Assert.DoesNotContain(friend.Messages, p => p.Message.ContentType == InfoUpdated);
    }

    [Fact]
    public async Task A_remark_is_1206_to_the_owners_devices()
    {
        await using var owner = await App.NewClientAsync("owner");
        var friend = await App.NewUserAsync("friend");
        await ImportAsync(owner.UserId, friend);
        (await RemarkAsync(owner.UserId, friend, "pal")).Succeeded();

        var tips = await AssertToldAsync(owner, RemarkSet, owner.UserId, owner.UserId);
        Assert.Equal((owner.UserId, friend), (tips.GetProperty("fromToUserID").Text("fromUserID"), tips.GetProperty("fromToUserID").Text("toUserID")));
        Assert.Equal("pal", Assert.Single(await InfosAsync(owner.UserId)).Remark);
    }

    [Fact]
    public async Task Strangers_answer_1004_and_nothing_changes()
    {
        var users = await App.NewUsersAsync("owner", "a", "b");
        await ImportAsync(users[0], users[1]);

        (await UpdateAsync(users[0], [users[1], users[2]], remark: "r")).Failed(1004, "RecordNotFoundError");
        (await RemarkAsync(users[0], users[2], "r")).Failed(1004, "RecordNotFoundError");
        Assert.Equal("", Assert.Single(await InfosAsync(users[0])).Remark);
    }

    [Fact]
    public async Task Nobody_updates_the_list_of_others()
    {
        var ((user, token), owner) = (await App.NewLoginAsync("u"), await App.NewUserAsync("owner"));
        await ImportAsync(owner, user);

        (await App.PostAsync("/friend/update_friends", new { ownerUserID = owner, friendUserIDs = new[] { user }, remark = "r" }, token)).Failed(1002, "NoPermissionError");
        (await App.PostAsync("/friend/set_friend_remark", new { ownerUserID = owner, friendUserID = user, remark = "r" }, token)).Failed(1002, "NoPermissionError");
    }

    [Fact]
    public async Task A_bad_list_answers_1001()
    {
        var ids = Enumerable.Range(0, 1001).Select(i => $"u{i}").ToArray();

        (await App.AdminPostAsync("/friend/update_friends", new { })).Failed(1001, "ArgsError", "ownerUserID is empty");
        (await App.AdminPostAsync("/friend/update_friends", new { ownerUserID = "u" })).Failed(1001, "ArgsError", "friendUserIDs is empty");
        (await UpdateAsync("u", [])).Failed(1001, "ArgsError", "friendIDList is empty");
        (await UpdateAsync("u", ["a", "a"])).Failed(1001, "ArgsError", "friendIDList repeated");
        (await UpdateAsync("u", ids)).Failed(1001, "ArgsError", "friendIDList is too long");
        (await UpdateAsync("u", ids[..1000])).Failed(1004);
    }

    [Fact]
    public async Task A_bad_remark_answers_1001()
    {
        var users = await App.NewUsersAsync("owner", "a");
        await ImportAsync(users[0], users[1]);

        (await RemarkAsync("", "")).Failed(1001, "ArgsError", "ownerUserID is empty");
        (await RemarkAsync("u", "")).Failed(1001, "ArgsError", "fromUserID is empty");
        (await RemarkAsync(users[0], users[1], new string('r', 400))).Succeeded();
        (await RemarkAsync(users[0], users[1], new string('r', 401))).Failed(1001, "ArgsError", "remark is too long");
        (await UpdateAsync(users[0], [users[1]], ex: new string('e', 4097))).Failed(1001, "ArgsError", "extra is too long");
    }

    private Task<ApiReply> UpdateAsync(string owner, string[] friends, bool? isPinned = null, string? remark = null, string? ex = null) =>
        App.AdminPostAsync("/friend/update_friends", new { ownerUserID = owner, friendUserIDs = friends, isPinned, remark, ex });

    private Task<ApiReply> RemarkAsync(string owner, string friend, string remark = "") =>
        App.AdminPostAsync("/friend/set_friend_remark", new { ownerUserID = owner, friendUserID = friend, remark });

    private async Task<(string Id, string Remark, string Ex, bool IsPinned)[]> InfosAsync(string owner)
    {
        var reply = await App.AdminPostAsync("/friend/get_friend_list", new { userID = owner, pagination = Page() });
        return [.. reply.Succeeded().Data.GetProperty("friendsInfo").Items()
            .Select(f => (f.GetProperty("friendUser").Text("userID"), f.Text("remark"), f.Text("ex"), f.Flag("isPinned")))];
    }
}
