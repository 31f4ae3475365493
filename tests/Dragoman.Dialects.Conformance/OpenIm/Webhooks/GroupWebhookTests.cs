using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Webhooks;

/// <summary>Section 14, what is asked before and told after something happens in groups.</summary>
public sealed class GroupWebhookTests(WebhookServer server) : IClassFixture<WebhookServer>
{
    private readonly OpenImAppClient _app = server.Demo;
    private readonly WebhookReceiver _hooks = server.Receiver;

    [Fact]
    public async Task A_group_is_founded_as_the_app_says()
    {
        var users = await _app.NewUsersAsync("owner", "admin", "other", "creator");
        var id = OpenImAppClient.Unique("group");
        var answer = new Dictionary<string, object>
        {
            ["groupID"] = id,
            ["groupName"] = "better",
            ["notification"] = "read",
            ["introduction"] = "about",
            ["faceURL"] = "face",
            ["ownerUserID"] = users[2],
            ["creatorUserID"] = users[3],
            ["ex"] = "more",
            ["status"] = 3,
            ["groupType"] = 2,
            ["needVerification"] = 1,
            ["lookMemberInfo"] = 1,
            ["applyMemberFriend"] = 1,
        };
        _hooks.AnswerAbout("callbackBeforeCreateGroupCommand", users[0], answer);
        Assert.Equal(id, await _app.NewGroupAsync(users[0], [], [users[1]]));

        var asked = await _hooks.AboutAsync("callbackBeforeCreateGroupCommand", users[0]);
        Assert.Equal(("a group", "op", 2), (asked.String("groupName"), asked.String("operationID"), asked.Number("needVerification")));
        Assert.Equal(60, asked.Body.GetProperty("initMemberList")[0].GetProperty("roleLevel").GetInt32());
        AssertSays(answer, await _hooks.AboutAsync("callbackAfterCreateGroupCommand", id));
    }

    [Fact]
    public async Task A_group_type_that_there_is_not_is_a_wrong_argument()
    {
        var owner = await _app.NewUserAsync("owner");
        _hooks.AnswerAbout("callbackBeforeCreateGroupCommand", owner, new { groupType = 1 });

        (await _app.AdminPostAsync("/group/create_group", new { ownerUserID = owner, groupInfo = new { groupName = "g", groupType = 2 } })).Failed(1001);
    }

    [Fact]
    public async Task Newcomers_look_as_the_app_says_and_some_are_struck_out()
    {
        var users = await _app.NewUsersAsync("owner", "one", "two");
        var group = await _app.NewGroupAsync(users[0], []);
        var card = new Dictionary<string, object>
        {
            ["userID"] = users[1],
            ["nickname"] = "One",
            ["faceURL"] = "face",
            ["roleLevel"] = 60,
            ["muteEndTime"] = 4_000_000_000_000,
            ["ex"] = "more",
        };
        _hooks.AnswerAbout("callbackBeforeInviteJoinGroupCommand", group, new { refusedMembersAccount = new[] { users[2] } });
        _hooks.AnswerAbout("callbackBeforeMembersJoinGroupCommand", users[1], new { memberCallbackList = new[] { card } });

        (await _app.AdminPostAsync("/group/invite_user_to_group", new { groupID = group, invitedUserIDs = users[1..], reason = "come" })).Succeeded();

        Assert.Equal("come", (await _hooks.AboutAsync("callbackBeforeInviteJoinGroupCommand", group)).String("reason"));
        var list = (await _app.AdminPostAsync("/group/get_group_member_list", new { groupID = group, pagination = new { pageNumber = 1, showNumber = 10 } })).Succeeded().Data.GetProperty("members");
        Assert.Equal([users[0], users[1]], list.EnumerateArray().Select(m => m.GetProperty("userID").GetString()!));
        foreach (var (name, value) in card) Assert.Equal($"{value}", list[1].GetProperty(name).ToString());
    }

    [Theory]
    [InlineData("/group/set_group_info", "SetGroupInfo")]
    [InlineData("/group/set_group_info_ex", "SetGroupInfoEx")]
    public async Task Group_info_is_changed_and_told_once(string route, string name)
    {
        var group = await _app.NewGroupAsync(await _app.NewUserAsync("owner"), []);
        var answer = new Dictionary<string, object>
        {
            ["groupName"] = "better",
            ["notification"] = "listen",
            ["introduction"] = "about",
            ["faceURL"] = "face",
            ["ex"] = "more",
            ["needVerification"] = 1,
            ["lookMemberInfo"] = 1,
            ["applyMemberFriend"] = 1,
        };
        _hooks.AnswerAbout($"callbackBefore{name}Command", group, answer);
        (await _app.AdminPostAsync(route, new { groupID = group, groupName = "new", notification = "read", groupInfoForSet = new { groupID = group, groupName = "new", notification = "read" } })).Succeeded();

        var asked = await _hooks.AboutAsync($"callbackBefore{name}Command", group);
        Assert.Equal(("new", "read"), (asked.String("groupName"), asked.String("notification")));
        AssertSays(answer, await _hooks.AboutAsync($"callbackAfter{name}Command", group));
        Assert.Single(_hooks.CallsOf($"callbackAfter{name}Command"), c => c.Names(group));
    }

