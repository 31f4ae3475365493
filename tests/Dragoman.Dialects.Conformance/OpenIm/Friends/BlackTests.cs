using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Friends;

/// <summary><c>add_black</c>, <c>remove_black</c>, <c>get_black_list</c>, <c>get_specified_blacks</c>, <c>get_incremental_blacks</c></summary>
[Collection(FriendCollection.Name)]
public sealed class BlackTests(FriendServer server) : FriendRouteTest(server)
{
    private const int Added = 1207, Deleted = 1208;

    [Fact]
    public async Task A_message_of_who_is_blocked_answers_1302()
    {
        await using var owner = await App.NewClientAsync("owner");
        await using var blocked = await App.NewClientAsync("blocked");
        await BlockAsync(owner.UserId, blocked.UserId);

        var reply = await blocked.RequestAsync(Requests.SendMsg, blocked.TextTo(owner.UserId, "let me in"));
        Assert.Equal((1302, "BlockedByPeer"), (reply.ErrCode, reply.ErrMsg));
        await owner.SayAsync(owner.TextTo(blocked.UserId, "never"));
        await blocked.TextPushAsync("never");
        Assert.DoesNotContain(owner.Messages, p => p.Text.Contains("let me in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_apps_server_speaks_for_a_blocked_user_under_his_rules()
    {
        var users = await App.NewUsersAsync("owner", "blocked");
        await BlockAsync(users[0], users[1]);

        (await SendAsync(users[1], users[0])).Failed(1302, "BlockedByPeer");
        (await SendAsync(OpenImAppClient.Admin, users[0])).Succeeded();
    }

    [Fact]
    public async Task Blocking_is_1207_except_for_the_device_that_did_it_and_unblocking_1208()
    {
        await using var owner = await App.NewClientAsync("owner");
        await using var phone = await App.ConnectAsync(owner.UserId, await App.TokenAsync(owner.UserId, platform: 2), platform: 2);
        await using var blocked = await App.NewClientAsync("blocked");
        (await owner.PostAsync("/friend/add_black", new { ownerUserID = owner.UserId, blackUserID = blocked.UserId })).Succeeded();
        (await owner.PostAsync("/friend/remove_black", new { ownerUserID = owner.UserId, blackUserID = blocked.UserId })).Succeeded();

        foreach (var type in (int[])[Added, Deleted])
        {
            foreach (var client in (OpenImClient[])[phone, blocked])
            {
                var pair = (await AssertToldAsync(client, type, owner.UserId, blocked.UserId)).GetProperty("fromToUserID");
                Assert.Equal((owner.UserId, blocked.UserId), (pair.Text("fromUserID"), pair.Text("toUserID")));
            }
        }

        await blocked.SayAsync(blocked.TextTo(owner.UserId, "thanks"));
        await owner.TextPushAsync("thanks");
        Assert.Equal([Deleted], owner.Messages.Where(p => p.IsNotification).Select(p => p.Message.ContentType));
    }

    [Fact]
    public async Task A_block_by_the_apps_server_is_told_to_all_devices_of_the_owner()
    {
        await using var owner = await App.NewClientAsync("owner");
        var blocked = await App.NewUserAsync("blocked");
        await BlockAsync(owner.UserId, blocked);

        await AssertToldAsync(owner, Added, owner.UserId, blocked);
    }

    [Fact]
    public async Task Blocking_twice_answers_1003()
    {
        var users = await App.NewUsersAsync("owner", "blocked");
        await BlockAsync(users[0], users[1]);

        (await AddAsync(users[0], users[1])).Failed(1003, "DuplicateKeyError");
    }

    [Fact]
    public async Task A_full_list_and_oneself_answer_1001()
    {
        var users = await App.NewUsersAsync([.. Enumerable.Repeat("u", FriendServer.MaxBlocks + 2)]);
        foreach (var blocked in users[1..^1]) await BlockAsync(users[0], blocked);

        (await AddAsync(users[0], users[^1])).Failed(1001, "ArgsError", "the black list is full");
        (await AddAsync(users[0], users[0])).Failed(1001, "ArgsError", "can not add yourself to the black list");
    }

    [Fact]
    public async Task Unknown_users_answer_1004()
    {
        var user = await App.NewUserAsync("u");

        (await AddAsync(user, "nobody")).Failed(1004, "RecordNotFoundError");
        (await AddAsync("nobody", user)).Failed(1004, "RecordNotFoundError");
    }

    [Fact]
    public async Task Nobody_blocks_or_unblocks_for_others()
    {
        var ((user, token), other) = (await App.NewLoginAsync("u"), await App.NewUserAsync("other"));

        (await App.PostAsync("/friend/add_black", new { ownerUserID = other, blackUserID = user }, token)).Failed(1002, "NoPermissionError");
        (await App.PostAsync("/friend/remove_black", new { ownerUserID = other, blackUserID = user }, token)).Failed(1002, "NoPermissionError");
    }

    [Fact]
    public async Task Who_is_not_blocked_is_unblocked_without_a_word()
    {
        var users = await App.NewUsersAsync("a", "b");

        (await App.AdminPostAsync("/friend/remove_black", new { ownerUserID = users[0], blackUserID = users[1] })).Succeeded();
    }

    [Theory]
    [InlineData("add_black")]
    [InlineData("remove_black")]
    public async Task Missing_ids_answer_1001(string route)
    {
        (await App.AdminPostAsync($"/friend/{route}", new { })).Failed(1001, "ArgsError", "ownerUserID is empty");
        (await App.AdminPostAsync($"/friend/{route}", new { ownerUserID = "u" })).Failed(1001, "ArgsError", "blackUserID is empty");
    }

    [Fact]
    public async Task Blocked_users_are_listed_with_their_profiles_in_pages()
    {
        var users = await App.NewUsersAsync("owner", "a", "b", "c");
        foreach (var blocked in users[1..])
        {
            Server.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await BlockAsync(users[0], blocked);
        }

        var data = (await App.AdminPostAsync("/friend/get_black_list", new { userID = users[0], pagination = Page(1, 2) })).Succeeded().Data;
        var infos = data.GetProperty("blacks").Items().ToArray();
        Assert.Equal(users[1..3], infos.Select(b => b.GetProperty("blackUserInfo").Text("userID")));
        Assert.Equal(3, data.Number("total"));
        Assert.Equal((users[0], "ex", OpenImAppClient.Admin, $"Nick {users[1]}"),
            (infos[0].Text("ownerUserID"), infos[0].Text("ex"), infos[0].Text("operatorUserID"), infos[0].GetProperty("blackUserInfo").Text("nickname")));
        Assert.InRange(infos[0].Number("createTime"), 1_700_000_000, 100_000_000_000); // seconds
        data = (await App.AdminPostAsync("/friend/get_black_list", new { userID = users[0], pagination = Page(2, 2) })).Succeeded().Data;
        Assert.Equal([users[3]], data.GetProperty("blacks").Items().Select(b => b.GetProperty("blackUserInfo").Text("userID")));
    }

    [Fact]
    public async Task Named_blocked_users_come_as_they_are_named()
    {
        var users = await App.NewUsersAsync("owner", "a", "b", "free");
        await BlockAsync(users[0], users[1]);
        await BlockAsync(users[0], users[2]);

        var data = (await SpecifiedAsync(users[0], [users[2], users[3], users[1]])).Succeeded().Data;
        Assert.Equal([users[2], users[1]], data.GetProperty("blacks").Items().Select(b => b.GetProperty("blackUserInfo").Text("userID")));
        Assert.Equal(2, data.Number("total"));
        (await SpecifiedAsync(users[0], [])).Failed(1001, "ArgsError", "userIDList is empty");
        (await SpecifiedAsync(users[0], ["a", "a"])).Failed(1001, "ArgsError", "userIDList repeated");
        (await SpecifiedAsync(users[0], [.. Enumerable.Range(0, 1001).Select(i => $"u{i}")])).Failed(1001, "ArgsError", "userIDList is too long");
    }

    [Fact]
    public async Task Changes_of_the_list_are_told_by_version()
    {
        var users = await App.NewUsersAsync("owner", "a", "b");
        await BlockAsync(users[0], users[1]);
        var known = await IncrementalAsync(users[0], "", 0);
        Assert.True(known.Flag("full"));
        await BlockAsync(users[0], users[2]);
        (await App.AdminPostAsync("/friend/remove_black", new { ownerUserID = users[0], blackUserID = users[1] })).Succeeded();

        var delta = await IncrementalAsync(users[0], known.Text("versionID"), known.Number("version"));
        Assert.False(delta.Flag("full"));
        Assert.Equal([users[1]], delta.GetProperty("delete").Texts());
        Assert.Equal([users[2]], delta.GetProperty("insert").Items().Select(b => b.GetProperty("blackUserInfo").Text("userID")));
        Assert.Equal(known.Number("version") + 2, delta.Number("version"));
        (await App.AdminPostAsync("/friend/get_incremental_blacks", new { })).Failed(500, "versionKey is empty");
    }

    private Task<ApiReply> AddAsync(string owner, string blocked) =>
        App.AdminPostAsync("/friend/add_black", new { ownerUserID = owner, blackUserID = blocked });

    private Task<ApiReply> SpecifiedAsync(string owner, string[] users) =>
        App.AdminPostAsync("/friend/get_specified_blacks", new { ownerUserID = owner, userIDList = users });

    private async Task<System.Text.Json.JsonElement> IncrementalAsync(string user, string versionId, long version) =>
        (await App.AdminPostAsync("/friend/get_incremental_blacks", new { userID = user, versionID = versionId, version })).Succeeded().Data;

    private Task<ApiReply> SendAsync(string from, string to) => App.AdminPostAsync(
        "/msg/send_msg", new { sendID = from, recvID = to, senderPlatformID = 1, content = new { content = "hi" }, contentType = 101, sessionType = 1 });
}
