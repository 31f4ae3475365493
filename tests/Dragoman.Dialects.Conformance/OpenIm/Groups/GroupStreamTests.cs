using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Groups;

/// <summary>Section 11 for members and joined groups: what is new, what is changed, what is gone, and the order.</summary>
public sealed class GroupStreamTests(OpenImServer server) : IClassFixture<OpenImServer>
{
    private readonly OpenImAppClient _app = server.Demo;

    [Fact]
    public async Task A_newcomer_is_inserted_and_the_group_comes_along()
    {
        var (group, users) = await GivenGroupAsync("guest");
        var before = await MembersAsync(group);
        (await _app.AdminPostAsync("/group/invite_user_to_group", new { groupID = group, invitedUserIDs = new[] { users[1] } })).Succeeded();

        var after = await MembersAsync(group, before);
        Assert.Equal([users[1]], after.Items("insert").Select(m => m.Text("userID")));
        Assert.Empty(after.Items("update"));
        Assert.Equal((2, 0), (after.GetProperty("group").Number("memberCount"), after.Number("sortVersion")));
        Assert.Equal(before.GetProperty("version").GetUInt64() + 1, after.GetProperty("version").GetUInt64());
    }

    [Fact]
    public async Task A_changed_member_is_updated_and_the_group_does_not_come_along()
    {
        var (group, users) = await GivenGroupAsync();
        var before = await MembersAsync(group);
        (await _app.AdminPostAsync("/group/set_group_member_info", new { members = new[] { new { groupID = group, userID = users[0], nickname = "x" } } })).Succeeded();

        var after = await MembersAsync(group, before);
        Assert.Equal([(users[0], "x")], after.Items("update").Select(m => (m.Text("userID"), m.Text("nickname"))));
        Assert.Equal((JsonValueKind.Null, 0), (after.GetProperty("group").ValueKind, after.Number("sortVersion")));
        Assert.Empty(after.Items("insert"));
    }

    [Fact]
    public async Task A_changed_rank_changes_the_order()
    {
        var (group, users) = await GivenGroupAsync("member");
        (await _app.AdminPostAsync("/group/invite_user_to_group", new { groupID = group, invitedUserIDs = new[] { users[1] } })).Succeeded();
        var before = await MembersAsync(group);
        (await _app.AdminPostAsync("/group/set_group_member_info", new { members = new[] { new { groupID = group, userID = users[1], roleLevel = 60 } } })).Succeeded();

        var after = await MembersAsync(group, before);
        Assert.Equal([(users[1], 60)], after.Items("update").Select(m => (m.Text("userID"), m.Number("roleLevel"))));
        Assert.Equal(after.GetProperty("version").GetUInt64(), after.GetProperty("sortVersion").GetUInt64());
    }

    [Fact]
    public async Task A_changed_group_comes_alone()
    {
        var (group, _) = await GivenGroupAsync();
        var before = await MembersAsync(group);
        (await _app.AdminPostAsync("/group/set_group_info_ex", new { groupID = group, ex = "x" })).Succeeded();

        var after = await MembersAsync(group, before);
        Assert.Equal("x", after.GetProperty("group").Text("ex"));
        Assert.Empty(after.Items("insert").Concat(after.Items("update")).Concat(after.Items("delete")));
    }

    [Fact]
    public async Task Who_is_gone_is_deleted_and_whoever_is_up_to_date_gets_nothing()
    {
        var (group, users) = await GivenGroupAsync("member");
        (await _app.AdminPostAsync("/group/invite_user_to_group", new { groupID = group, invitedUserIDs = new[] { users[1] } })).Succeeded();
        var before = await MembersAsync(group);
        (await _app.AdminPostAsync("/group/kick_group", new { groupID = group, kickedUserIDs = new[] { users[1] } })).Succeeded();

        var after = await MembersAsync(group, before);
        Assert.Equal([users[1]], after.Ids("delete"));
        var same = await MembersAsync(group, after);
        Assert.Equal((false, JsonValueKind.Null, JsonValueKind.Null), (same.GetProperty("full").GetBoolean(), same.GetProperty("delete").ValueKind, same.GetProperty("group").ValueKind));
    }

