using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Ids;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Friends;

/// <summary><c>get_friend_list</c>, <c>get_friend_id</c>, <c>get_full_friend_user_ids</c>, <c>get_designated_friends</c>, <c>get_specified_friends_info</c>, <c>is_friend</c></summary>
[Collection(FriendCollection.Name)]
public sealed class FriendListRoutesTests(FriendServer server) : FriendRouteTest(server)
{
    [Fact]
    public async Task A_friend_is_listed_with_his_profile()
    {
        var owner = await App.NewUserAsync("owner");
        var friend = AppUser();
        (await App.AdminPostAsync("/user/user_register", new { users = new[] { new { userID = friend, nickname = "Nick", faceURL = "face", ex = "ex" } } })).Succeeded();
        var before = Server.Clock.GetUtcNow().ToUnixTimeSeconds();
        await ImportAsync(owner, friend);

        var info = Assert.Single((await ListAsync(owner)).Items());
        Assert.Equal((owner, "", 1L, OpenImAppClient.Admin, "", false),
            (info.Text("ownerUserID"), info.Text("remark"), info.Number("addSource"), info.Text("operatorUserID"), info.Text("ex"), info.Flag("isPinned")));
        Assert.InRange(info.Number("createTime"), before, before + 3600); // seconds
        var user = info.GetProperty("friendUser");
        Assert.Equal((friend, "Nick", "face", "ex"), (user.Text("userID"), user.Text("nickname"), user.Text("faceURL"), user.Text("ex")));
    }

    [Fact]
    public async Task A_friend_by_application_has_source_2_and_who_asked_as_operator()
    {
        var users = await App.NewUsersAsync("from", "to");
        (await AskAsync(users[0], users[1])).Succeeded();
        (await AnswerAsync(users[1], users[0])).Succeeded();

        foreach (var owner in users)
        {
            var info = Assert.Single((await ListAsync(owner)).Items());
            Assert.Equal((2L, users[0]), (info.Number("addSource"), info.Text("operatorUserID")));
        }
    }

    [Fact]
    public async Task Pages_come_in_order_and_only_the_last_is_short()
    {
        var users = await App.NewUsersAsync("owner", "a", "b", "c");
        foreach (var friend in users[1..])
        {
            Server.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await ImportAsync(users[0], friend);
        }

        (await App.AdminPostAsync("/friend/update_friends", new { ownerUserID = users[0], friendUserIDs = new[] { users[3] }, isPinned = true })).Succeeded();
        var pages = new List<string[]>();
        for (var page = 1; page <= 3; page++)
        {
            var data = (await App.AdminPostAsync("/friend/get_friend_list", new { userID = users[0], pagination = Page(page, 2) })).Succeeded().Data;
            Assert.Equal(3, data.Number("total"));
            pages.Add([.. data.GetProperty("friendsInfo").Items().Select(f => f.GetProperty("friendUser").Text("userID"))]);
        }

        Assert.Equal([[users[3], users[1]], [users[2]], []], pages);
    }

    [Fact]
    public async Task Ids_come_in_the_order_of_the_list_unless_the_client_has_them()
    {
        var users = await App.NewUsersAsync("owner", "a", "b");
        await ImportAsync(users[0], users[1], users[2]);
        var expected = await FriendsOfAsync(users[0]);

        var ids = (await App.AdminPostAsync("/friend/get_friend_id", new { userID = users[0] })).Succeeded().Data.GetProperty("friendIDs").Texts();
        Assert.Equal(expected, ids);
        var full = await FullIdsAsync(users[0], 0);
        Assert.Equal(expected, full.GetProperty("userIDs").Texts());
        Assert.False(full.Flag("equal"));
        var equal = await FullIdsAsync(users[0], IdHash.Of(expected));
        Assert.True(equal.Flag("equal"));
        Assert.Empty(equal.GetProperty("userIDs").Texts());
        var head = await IncrementAsync(users[0]);
        Assert.Equal((head.Number("version"), head.Text("versionID")), (full.Number("version"), full.Text("versionID")));
        Assert.True((await FullIdsAsync(await App.NewUserAsync("lonely"), 0)).Flag("equal"));
    }