    [Fact]
    public async Task A_members_card_is_changed_and_told()
    {
        var users = await _app.NewUsersAsync("owner", "one", "two");
        var group = await _app.NewGroupAsync(users[0], users[1..]);
        var answer = new Dictionary<string, object> { ["nickName"] = "Two", ["faceURL"] = "face", ["roleLevel"] = 60, ["ex"] = "more" };
        (await _app.AdminPostAsync("/group/set_group_member_info", new { members = new[] { new { groupID = group, userID = users[1], nickname = "One" } } })).Succeeded();
        _hooks.AnswerAbout("callbackBeforeSetGroupMemberInfoCommand", users[2], answer);
        (await _app.AdminPostAsync("/group/set_group_member_info", new { members = new[] { new { groupID = group, userID = users[2], nickname = "One" } } })).Succeeded();

        Assert.Equal("One", (await _hooks.AboutAsync("callbackAfterSetGroupMemberInfoCommand", users[1])).String("nickName"));
        Assert.Equal("One", (await _hooks.AboutAsync("callbackBeforeSetGroupMemberInfoCommand", users[2])).String("nickName"));
        AssertSays(answer, await _hooks.AboutAsync("callbackAfterSetGroupMemberInfoCommand", users[2]));
    }

    [Fact]
    public async Task Who_comes_and_goes_is_told()
    {
        var users = await _app.NewUsersAsync("owner", "one", "two");
        var group = await _app.NewGroupAsync(users[0], [users[2]]);
        (await _app.AdminPostAsync("/group/join_group", new { groupID = group, inviterUserID = users[1], reqMessage = "hi", joinSource = 3 })).Succeeded();
        (await _app.AdminPostAsync("/group/transfer_group", new { groupID = group, oldOwnerUserID = users[0], newOwnerUserID = users[1] })).Succeeded();
        (await _app.AdminPostAsync("/group/quit_group", new { groupID = group, userID = users[0] })).Succeeded();
        (await _app.AdminPostAsync("/group/kick_group", new { groupID = group, kickedUserIDs = new[] { users[2] }, reason = "out" })).Succeeded();
        (await _app.AdminPostAsync("/group/dismiss_group", new { groupID = group })).Succeeded();

        var applied = await _hooks.AboutAsync("callbackBeforeJoinGroupCommand", group);
        Assert.Equal(("2", users[1], "hi"), (applied.String("groupType"), applied.String("applyID"), applied.String("reqMessage")));
        var joined = await _hooks.AboutAsync("callbackAfterJoinGroupCommand", group);
        Assert.Equal((users[1], "hi", 3), (joined.String("inviterUserID"), joined.String("reqMessage"), joined.Number("joinSource")));
        var given = await _hooks.AboutAsync("callbackAfterTransferGroupOwnerCommand", group);
        Assert.Equal((users[0], users[1]), (given.String("oldOwnerUserID"), given.String("newOwnerUserID")));
        Assert.Equal(users[0], (await _hooks.AboutAsync("callbackAfterQuitGroupCommand", group)).String("userID"));
        var kicked = await _hooks.AboutAsync("callbackAfterKickGroupCommand", group);
        Assert.Equal(("out", users[2]), (kicked.String("reason"), kicked.Body.GetProperty("kickedUserIDs")[0].GetString()));
        var over = await _hooks.AboutAsync("callbackAfterDisMissGroupCommand", group);
        Assert.Equal((users[1], users[1]), (over.String("ownerID"), over.Body.GetProperty("membersID")[0].GetString()));
    }

    [Theory]
    [InlineData("callbackBeforeInviteJoinGroupCommand", "/group/invite_user_to_group")]
    [InlineData("callbackBeforeMembersJoinGroupCommand", "/group/invite_user_to_group")]
    [InlineData("callbackBeforeJoinGroupCommand", "/group/join_group")]
    [InlineData("callbackBeforeSetGroupInfoExCommand", "/group/set_group_info_ex")]
    [InlineData("callbackBeforeSetGroupInfoCommand", "/group/set_group_info")]
    [InlineData("callbackBeforeSetGroupMemberInfoCommand", "/group/set_group_member_info")]
    [InlineData("callbackBeforeCreateGroupCommand", "/group/create_group")]
    public async Task A_refusal_reaches_the_caller(string command, string route)
    {
        var users = await _app.NewUsersAsync("owner", "one");
        var group = await _app.NewGroupAsync(users[0], []);
        _hooks.AnswerAbout(command, route == "/group/create_group" ? users[1] : group, new { actionCode = 0, nextCode = 1, errCode = 20001, errMsg = "not today" });

        var reply = await _app.AdminPostAsync(route, new
        {
            groupID = group,
            invitedUserIDs = new[] { users[1] },
            inviterUserID = users[1],
            joinSource = 3,
            groupName = "x",
            groupInfoForSet = new { groupID = group, groupName = "x" },
            members = new[] { new { groupID = group, userID = users[0], nickname = "x" } },
            ownerUserID = users[1],
            groupInfo = new { groupName = "g", groupType = 2 },
        });

        reply.Failed(20001, "not today");
    }

    private static void AssertSays(Dictionary<string, object> members, WebhookCall call)
    {
        foreach (var (name, value) in members) Assert.Equal($"{value}", call.Body.GetProperty(name).ToString());
    }
}
