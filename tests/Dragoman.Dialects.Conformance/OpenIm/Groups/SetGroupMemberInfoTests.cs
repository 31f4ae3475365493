using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Groups;

/// <summary><c>/group/set_group_member_info</c>; 1516 to 1518, also when an account changes its profile.</summary>
public sealed class SetGroupMemberInfoTests(OpenImServer server) : IClassFixture<OpenImServer>
{
    private const int InfoSet = 1516, ToAdmin = 1517, ToOrdinary = 1518;
    private readonly OpenImAppClient _app = server.Demo;

    [Fact]
    public async Task A_name_a_face_and_an_ex_in_the_group_are_1516_in_the_channel_alone()
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var member = await _app.NewClientAsync("member");
        var group = await _app.NewGroupAsync(owner.UserId, [member.UserId]);

        (await member.PostAsync("/group/set_group_member_info", new
        {
            members = new[] { new { groupID = group, userID = member.UserId, nickname = "Bobby", faceURL = "face", ex = "x" } },
        })).Succeeded();

        var tips = await owner.ChannelCopyAsync(group, InfoSet);
        var changed = tips.GetProperty("changedUser");
        Assert.Equal((member.UserId, "Bobby", "face", "x"), (changed.Text("userID"), changed.Text("nickname"), changed.Text("faceURL"), changed.Text("ex")));
        Assert.Equal((member.UserId, 0), (tips.GetProperty("opUser").Text("userID"), tips.Number("groupSortVersion")));
        await _app.AssertVersionAsync(tips, group);
        await owner.FenceAsync(member, group);
        Assert.Single(owner.Messages, p => p.Message.ContentType is InfoSet or ToAdmin or ToOrdinary);
    }

    [Fact]
    public async Task An_empty_name_shows_the_accounts_again()
    {
        var (owner, group) = (await _app.NewUserAsync("owner"), "");
        group = await _app.NewGroupAsync(owner, []);
        async Task<string> Set(string nickname)
        {
            (await _app.AdminPostAsync("/group/set_group_member_info", new { members = new[] { new { groupID = group, userID = owner, nickname } } })).Succeeded();
            return (await MemberAsync(group, owner)).Text("nickname");
        }

        Assert.Equal(("Boss", "Nick " + owner), (await Set("Boss"), await Set("")));
    }

    [Fact]
    public async Task A_rank_is_1517_or_1518_and_changes_the_order()
    {
        await using var owner = await _app.NewClientAsync("owner");
        var users = await _app.NewUsersAsync("first", "second");
        var group = await _app.NewGroupAsync(owner.UserId, users);

        (await owner.PostAsync("/group/set_group_member_info", Role(group, users[1], 60))).Succeeded();

        var tips = await owner.ChannelCopyAsync(group, ToAdmin);
        Assert.Equal((users[1], 60), (tips.GetProperty("changedUser").Text("userID"), tips.GetProperty("changedUser").Number("roleLevel")));
        Assert.Equal(tips.GetProperty("groupMemberVersion").GetUInt64(), tips.GetProperty("groupSortVersion").GetUInt64());
        await _app.AssertVersionAsync(tips, group);
        var ids = (await owner.PostAsync("/group/get_group_member_user_id", new { groupID = group })).Succeeded().Data.Ids("userIDs");
        Assert.Equal([owner.UserId, users[1], users[0]], ids);

        (await owner.PostAsync("/group/set_group_member_info", Role(group, users[1], 20))).Succeeded();
        tips = await owner.ChannelCopyAsync(group, ToOrdinary);
        Assert.Equal(20, tips.GetProperty("changedUser").Number("roleLevel"));
        await _app.AssertVersionAsync(tips, group);
    }

    [Fact]
    public async Task Several_members_of_several_groups_change_in_one_call()
    {
        var users = await _app.NewUsersAsync("owner", "first", "second");
        var (one, other) = (await _app.NewGroupAsync(users[0], [users[1], users[2]]), await _app.NewGroupAsync(users[0], [users[1]]));

        (await _app.AdminPostAsync("/group/set_group_member_info", new
        {
            members = new[]
            {
                new { groupID = one, userID = users[1], nickname = "A" },
                new { groupID = one, userID = users[2], nickname = "B" },
                new { groupID = other, userID = users[1], nickname = "C" },
            },
        })).Succeeded();

        Assert.Equal(
            ("A", "B", "C"),
            ((await MemberAsync(one, users[1])).Text("nickname"), (await MemberAsync(one, users[2])).Text("nickname"), (await MemberAsync(other, users[1])).Text("nickname")));
    }

    [Fact]
    public async Task What_one_group_refuses_leaves_the_others_as_they_are()
    {
        var (owner, stranger) = (await _app.NewLoginAsync("owner"), await _app.NewUserAsync("stranger"));
        var (one, other) = (await _app.NewGroupAsync(owner.Id, []), await _app.NewGroupAsync(stranger, [owner.Id]));

        (await _app.PostAsync("/group/set_group_member_info", new
        {
            members = new[] { new { groupID = one, userID = owner.Id, nickname = "A" }, new { groupID = other, userID = stranger, nickname = "B" } },
        }, owner.Token)).Failed(1002, "NoPermissionError");

        Assert.Equal("Nick " + owner.Id, (await MemberAsync(one, owner.Id)).Text("nickname"));
    }

    [Fact]
    public async Task Changes_are_refused_for_their_reasons()
    {
        var owner = await _app.NewLoginAsync("owner");
        var (admin, member, stranger) = (await _app.NewLoginAsync("admin"), await _app.NewLoginAsync("member"), await _app.NewLoginAsync("stranger"));
        var (other, otherAdmin) = (await _app.NewUserAsync("other"), await _app.NewUserAsync("otherAdmin"));
        var group = await _app.NewGroupAsync(owner.Id, [member.Id, other], [admin.Id, otherAdmin]);
        Task<ApiReply> Set(object request, string token) => _app.PostAsync("/group/set_group_member_info", request, token);
        object Name(string user, string? id = null) => new { members = new[] { new { groupID = id ?? group, userID = user, nickname = "x" } } };

        (await Set(new { }, owner.Token)).Failed(1001, "ArgsError", "members is empty");
        (await Set(new { members = Enumerable.Range(0, 1001).Select(i => new { groupID = group, userID = $"u{i}" }) }, owner.Token)).Failed(1001, "ArgsError");
        (await Set(Name(member.Id, id: ""), owner.Token)).Failed(1001, "ArgsError", "groupID is empty");
        (await Set(Name(""), owner.Token)).Failed(1001, "ArgsError", "userID is empty");
        (await Set(new { members = new[] { new { groupID = group, userID = other }, new { groupID = group, userID = other } } }, owner.Token)).Failed(1001, "ArgsError");
        (await Set(Role(group, other, 59), owner.Token)).Failed(1001, "ArgsError", "invalid role level");
        (await Set(Role(group, other, 100), owner.Token)).Failed(1002, "NoPermissionError");

        (await Set(Name(other), member.Token)).Failed(1002, "NoPermissionError");
        (await Set(Name(member.Id), member.Token)).Succeeded();
        (await Set(Role(group, member.Id, 60), member.Token)).Failed(1002, "NoPermissionError");
        (await Set(Name(owner.Id), admin.Token)).Failed(1002, "NoPermissionError");
        (await Set(Name(otherAdmin), admin.Token)).Failed(1002, "NoPermissionError");
        (await Set(Name(other), admin.Token)).Succeeded();
        (await Set(Name(admin.Id), admin.Token)).Succeeded();
        (await Set(Name(otherAdmin), owner.Token)).Succeeded();
        (await Set(Role(group, owner.Id, 20), owner.Token)).Failed(1001, "ArgsError", "group owner can not change own role level");

        (await Set(Name(stranger.Id), owner.Token)).Failed(1001, "ArgsError", "user not in group");
        (await Set(Name(other), stranger.Token)).Failed(1002, "NoPermissionError", "user not in group");
        (await Set(Name(stranger.Id), stranger.Token)).Failed(1002, "NoPermissionError", "user not in group");
        (await Set(Name(owner.Id, id: "no_such_group"), owner.Token)).Failed(1002, "NoPermissionError", "user not in group");
        (await Set(Name(other, id: "no_such_group"), owner.Token)).Failed(1001, "ArgsError", "user not in group");
    }

    [Fact]
    public async Task An_accounts_new_name_is_1516_where_the_member_has_none_of_his_own()
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var member = await _app.NewClientAsync("member");
        var (plain, named) = (await _app.NewGroupAsync(owner.UserId, [member.UserId]), await _app.NewGroupAsync(owner.UserId, [member.UserId]));
        (await member.PostAsync("/group/set_group_member_info", new
        {
            members = new[] { new { groupID = named, userID = member.UserId, nickname = "Own", faceURL = "own" } },
        })).Succeeded();
        var before = (await owner.PostAsync("/group/get_incremental_group_members", new { groupID = plain })).Succeeded().Data;

        (await member.PostAsync("/user/update_user_info_ex", new { userInfo = new { userID = member.UserId, nickname = "Robert" } })).Succeeded();

        var tips = (await owner.PushAsync(p => p.ConversationId == $"n_{plain}" && p.Message.ContentType == InfoSet, "1516")).Tips();
        Assert.Equal(("Robert", member.UserId), (tips.GetProperty("changedUser").Text("nickname"), tips.GetProperty("opUser").Text("userID")));
        await _app.AssertVersionAsync(tips, plain);
        var changed = (await owner.PostAsync("/group/get_incremental_group_members", new
        {
            groupID = plain,
            versionID = before.Text("versionID"),
            version = before.GetProperty("version").GetUInt64(),
        })).Succeeded().Data;
        Assert.Equal([(member.UserId, "Robert")], changed.Items("update").Select(m => (m.Text("userID"), m.Text("nickname"))));
        await owner.FenceAsync(member, named);
        Assert.Single(owner.Messages, p => p.ConversationId == $"n_{named}" && p.Message.ContentType == InfoSet);
    }

    private static object Role(string group, string user, int level) => new { members = new[] { new { groupID = group, userID = user, roleLevel = level } } };

    private async Task<System.Text.Json.JsonElement> MemberAsync(string group, string user) =>
        (await _app.AdminPostAsync("/group/get_group_members_info", new { groupID = group, userIDs = new[] { user } })).Succeeded().Data.Items("members").Single();
}
