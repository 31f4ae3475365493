using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Groups;

/// <summary><c>/group/set_group_info_ex</c> and the older <c>/group/set_group_info</c>; 1502, 1519 and 1520.</summary>
public sealed class SetGroupInfoTests(OpenImServer server) : IClassFixture<OpenImServer>
{
    private const int InfoSet = 1502, Announcement = 1519, Name = 1520;
    private readonly OpenImAppClient _app = server.Demo;

    [Fact]
    public async Task What_is_given_changes_and_what_is_null_or_absent_stays()
    {
        var group = await GivenGroupAsync();
        (await _app.AdminPostAsync("/group/set_group_info_ex", new
        {
            groupID = group,
            introduction = "we",
            faceURL = "face",
            ex = "x",
            needVerification = 1,
            lookMemberInfo = 1,
            applyMemberFriend = 1,
            groupName = (string?)null,
        })).Succeeded();

        var info = await InfoAsync(group);
        Assert.Equal(("a group", "we", "face", "x", ""), (info.Text("groupName"), info.Text("introduction"), info.Text("faceURL"), info.Text("ex"), info.Text("notification")));
        Assert.Equal((1, 1, 1), (info.Number("needVerification"), info.Number("lookMemberInfo"), info.Number("applyMemberFriend")));

        (await _app.AdminPostAsync("/group/set_group_info_ex", new { groupID = group, introduction = "", needVerification = 0 })).Succeeded();
        info = await InfoAsync(group);
        Assert.Equal(("", "face", 0), (info.Text("introduction"), info.Text("faceURL"), info.Number("needVerification")));
    }

    [Fact]
    public async Task Other_facts_are_1502_in_the_channel_alone()
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var member = await _app.NewClientAsync("member");
        var group = await _app.NewGroupAsync(owner.UserId, [member.UserId]);

        (await owner.PostAsync("/group/set_group_info_ex", new { groupID = group, introduction = "we" })).Succeeded();