    [Fact]
    public async Task Named_friends_come_as_they_are_named_and_strangers_not_at_all()
    {
        var users = await App.NewUsersAsync("owner", "a", "b", "stranger");
        await ImportAsync(users[0], users[1], users[2]);

        var infos = (await DesignatedAsync(users[0], [users[2], users[3], users[1]])).Succeeded().Data.GetProperty("friendsInfo").Items();
        Assert.Equal([users[2], users[1]], infos.Select(f => f.GetProperty("friendUser").Text("userID")));
        (await DesignatedAsync(users[0], [])).Succeeded();
        (await DesignatedAsync(users[0], [users[1], users[1]])).Failed(1001, "ArgsError", "friend userID repeated");
        (await DesignatedAsync(users[0], [.. Enumerable.Range(0, 1001).Select(i => $"u{i}")])).Failed(1001, "ArgsError", "friendUserIDS is too long");
        (await App.AdminPostAsync("/friend/get_designated_friends", new { ownerUserID = "u" })).Failed(1001, "ArgsError", "friendUserIDS is empty");
        (await App.AdminPostAsync("/friend/get_designated_friends", new { })).Failed(1001, "ArgsError", "ownerUserID is empty");
    }

    [Fact]
    public async Task Named_users_come_with_what_the_owner_noted_about_them()
    {
        var users = await App.NewUsersAsync("owner", "friend", "blocked", "both", "stranger");
        await ImportAsync(users[0], users[1], users[3]);
        await BlockAsync(users[0], users[2]);
        await BlockAsync(users[0], users[3]);

        var infos = (await SpecifiedAsync(users[0], [.. users[1..], "nobody"])).Succeeded().Data.GetProperty("infos").Items().ToArray();
        Assert.Equal(users[1..], infos.Select(i => i.GetProperty("userInfo").Text("userID")));
        Assert.Equal([true, false, true, false], infos.Select(i => i.GetProperty("friendInfo").ValueKind != System.Text.Json.JsonValueKind.Null));
        Assert.Equal([false, true, true, false], infos.Select(i => i.GetProperty("blackInfo").ValueKind != System.Text.Json.JsonValueKind.Null));
        var both = infos[2];
        Assert.Equal(users[3], both.GetProperty("friendInfo").GetProperty("friendUser").Text("userID"));
        Assert.Equal(users[3], both.GetProperty("blackInfo").GetProperty("blackUserInfo").Text("userID"));
        Assert.InRange(both.GetProperty("friendInfo").Number("createTime"), 1_700_000_000_000, long.MaxValue); // milliseconds
        Assert.InRange(both.GetProperty("blackInfo").Number("createTime"), 1_700_000_000_000, long.MaxValue);
    }

    [Fact]
    public async Task A_bad_list_of_named_users_answers_1001()
    {
        var ids = Enumerable.Range(0, 1001).Select(i => $"u{i}").ToArray();

        (await App.AdminPostAsync("/friend/get_specified_friends_info", new { })).Failed(1001, "ArgsError", "ownerUserID is empty");
        (await App.AdminPostAsync("/friend/get_specified_friends_info", new { ownerUserID = "u" })).Failed(1001, "ArgsError", "userIDList is empty");
        (await SpecifiedAsync("u", ["a", "a"])).Failed(1001, "ArgsError", "userIDList repeated");
        (await SpecifiedAsync("u", ids)).Failed(1001, "ArgsError", "userIDList is too long");
        (await SpecifiedAsync("u", ids[..1000])).Succeeded();
    }

    [Fact]
    public async Task Two_are_asked_in_both_directions()
    {
        var ((one, token), users) = (await App.NewLoginAsync("one"), await App.NewUsersAsync("other", "third"));
        await ImportAsync(one, users[0]);
        await DeleteAsync(users[0], one);

        var reply = (await App.PostAsync("/friend/is_friend", new { userID1 = one, userID2 = users[0] }, token)).Succeeded().Data;
        Assert.Equal((true, false), (reply.Flag("inUser1Friends"), reply.Flag("inUser2Friends")));
        reply = (await App.PostAsync("/friend/is_friend", new { userID1 = users[0], userID2 = one }, token)).Succeeded().Data;
        Assert.Equal((false, true), (reply.Flag("inUser1Friends"), reply.Flag("inUser2Friends")));
        (await App.PostAsync("/friend/is_friend", new { userID1 = users[0], userID2 = users[1] }, token)).Failed(1002, "NoPermissionError");
        (await App.PostAsync("/friend/is_friend", new { userID2 = one }, token)).Failed(1001, "ArgsError", "userID1 is empty");
        (await App.PostAsync("/friend/is_friend", new { userID1 = one }, token)).Failed(1001, "ArgsError", "userID2 is empty");
    }

