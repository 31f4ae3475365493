using System.Text.Json;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Friends;

/// <summary><c>/friend/get_incremental_friends</c>, section 11</summary>
[Collection(FriendCollection.Name)]
public sealed class IncrementalFriendsTests(FriendServer server) : FriendRouteTest(server)
{
    private const int InfoUpdated = 1209;

    [Fact]
    public async Task Who_knows_nothing_reads_everything()
    {
        var users = await App.NewUsersAsync("owner", "a");
        await ImportAsync(users[0], users[1]);

        AssertFull(await IncrementAsync(users[0]));
        AssertFull(await IncrementAsync(await App.NewUserAsync("lonely")));
    }

    [Fact]
    public async Task Who_knows_all_hears_nothing()
    {
        var owner = await App.NewUserAsync("owner");
        var known = await IncrementAsync(owner);
        var same = await IncrementAsync(owner, known);

        Assert.False(same.Flag("full"));
        Assert.Equal((known.Number("version"), known.Text("versionID")), (same.Number("version"), same.Text("versionID")));
        AssertLists(same, [], [], []);
    }

    [Fact]
    public async Task What_was_added_changed_and_deleted_is_told_once()
    {
        var users = await App.NewUsersAsync("owner", "a", "b", "c");
        await ImportAsync(users[0], users[1], users[2]);
        var known = await IncrementAsync(users[0]);
        await ImportAsync(users[0], users[3]);
        await UpdateAsync(users[0], users[1], new { remark = "one" });
        await UpdateAsync(users[0], users[1], new { remark = "two" });
        await DeleteAsync(users[0], users[2]);

        var delta = await IncrementAsync(users[0], known);
        Assert.False(delta.Flag("full"));
        Assert.Equal(known.Number("version") + 4, delta.Number("version"));
        AssertLists(delta, delete: [users[2]], insert: [users[3]], update: [users[1]]);
        Assert.Equal("two", delta.GetProperty("update")[0].Text("remark"));
        Assert.Equal(0, delta.Number("sortVersion"));
        AssertLists(await IncrementAsync(users[0], delta), [], [], []);
    }

    [Fact]
    public async Task A_pin_says_that_the_order_changed()
    {
        var users = await App.NewUsersAsync("owner", "a", "b");
        await ImportAsync(users[0], users[1], users[2]);
        var known = await IncrementAsync(users[0]);
        await UpdateAsync(users[0], users[2], new { isPinned = true });

        var delta = await IncrementAsync(users[0], known);
        Assert.Equal(delta.Number("version"), delta.Number("sortVersion"));
        AssertLists(delta, delete: [], insert: [], update: [users[2]]);
        Assert.Equal(0, (await IncrementAsync(users[0], delta)).Number("sortVersion"));
    }

    [Fact]
    public async Task A_friends_new_name_is_a_change_of_every_owners_list_and_1209_to_who_is_online()
    {
        await using var owner = await App.NewClientAsync("owner");
        var users = await App.NewUsersAsync("friend", "away");
        await ImportAsync(users[0], owner.UserId, users[1]);
        var (known, knownAway) = (await IncrementAsync(owner.UserId), await IncrementAsync(users[1]));
        (await App.AdminPostAsync("/user/update_user_info_ex", new { userInfo = new { userID = users[0], nickname = "New", faceURL = "new.png" } })).Succeeded();

        Assert.Equal(users[0], (await AssertToldAsync(owner, InfoUpdated, users[0], owner.UserId)).Text("userID"));
        foreach (var (user, before) in ((string, JsonElement)[])[(owner.UserId, known), (users[1], knownAway)])
        {
            var delta = await IncrementAsync(user, before);
            AssertLists(delta, delete: [], insert: [], update: [users[0]]);
            var friend = delta.GetProperty("update")[0].GetProperty("friendUser");
            Assert.Equal(("New", "new.png"), (friend.Text("nickname"), friend.Text("faceURL")));
        }
    }

    [Fact]
    public async Task More_changes_than_one_answer_holds_are_read_whole()
    {
        var owner = await App.NewUserAsync("owner");
        var friends = await App.NewUsersAsync([.. Enumerable.Repeat("f", 201)]);
        var known = await IncrementAsync(owner);
        await ImportAsync(owner, friends[..200]);
        var delta = await IncrementAsync(owner, known);
        await ImportAsync(owner, friends[200]);

        Assert.Equal(200, delta.GetProperty("insert").GetArrayLength());
        AssertFull(await IncrementAsync(owner, known));
        AssertLists(await IncrementAsync(owner, delta), delete: [], insert: [friends[200]], update: []);
    }

    [Fact]
    public async Task A_copy_of_something_else_is_read_whole()
    {
        var users = await App.NewUsersAsync("owner", "other");
        var known = await IncrementAsync(users[0]);

        AssertFull(await ReadAsync(users[0], (await IncrementAsync(users[1])).Text("versionID"), known.Number("version")));
        AssertFull(await ReadAsync(users[0], known.Text("versionID"), known.Number("version") + 1));
        AssertFull(await ReadAsync(users[0], known.Text("versionID"), 0));
        AssertFull(await ReadAsync(users[0], "not hex", known.Number("version")));
    }

    [Fact]
    public async Task An_administrator_who_names_nobody_gets_500() =>
        (await App.AdminPostAsync("/friend/get_incremental_friends", new { })).Failed(500, "versionKey is empty");

    [Fact]
    public async Task Versions_survive_a_restart()
    {
        var users = await App.NewUsersAsync("owner", "a");
        await ImportAsync(users[0], users[1]);
        var known = await IncrementAsync(users[0]);
        await Server.RestartAsync();

        Assert.False((await IncrementAsync(users[0], known)).Flag("full"));
    }

    private async Task<JsonElement> ReadAsync(string user, string versionId, long version) =>
        (await App.AdminPostAsync("/friend/get_incremental_friends", new { userID = user, versionID = versionId, version })).Succeeded().Data;

    private async Task UpdateAsync(string owner, string friend, object change)
    {
        var body = JsonSerializer.SerializeToNode(change)!.AsObject();
        body["ownerUserID"] = owner;
        body["friendUserIDs"] = new System.Text.Json.Nodes.JsonArray(friend);
        (await App.AdminPostAsync("/friend/update_friends", body.ToJsonString())).Succeeded();
    }

    private static void AssertFull(JsonElement answer)
    {
        Assert.True(answer.Flag("full"));
        Assert.InRange(answer.Number("version"), 1, long.MaxValue);
        Assert.Matches("^[0-9a-f]{24}$", answer.Text("versionID"));
        AssertLists(answer, [], [], []);
    }

    private static void AssertLists(JsonElement answer, string[] delete, string[] insert, string[] update)
    {
        Assert.Equal(delete, answer.GetProperty("delete").Texts());
        Assert.Equal(insert, Ids("insert"));
        Assert.Equal(update, Ids("update"));

        IEnumerable<string> Ids(string list) => answer.GetProperty(list).Items().Select(f => f.GetProperty("friendUser").Text("userID"));
    }
}
