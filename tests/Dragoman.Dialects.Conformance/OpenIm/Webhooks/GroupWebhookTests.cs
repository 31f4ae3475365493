using System.Text.Json;
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
        var users = await _app.NewUsersAsync("owner", "admin");
        AnswerAbout("callbackBeforeCreateGroupCommand", users[0], new { groupName = "better", ex = "more", needVerification = 1, status = 3 });
        await _app.NewGroupAsync(users[0], [], [users[1]]);

        var asked = await AboutAsync("callbackBeforeCreateGroupCommand", users[0]);
        Assert.Equal(("a group", "op", 2), (asked.String("groupName"), asked.String("operationID"), asked.Number("needVerification")));
        Assert.Equal(60, asked.Body.GetProperty("initMemberList")[0].GetProperty("roleLevel").GetInt32());
        var told = await AboutAsync("callbackAfterCreateGroupCommand", users[0]);
        Assert.Equal(("better", "more", 1, 3), (told.String("groupName"), told.String("ex"), told.Number("needVerification"), told.Number("status")));
    }

    [Fact]
    public async Task Newcomers_look_as_the_app_says_and_some_are_struck_out()
    {
        var users = await _app.NewUsersAsync("owner", "one", "two");
        var group = await _app.NewGroupAsync(users[0], []);
        AnswerAbout("callbackBeforeInviteJoinGroupCommand", group, new { refusedMembersAccount = new[] { users[2] } });
        AnswerAbout("callbackBeforeMembersJoinGroupCommand", users[1], new { memberCallbackList = new[] { new { userID = users[1], nickname = "One", roleLevel = 60 } } });

        (await _app.AdminPostAsync("/group/invite_user_to_group", new { groupID = group, invitedUserIDs = users[1..], reason = "come" })).Succeeded();

        Assert.Equal("come", (await AboutAsync("callbackBeforeInviteJoinGroupCommand", group)).String("reason"));
        var list = (await _app.AdminPostAsync("/group/get_group_member_list", new { groupID = group, pagination = new { pageNumber = 1, showNumber = 10 } })).Succeeded().Data.GetProperty("members");
        Assert.Equal([(users[0], 100), (users[1], 60)], list.EnumerateArray().Select(m => (m.GetProperty("userID").GetString()!, m.GetProperty("roleLevel").GetInt32())));
    }

    [Theory]
    [InlineData("/group/set_group_info", "SetGroupInfo")]
    [InlineData("/group/set_group_info_ex", "SetGroupInfoEx")]
    public async Task Group_info_is_changed_and_told_once(string route, string name)
    {
        var group = await _app.NewGroupAsync(await _app.NewUserAsync("owner"), []);
        AnswerAbout($"callbackBefore{name}Command", group, new { introduction = "about", lookMemberInfo = 1 });
        (await _app.AdminPostAsync(route, new { groupID = group, groupName = "new", notification = "read", groupInfoForSet = new { groupID = group, groupName = "new", notification = "read" } })).Succeeded();

        var told = await AboutAsync($"callbackAfter{name}Command", group);
        Assert.Equal(("new", "read", "about", 1), (told.String("groupName"), told.String("notification"), told.String("introduction"), told.Number("lookMemberInfo")));
        Assert.Equal("read", (await AboutAsync($"callbackBefore{name}Command", group)).String("notification"));
    }

    [Fact]
    public async Task A_members_card_is_changed_and_told()
    {
        var users = await _app.NewUsersAsync("owner", "one");
        var group = await _app.NewGroupAsync(users[0], [users[1]]);
        AnswerAbout("callbackBeforeSetGroupMemberInfoCommand", group, new { roleLevel = 60, ex = "more" });
        (await _app.AdminPostAsync("/group/set_group_member_info", new { members = new[] { new { groupID = group, userID = users[1], nickname = "One" } } })).Succeeded();

        var told = await AboutAsync("callbackAfterSetGroupMemberInfoCommand", group);
        Assert.Equal((users[1], "One", 60, "more"), (told.String("userID"), told.String("nickName"), told.Number("roleLevel"), told.String("ex")));
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

        var applied = await AboutAsync("callbackBeforeJoinGroupCommand", group);
        Assert.Equal(("2", users[1], "hi"), (applied.String("groupType"), applied.String("applyID"), applied.String("reqMessage")));
        var joined = await AboutAsync("callbackAfterJoinGroupCommand", group);
        Assert.Equal((users[1], "hi", 3), (joined.String("inviterUserID"), joined.String("reqMessage"), joined.Number("joinSource")));
        var given = await AboutAsync("callbackAfterTransferGroupOwnerCommand", group);
        Assert.Equal((users[0], users[1]), (given.String("oldOwnerUserID"), given.String("newOwnerUserID")));
        Assert.Equal(users[0], (await AboutAsync("callbackAfterQuitGroupCommand", group)).String("userID"));
        var kicked = await AboutAsync("callbackAfterKickGroupCommand", group);
        Assert.Equal(("out", users[2]), (kicked.String("reason"), kicked.Body.GetProperty("kickedUserIDs")[0].GetString()));
        var over = await AboutAsync("callbackAfterDisMissGroupCommand", group);
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
        AnswerAbout(command, route == "/group/create_group" ? users[1] : group, new { actionCode = 0, nextCode = 1, errCode = 20001, errMsg = "not today" });

        var reply = await _app.AdminPostAsync(route, new
        {
            groupID = group, invitedUserIDs = new[] { users[1] }, inviterUserID = users[1], joinSource = 3, groupName = "x",
            groupInfoForSet = new { groupID = group, groupName = "x" }, members = new[] { new { groupID = group, userID = users[0], nickname = "x" } },
            ownerUserID = users[1], groupInfo = new { groupName = "g", groupType = 2 },
        });

        reply.Failed(20001, "not today");
    }

    /// <summary>Answers so when the call names this id, so that tests do not meet.</summary>
    private void AnswerAbout(string command, string id, object answer) => _hooks.Answer(command, call => Task.FromResult(
        call.Text.Contains($"\"{id}\"", StringComparison.Ordinal) ? JsonSerializer.Serialize(answer) : """{"actionCode":0,"nextCode":0}"""));

    private Task<WebhookCall> AboutAsync(string command, string id) =>
        _hooks.NextAsync(command, c => c.Text.Contains($"\"{id}\"", StringComparison.Ordinal));
}