    [Fact]
    public async Task The_javascript_sdk_gets_the_friend_beside_the_conversation()
    {
        await using var owner = await App.NewClientAsync("owner");
        var users = await App.NewUsersAsync("friend", "stranger");
        await ImportAsync(owner.UserId, users[0]);
        (await App.AdminPostAsync("/friend/set_friend_remark", new { ownerUserID = owner.UserId, friendUserID = users[0], remark = "pal" })).Succeeded();
        await owner.SayAsync(owner.TextTo(users[0], "hello"));
        await owner.SayAsync(owner.TextTo(users[1], "hello"));

        var reply = await owner.PostAsync("/jssdk/get_active_conversations", new { ownerUserID = owner.UserId, count = 10 });
        var friendOf = reply.Succeeded().Data.GetProperty("conversations").Items()
            .ToDictionary(c => c.GetProperty("user").Text("userID"), c => c.GetProperty("friend"));
        Assert.Equal(("pal", users[0]), (friendOf[users[0]].Text("remark"), friendOf[users[0]].Text("friendUserID")));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, friendOf[users[1]].ValueKind);
    }

    [Theory]
    [InlineData("get_friend_list")]
    [InlineData("get_friend_id")]
    [InlineData("get_full_friend_user_ids")]
    [InlineData("get_incremental_friends")]
    [InlineData("get_designated_friends")]
    [InlineData("get_specified_friends_info")]
    [InlineData("get_friend_apply_list")]
    [InlineData("get_self_friend_apply_list")]
    [InlineData("get_self_unhandled_apply_count")]
    [InlineData("get_designated_friend_apply")]
    [InlineData("get_black_list")]
    [InlineData("get_specified_blacks")]
    [InlineData("get_incremental_blacks")]
    public async Task Nobody_reads_what_others_noted(string route)
    {
        var ((_, token), other) = (await App.NewLoginAsync("u"), await App.NewUserAsync("other"));
        string[] list = ["u"];

        (await App.PostAsync($"/friend/{route}", new
        {
            userID = other,
            ownerUserID = other,
            fromUserID = other,
            toUserID = other,
            friendUserIDs = list,
            userIDList = list,
            pagination = Page(),
        }, token)).Failed(1002, "NoPermissionError", $"ownerUserID, {other}=MISSING");
    }

    [Theory]
    [InlineData("get_friend_list")]
    [InlineData("get_friend_apply_list")]
    [InlineData("get_self_friend_apply_list")]
    [InlineData("get_black_list")]
    public async Task Pages_that_cannot_be_answer_1001(string route)
    {
        (await App.AdminPostAsync($"/friend/{route}", new { userID = "u" })).Failed(1001, "ArgsError", "pagination is empty");
        (await App.AdminPostAsync($"/friend/{route}", new { userID = "u", pagination = Page(0) })).Failed(1001, "ArgsError", "pageNumber is invalid");
        (await App.AdminPostAsync($"/friend/{route}", new { userID = "u", pagination = Page(1, 0) })).Failed(1001, "ArgsError", "showNumber is invalid");
        (await App.AdminPostAsync($"/friend/{route}", new { pagination = Page() })).Failed(1001, "ArgsError", "userID is empty");
        (await App.AdminPostAsync($"/friend/{route}", new { userID = "u", pagination = Page(int.MaxValue, int.MaxValue) })).Succeeded();
    }

    [Theory]
    [InlineData("get_friend_id")]
    [InlineData("get_full_friend_user_ids")]
    public async Task No_user_answers_1001(string route) =>
        (await App.AdminPostAsync($"/friend/{route}", new { })).Failed(1001, "ArgsError", "userID is empty");

    private static string AppUser() => OpenImAppClient.Unique("friend");

    private async Task<System.Text.Json.JsonElement> ListAsync(string user) =>
        (await App.AdminPostAsync("/friend/get_friend_list", new { userID = user, pagination = Page() })).Succeeded().Data.GetProperty("friendsInfo");

    private async Task<System.Text.Json.JsonElement> FullIdsAsync(string user, ulong idHash) =>
        (await App.AdminPostAsync("/friend/get_full_friend_user_ids", new { userID = user, idHash })).Succeeded().Data;

    private Task<ApiReply> DesignatedAsync(string owner, string[] friends) =>
        App.AdminPostAsync("/friend/get_designated_friends", new { ownerUserID = owner, friendUserIDs = friends });

    private Task<ApiReply> SpecifiedAsync(string owner, string[] users) =>
        App.AdminPostAsync("/friend/get_specified_friends_info", new { ownerUserID = owner, userIDList = users });
}