        var tips = await member.ChannelCopyAsync(group, InfoSet);
        Assert.Equal(("we", owner.UserId), (tips.GetProperty("group").Text("introduction"), tips.GetProperty("opUser").Text("userID")));
        await _app.AssertVersionAsync(tips, group);
        await member.FenceAsync(owner, group);
        Assert.Single(member.Messages, p => p.Message.ContentType is InfoSet or Announcement or Name);
    }

    [Fact]
    public async Task A_name_is_1520_in_both_copies()
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var member = await _app.NewClientAsync("member");
        var group = await _app.NewGroupAsync(owner.UserId, [member.UserId]);

        (await owner.PostAsync("/group/set_group_info_ex", new { groupID = group, groupName = "new name" })).Succeeded();

        var tips = await member.BothCopiesAsync(group, Name, seq: 2);
        Assert.Equal("new name", tips.GetProperty("group").Text("groupName"));
        await _app.AssertVersionAsync(tips, group);
        Assert.DoesNotContain(member.Messages, p => p.Message.ContentType is InfoSet or Announcement);
    }

    [Fact]
    public async Task An_announcement_is_1519_in_both_copies_and_marks_everybodys_conversation()
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var member = await _app.NewClientAsync("member");
        var group = await _app.NewGroupAsync(owner.UserId, [member.UserId]);
        var before = (await member.PostAsync("/conversation/get_incremental_conversations", new { userID = member.UserId })).Succeeded().Data;

        (await owner.PostAsync("/group/set_group_info_ex", new { groupID = group, notification = "hear" })).Succeeded();

        var tips = await member.BothCopiesAsync(group, Announcement, seq: 2);
        var told = tips.GetProperty("group");
        Assert.Equal(("hear", owner.UserId), (told.Text("notification"), told.Text("notificationUserID")));
        Assert.True(told.GetProperty("notificationUpdateTime").GetInt64() > 0);
        await _app.AssertVersionAsync(tips, group);

        await member.PushAsync(p => p.Message.ContentType == 1300 && p.Tips().Ids("conversationIDList").Contains($"sg_{group}"), "1300");
        var changed = (await member.PostAsync("/conversation/get_incremental_conversations", new
        {
            userID = member.UserId,
            versionID = before.Text("versionID"),
            version = before.GetProperty("version").GetUInt64(),
        })).Succeeded().Data;
        Assert.Equal([($"sg_{group}", 4)], changed.Items("update").Select(c => (c.Text("conversationID"), c.Number("groupAtType"))));
        var own = (await owner.PostAsync("/conversation/get_conversation", new { ownerUserID = owner.UserId, conversationID = $"sg_{group}" })).Succeeded().Data;
        Assert.Equal(4, own.GetProperty("conversation").Number("groupAtType"));
    }

    [Fact]
    public async Task One_call_may_cause_all_three()
    {
        await using var owner = await _app.NewClientAsync("owner");
        var group = await _app.NewGroupAsync(owner.UserId, []);

        (await owner.PostAsync("/group/set_group_info_ex", new { groupID = group, groupName = "n", notification = "a", ex = "x" })).Succeeded();

        await owner.BothCopiesAsync(group, Announcement, seq: 2);
        await owner.BothCopiesAsync(group, Name, seq: 3);
        await owner.ChannelCopyAsync(group, InfoSet);
    }

    [Fact]
    public async Task A_group_founded_with_an_announcement_tells_1501_and_1519()
    {
        await using var owner = await _app.NewClientAsync("owner");
        var reply = await owner.PostAsync("/group/create_group", new
        {
            ownerUserID = owner.UserId,
            groupInfo = new { groupName = "g", groupType = 2, notification = "welcome" },
        });

        var info = reply.Succeeded().Data.GetProperty("groupInfo");
        Assert.Equal(("welcome", owner.UserId), (info.Text("notification"), info.Text("notificationUserID")));
        await owner.BothCopiesAsync(info.Text("groupID"), 1501, seq: 1);
        await owner.BothCopiesAsync(info.Text("groupID"), Announcement, seq: 2);
    }

    [Fact]
    public async Task The_lists_of_all_members_show_the_change()
    {
        var (owner, member) = (await _app.NewLoginAsync("owner"), await _app.NewLoginAsync("member"));
        var group = await _app.NewGroupAsync(owner.Id, [member.Id]);
        async Task<System.Text.Json.JsonElement> Joined(object since) => (await _app.PostAsync("/group/get_incremental_join_groups", since, member.Token)).Succeeded().Data;
        var before = await Joined(new { userID = member.Id });

        (await _app.PostAsync("/group/set_group_info_ex", new { groupID = group, groupName = "new" }, owner.Token)).Succeeded();

        var after = await Joined(new { userID = member.Id, versionID = before.Text("versionID"), version = before.GetProperty("version").GetUInt64() });
        Assert.False(after.GetProperty("full").GetBoolean());
        Assert.Equal([(group, "new")], after.Items("update").Select(g => (g.Text("groupID"), g.Text("groupName"))));
        Assert.Empty(after.Items("insert"));
    }

    [Fact]
    public async Task Changes_are_refused_for_their_reasons()
    {
        var (owner, admin, member, stranger) =
            (await _app.NewLoginAsync("owner"), await _app.NewLoginAsync("admin"), await _app.NewLoginAsync("member"), await _app.NewLoginAsync("stranger"));
        var group = await _app.NewGroupAsync(owner.Id, [member.Id], [admin.Id]);
        Task<ApiReply> Set(object change, string token) => _app.PostAsync("/group/set_group_info_ex", change, token);

        (await Set(new { groupID = "" }, owner.Token)).Failed(1001, "ArgsError", "groupID is empty");
        (await Set(new { groupID = group, groupName = " " }, owner.Token)).Failed(1001, "ArgsError", "group name is empty");
        (await Set(new { groupID = group, needVerification = 3 }, owner.Token)).Failed(1001, "ArgsError", "needVerification is invalid");
        (await Set(new { groupID = group, lookMemberInfo = -1 }, owner.Token)).Failed(1001, "ArgsError", "lookMemberInfo is invalid");
        (await Set(new { groupID = group, applyMemberFriend = 2 }, owner.Token)).Failed(1001, "ArgsError", "applyMemberFriend is invalid");
        (await Set(new { groupID = group, introduction = new string('i', 16 * 1024) }, owner.Token)).Succeeded();
        (await Set(new { groupID = group, introduction = new string('i', (16 * 1024) + 1) }, owner.Token)).Failed(1001, "ArgsError", "introduction is too long");
        (await Set(new { groupID = group, groupName = new string('n', 513) }, owner.Token)).Failed(1001, "ArgsError", "name is too long");
        (await Set(new { groupID = group, ex = "x" }, member.Token)).Failed(1002, "NoPermissionError", "no group owner or admin");
        (await Set(new { groupID = group, ex = "x" }, stranger.Token)).Failed(1004, "RecordNotFoundError");
        (await Set(new { groupID = "no_such_group", ex = "x" }, owner.Token)).Failed(1004, "RecordNotFoundError");
        (await Set(new { groupID = group, ex = "x" }, admin.Token)).Succeeded();
        (await _app.PostAsync("/group/dismiss_group", new { groupID = group }, owner.Token)).Succeeded();
        (await Set(new { groupID = group, ex = "x" }, owner.Token)).Failed(1204, "DismissedAlreadyError");
    }

    [Fact]
    public async Task The_older_form_leaves_what_is_empty()
    {
        var group = await GivenGroupAsync();
        (await _app.AdminPostAsync("/group/set_group_info", new
        {
            groupInfoForSet = new { groupID = group, groupName = "", introduction = "we", notification = "", ex = "", needVerification = 2 },
        })).Succeeded();

        var info = await InfoAsync(group);
        Assert.Equal(("a group", "we", "", 2), (info.Text("groupName"), info.Text("introduction"), info.Text("notification"), info.Number("needVerification")));
        (await _app.AdminPostAsync("/group/set_group_info", new { })).Failed(1001, "ArgsError", "groupInfoForSet is empty");
        (await _app.AdminPostAsync("/group/set_group_info", new { groupInfoForSet = new { } })).Failed(1001, "ArgsError", "groupID is empty");
    }

    private async Task<string> GivenGroupAsync() => await _app.NewGroupAsync(await _app.NewUserAsync("owner"), []);

    private async Task<System.Text.Json.JsonElement> InfoAsync(string group) =>
        (await _app.AdminPostAsync("/group/get_groups_info", new { groupIDs = new[] { group } })).Succeeded().Data.Items("groupInfos").Single();
}
