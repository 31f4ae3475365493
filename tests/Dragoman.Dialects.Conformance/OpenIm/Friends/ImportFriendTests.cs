using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Friends;

/// <summary><c>/friend/import_friend</c></summary>
[Collection(FriendCollection.Name)]
public sealed class ImportFriendTests(FriendServer server) : FriendRouteTest(server)
{
    [Fact]
    public async Task Each_is_on_the_others_list_and_the_owner_gets_1201_for_each()
    {
        await using var owner = await App.NewClientAsync("owner");
        var friends = await App.NewUsersAsync("a", "b");
        await ImportAsync(owner.UserId, friends);

        Assert.Equal(friends.Order(StringComparer.Ordinal), (await FriendsOfAsync(owner.UserId)).Order(StringComparer.Ordinal));
        foreach (var friend in friends)
        {
            Assert.Equal([owner.UserId], await FriendsOfAsync(friend));
            var told = await owner.PushAsync(p => p.IsNotification && p.Message.ContentType == 1201 && p.Message.SendID == friend, "1201");
            var tips = TipsOf(told);
            Assert.Equal((owner.UserId, friend), (tips.GetProperty("fromToUserID").Text("fromUserID"), tips.GetProperty("fromToUserID").Text("toUserID")));
            Assert.Equal(System.Text.Json.JsonValueKind.Null, tips.GetProperty("request").ValueKind);
            Assert.Equal(1, (await owner.PushAsync(p => !p.IsNotification && p.Message.SendID == friend, "the visible 1201")).Message.Seq);
        }
    }

    [Fact]
    public async Task Only_the_apps_server_imports()
    {
        var (user, token) = await App.NewLoginAsync("u");

        (await App.PostAsync("/friend/import_friend", new { ownerUserID = user, friendUserIDs = new[] { "b" } }, token))
            .Failed(1002, "NoPermissionError", $"user {user} is not admin userID");
    }

    [Fact]
    public async Task The_owner_among_them_answers_1301()
    {
        var users = await App.NewUsersAsync("owner", "a");

        (await TryImportAsync(users[0], users[1], users[0])).Failed(1301, "CanNotAddYourselfError", "can not add yourself");
        Assert.Empty(await FriendsOfAsync(users[1]));
    }

    [Fact]
    public async Task Somebody_twice_answers_1001_and_somebody_unknown_1004()
    {
        var users = await App.NewUsersAsync("owner", "a");

        (await TryImportAsync(users[0], users[1], users[1])).Failed(1001, "ArgsError", "friend userID repeated");
        (await TryImportAsync(users[0], users[1], "nobody")).Failed(1004, "RecordNotFoundError");
        (await TryImportAsync("nobody", users[1])).Failed(1004, "RecordNotFoundError");
        Assert.Empty(await FriendsOfAsync(users[1]));
    }

    [Fact]
    public async Task A_list_has_room_for_so_many_and_not_for_one_more()
    {
        var owner = await App.NewUserAsync("owner");
        var friends = await App.NewUsersAsync([.. Enumerable.Repeat("f", FriendServer.MaxFriends + 1)]);
        (await TryImportAsync(owner, friends)).Failed(1001, "ArgsError", "too many friends");
        await ImportAsync(owner, friends[..^1]);

        (await TryImportAsync(owner, friends[^1])).Failed(1001, "ArgsError", "too many friends");
        (await TryImportAsync(friends[^1], owner)).Failed(1001, "ArgsError", "the other user has too many friends");
        (await AskAsync(owner, friends[^1])).Failed(1001, "ArgsError", "too many friends");
        (await AskAsync(friends[^1], owner)).Failed(1001, "ArgsError", "the other user has too many friends");
    }

    [Fact]
    public async Task A_bad_list_answers_1001()
    {
        (await App.AdminPostAsync("/friend/import_friend", new { })).Failed(1001, "ArgsError", "ownerUserID is empty");
        (await App.AdminPostAsync("/friend/import_friend", new { ownerUserID = "u" })).Failed(1001, "ArgsError", "friendUserIDS is empty");
        (await TryImportAsync("u", [.. Enumerable.Range(0, 1001).Select(i => $"u{i}")])).Failed(1001, "ArgsError", "friendUserIDS is too long");
    }

    private Task<ApiReply> TryImportAsync(string owner, params string[] friends) =>
        App.AdminPostAsync("/friend/import_friend", new { ownerUserID = owner, friendUserIDs = friends });
}