    [Fact]
    public async Task More_changes_than_can_be_said_are_a_whole_list()
    {
        var (group, _) = await GivenGroupAsync();
        var before = await MembersAsync(group);
        var many = await _app.NewUsersAsync([.. Enumerable.Repeat("many", 201)]);
        (await _app.AdminPostAsync("/group/invite_user_to_group", new { groupID = group, invitedUserIDs = many })).Succeeded();

        var after = await MembersAsync(group, before);
        Assert.True(after.GetProperty("full").GetBoolean());
        Assert.Equal((JsonValueKind.Null, 202), (after.GetProperty("insert").ValueKind, after.GetProperty("group").Number("memberCount")));
    }

    [Fact]
    public async Task A_batch_leaves_out_groups_that_are_over_and_stops_after_500_changes()
    {
        var owner = await _app.NewLoginAsync("owner");
        var groups = new List<string>();
        for (var i = 0; i < 5; i++) groups.Add(await _app.NewGroupAsync(owner.Id, []));
        var known = new Dictionary<string, JsonElement>();
        foreach (var group in groups) known[group] = await MembersAsync(group);
        var many = await _app.NewUsersAsync([.. Enumerable.Repeat("many", 190)]);
        foreach (var group in groups.Take(4))
            (await _app.AdminPostAsync("/group/invite_user_to_group", new { groupID = group, invitedUserIDs = many })).Succeeded();
        (await _app.AdminPostAsync("/group/dismiss_group", new { groupID = groups[4] })).Succeeded();

        var list = groups.AsEnumerable().Reverse().Select(group => new { groupID = group, versionID = known[group].Text("versionID"), version = known[group].GetProperty("version").GetUInt64() });
        (await _app.PostAsync("/group/get_incremental_group_members_batch", new { userID = owner.Id, reqList = list }, owner.Token)).Failed(1002);
        var batch = (await _app.AdminPostAsync("/group/get_incremental_group_members_batch", new { userID = owner.Id, reqList = list })).Succeeded().Data.GetProperty("respList");

        Assert.Equal(groups.Skip(1).Take(3).Order(), batch.EnumerateObject().Select(g => g.Name).Order());
    }

    [Fact]
    public async Task A_group_that_is_over_answers_1204_and_an_unknown_one_1002_or_1004()
    {
        var (group, users) = await GivenGroupAsync();
        var token = await _app.TokenAsync(users[0]);
        (await _app.PostAsync("/group/get_incremental_group_members", new { groupID = "none" }, token)).Failed(1002);
        (await _app.AdminPostAsync("/group/get_incremental_group_members", new { groupID = "none" })).Failed(1004);
        (await _app.AdminPostAsync("/group/dismiss_group", new { groupID = group })).Succeeded();
        (await _app.AdminPostAsync("/group/get_incremental_group_members", new { groupID = group })).Failed(1204);
    }

    [Fact]
    public async Task The_list_of_groups_grows_changes_and_shrinks()
    {
        var users = await _app.NewUsersAsync("owner", "member");
        var start = await JoinedAsync(users[1]);
        var group = await _app.NewGroupAsync(users[0], [users[1]]);

        var joined = await JoinedAsync(users[1], start);
        Assert.Equal([group], joined.Items("insert").Select(g => g.Text("groupID")));
        (await _app.AdminPostAsync("/group/mute_group", new { groupID = group })).Succeeded();
        var muted = await JoinedAsync(users[1], joined);
        Assert.Equal([(group, 3)], muted.Items("update").Select(g => (g.Text("groupID"), g.Number("status"))));
        (await _app.AdminPostAsync("/group/dismiss_group", new { groupID = group, deleteMember = true })).Succeeded();
        Assert.Equal([group], (await JoinedAsync(users[1], muted)).Ids("delete"));
    }

    private async Task<(string Group, string[] Users)> GivenGroupAsync(params string[] others)
    {
        var users = await _app.NewUsersAsync(["owner", .. others]);
        return (await _app.NewGroupAsync(users[0], []), users);
    }

    private Task<JsonElement> MembersAsync(string group, JsonElement? since = null) =>
        ReadAsync("/group/get_incremental_group_members", since, (id, version) => new { groupID = group, versionID = id, version });

    private Task<JsonElement> JoinedAsync(string user, JsonElement? since = null) =>
        ReadAsync("/group/get_incremental_join_groups", since, (id, version) => new { userID = user, versionID = id, version });

    private async Task<JsonElement> ReadAsync(string route, JsonElement? since, Func<string, ulong, object> request) =>
        (await _app.AdminPostAsync(route, request(since?.Text("versionID") ?? "", since?.GetProperty("version").GetUInt64() ?? 0))).Succeeded().Data;
}
