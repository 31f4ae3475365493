using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Friends;

/// <summary><c>/friend/delete_friend</c></summary>
[Collection(FriendCollection.Name)]
public sealed class DeleteFriendTests(FriendServer server) : FriendRouteTest(server)
{
    [Fact]
    public async Task Only_the_owners_list_loses_a_friend_and_both_get_1205()
    {
        await using var owner = await App.NewClientAsync("owner");
        await using var friend = await App.NewClientAsync("friend");
        await ImportAsync(owner.UserId, friend.UserId);
        (await owner.PostAsync("/friend/delete_friend", new { ownerUserID = owner.UserId, friendUserID = friend.UserId })).Succeeded();

        Assert.Empty(await FriendsOfAsync(owner.UserId));
        Assert.Equal([owner.UserId], await FriendsOfAsync(friend.UserId));
        var now = await IncrementAsync(owner.UserId);
        foreach (var client in (OpenImClient[])[owner, friend])
        {
            var tips = await AssertToldAsync(client, 1205, owner.UserId, friend.UserId);
            Assert.Equal((owner.UserId, friend.UserId), (tips.GetProperty("fromToUserID").Text("fromUserID"), tips.GetProperty("fromToUserID").Text("toUserID")));
            Assert.Equal((now.Number("version"), now.Text("versionID")), (tips.Number("friendVersion"), tips.Text("friendVersionID")));
        }
    }

    [Fact]
    public async Task A_stranger_answers_1004()
    {
        var users = await App.NewUsersAsync("a", "b");
        await ImportAsync(users[0], users[1]);
        await DeleteAsync(users[0], users[1]);

        (await App.AdminPostAsync("/friend/delete_friend", new { ownerUserID = users[0], friendUserID = users[1] })).Failed(1004, "RecordNotFoundError");
    }

    [Fact]
    public async Task Nobody_deletes_from_the_list_of_others()
    {
        var ((user, token), owner) = (await App.NewLoginAsync("u"), await App.NewUserAsync("owner"));
        await ImportAsync(owner, user);

        (await App.PostAsync("/friend/delete_friend", new { ownerUserID = owner, friendUserID = user }, token)).Failed(1002, "NoPermissionError");
    }

    [Fact]
    public async Task Missing_ids_answer_1001()
    {
        (await App.AdminPostAsync("/friend/delete_friend", new { })).Failed(1001, "ArgsError", "userID1 is empty");
        (await App.AdminPostAsync("/friend/delete_friend", new { ownerUserID = "u" })).Failed(1001, "ArgsError", "userID2 is empty");
    }
}
