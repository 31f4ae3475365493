using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm;

/// <summary>Section 4.4, and of section 12 what groups tell: the channel copy and the visible one.</summary>
public sealed class GroupTests(OpenImServer server) : IClassFixture<OpenImServer>
{
    private const int Created = 1501, Quit = 1504, Kicked = 1508, Invited = 1509, Entered = 1510, Dismissed = 1511;
    private readonly OpenImAppClient _app = server.Demo;

    [Fact]
    public async Task A_new_group_is_answered_as_it_is()
    {
        var users = await _app.NewUsersAsync("owner", "member", "admin");

        var info = (await _app.AdminPostAsync("/group/create_group", new
        {
            ownerUserID = users[0],
            memberUserIDs = new[] { users[1] },
            adminUserIDs = new[] { users[2] },
            groupInfo = new { groupName = "name", faceURL = "face", introduction = "intro", ex = "ex", groupType = 2, needVerification = 1, lookMemberInfo = 1 },
        })).Succeeded().Data.GetProperty("groupInfo");

        Assert.Matches("^[0-9]{1,10}$", info.GetProperty("groupID").GetString());
        Assert.Equal(
            ("name", "face", "intro", "ex", users[0], OpenImAppClient.Admin),
            (info.Text("groupName"), info.Text("faceURL"), info.Text("introduction"), info.Text("ex"), info.Text("ownerUserID"), info.Text("creatorUserID")));
        Assert.Equal(
            (3, 0, 2, 1, 1, 0),
            (info.Number("memberCount"), info.Number("status"), info.Number("groupType"), info.Number("needVerification"), info.Number("lookMemberInfo"),
                info.Number("applyMemberFriend")));
    }

    [Fact]
    public async Task Members_have_their_ranks_and_come_in_their_order()
    {
        var users = await _app.NewUsersAsync("owner", "member", "admin");
        var group = await _app.NewGroupAsync(users[0], [users[1]], [users[2]]);

        var members = (await _app.AdminPostAsync("/group/get_group_member_list", new { groupID = group, pagination = new { pageNumber = 1, showNumber = 100 } }))
            .Succeeded().Data.GetProperty("members").EnumerateArray();

        Assert.Equal(
            [(users[0], 100), (users[2], 60), (users[1], 20)], members.Select(m => (m.Text("userID"), m.Number("roleLevel"))));
    }

    [Fact]
    public async Task A_foundation_reaches_all_members_in_both_copies()
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var member = await _app.NewClientAsync("member");
        await using var stranger = await _app.NewClientAsync("stranger");

        var group = await _app.NewGroupAsync(owner.UserId, [member.UserId]);

        foreach (var client in (OpenImClient[])[owner, member])
        {
            var tips = await client.BothCopiesAsync(group, Created, seq: 1);
            Assert.Equal(group, tips.GetProperty("group").Text("groupID"));
            Assert.Equal(OpenImAppClient.Admin, tips.GetProperty("opUser").Text("userID"));
            Assert.Equal(owner.UserId, tips.GetProperty("groupOwnerUser").Text("userID"));
            Assert.Equal([owner.UserId, member.UserId], tips.GetProperty("memberList").EnumerateArray().Select(m => m.Text("userID")));
        }

        Assert.Empty(stranger.Messages);
    }

    [Fact]
    public async Task An_unknown_member_answers_1101() => await AssertNotCreatedAsync(g => g.Members = ["nobody"], 1101);

    [Fact]
    public async Task An_unknown_owner_answers_1101() => await AssertNotCreatedAsync(g => g.Owner = "nobody", 1101);

    [Fact]
    public async Task A_used_id_answers_1202()
    {
        var owner = await _app.NewUserAsync("owner");
        var group = await _app.NewGroupAsync(owner, []);

        await AssertNotCreatedAsync(g => g.Id = group, 1202, $"group id existed {group}");
    }

    [Fact]
    public async Task The_id_of_a_dismissed_group_stays_used()
    {
        var group = await _app.NewGroupAsync(await _app.NewUserAsync("owner"), []);
        (await _app.AdminPostAsync("/group/dismiss_group", new { groupID = group })).Succeeded();

        await AssertNotCreatedAsync(g => g.Id = group, 1202);
    }

    [Fact]
    public async Task A_member_twice_answers_1001()
    {
        var member = await _app.NewUserAsync("member");

        await AssertNotCreatedAsync(g => g.Members = [member, member], 1001, "group member repeated");
        await AssertNotCreatedAsync(g => (g.Members, g.Admins) = ([member], [member]), 1001, "group member repeated");
    }

    [Fact]
    public async Task No_owner_answers_1001() => await AssertNotCreatedAsync(g => g.Owner = "", 1001, "ownerUserID is empty");

    [Theory]
    [InlineData(0, "group type only supports 2")]
    [InlineData(1, "group type only supports 2")]
    [InlineData(3, "GroupType is invalid")]
    [InlineData(-1, "GroupType is invalid")]
    public async Task Another_type_of_group_answers_1001(int type, string detail) => await AssertNotCreatedAsync(g => g.Type = type, 1001, detail);

    [Fact]
    public async Task No_group_info_answers_1001() =>
        (await _app.AdminPostAsync("/group/create_group", new { ownerUserID = "u" })).Failed(1001, "ArgsError", "groupInfo is empty");

    [Fact]
    public async Task Nobody_founds_a_group_for_others()
    {
        var ((_, token), owner) = (await _app.NewLoginAsync("u"), await _app.NewUserAsync("owner"));

        (await _app.PostAsync("/group/create_group", new { ownerUserID = owner, groupInfo = new { groupType = 2 } }, token)).Failed(1002, "NoPermissionError");
    }

    [Fact]
    public async Task An_invitation_reaches_old_and_new_members_in_both_copies()
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var guest = await _app.NewClientAsync("guest");
        var group = await _app.NewGroupAsync(owner.UserId, []);

        (await owner.PostAsync("/group/invite_user_to_group", new { groupID = group, invitedUserIDs = new[] { guest.UserId } })).Succeeded();

        foreach (var client in (OpenImClient[])[owner, guest])
        {
            var tips = await client.BothCopiesAsync(group, Invited, seq: 2);
            Assert.Equal([guest.UserId], tips.GetProperty("invitedUserList").EnumerateArray().Select(m => m.Text("userID")));
            Assert.Equal((owner.UserId, owner.UserId), (tips.GetProperty("opUser").Text("userID"), tips.GetProperty("inviterUser").Text("userID")));
            Assert.Equal(2, tips.GetProperty("group").Number("memberCount"));
        }

        await guest.SayAsync(guest.TextToGroup(group, "thanks"));
        Assert.Equal(3, (await owner.TextPushAsync("thanks")).Message.Seq);
    }

    [Fact]
    public async Task Invitations_are_refused_for_their_reasons()
    {
        var ((owner, token), (_, stranger), guest) = (await _app.NewLoginAsync("owner"), await _app.NewLoginAsync("stranger"), await _app.NewUserAsync("guest"));
        var group = await _app.NewGroupAsync(owner, []);
        Task<ApiReply> Invite(string id, string[]? users, string by) => _app.PostAsync("/group/invite_user_to_group", new { groupID = id, invitedUserIDs = users }, by);

        (await Invite("", [guest], token)).Failed(1001, "ArgsError", "groupID is empty");
        (await Invite(group, null, token)).Failed(1001, "ArgsError");
        (await Invite(group, [], token)).Failed(1001, "ArgsError");
        (await Invite(group, [guest, guest], token)).Failed(1001, "ArgsError");
        (await Invite("no_such_group", [guest], token)).Failed(1004, "RecordNotFoundError");
        (await Invite(group, ["nobody"], token)).Failed(1004, "RecordNotFoundError");
        (await Invite(group, [guest], stranger)).Failed(1002, "NoPermissionError");
        (await _app.PostAsync("/group/dismiss_group", new { groupID = group }, token)).Succeeded();
        (await Invite(group, [guest], token)).Failed(1204, "DismissedAlreadyError");
    }

    [Fact]
    public async Task A_kick_reaches_who_stays_and_who_goes_in_both_copies()
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var member = await _app.NewClientAsync("member");
        await using var gone = await _app.NewClientAsync("gone");
        var group = await _app.NewGroupAsync(owner.UserId, [member.UserId, gone.UserId]);

        (await owner.PostAsync("/group/kick_group", new { groupID = group, kickedUserIDs = new[] { gone.UserId }, reason = "" })).Succeeded();

        foreach (var client in (OpenImClient[])[owner, member, gone])
        {
            var tips = await client.BothCopiesAsync(group, Kicked, seq: 2);
            Assert.Equal([gone.UserId], tips.GetProperty("kickedUserList").EnumerateArray().Select(m => m.Text("userID")));
        }

        var refused = await gone.RequestAsync(Requests.SendMsg, gone.TextToGroup(group, "no"));
        Assert.Equal(1203, refused.ErrCode);
        await owner.SayAsync(owner.TextToGroup(group, "among ourselves"));
        await member.TextPushAsync("among ourselves");
        await owner.SayAsync(owner.TextTo(gone.UserId, "a fence"));
        await gone.TextPushAsync("a fence");
        Assert.DoesNotContain(gone.Messages, p => p.Message.Seq == 3);
    }

    [Fact]
    public async Task Kicks_are_refused_for_their_reasons()
    {
        var owner = await _app.NewLoginAsync("owner");
        var (admin, member, stranger) = (await _app.NewLoginAsync("admin"), await _app.NewLoginAsync("member"), await _app.NewLoginAsync("stranger"));
        var (other, otherAdmin) = (await _app.NewUserAsync("other"), await _app.NewUserAsync("otherAdmin"));
        var group = await _app.NewGroupAsync(owner.Id, [member.Id, other], [admin.Id, otherAdmin]);
        Task<ApiReply> Kick((string Id, string Token) by, string[]? users) => _app.PostAsync("/group/kick_group", new { groupID = group, kickedUserIDs = users }, by.Token);

        (await Kick(owner, null)).Failed(1001, "ArgsError");
        (await Kick(owner, [])).Failed(1001, "ArgsError");
        (await Kick(owner, [other, other])).Failed(1001, "ArgsError");
        (await Kick(admin, [admin.Id])).Failed(1001, "ArgsError", "opUserID in KickedUserIDs");
        (await Kick(admin, [owner.Id])).Failed(1001, "ArgsError", "ownerUID can not Kick");
        (await Kick(owner, [stranger.Id])).Failed(1101, "UserIDNotFoundError", stranger.Id);
        (await Kick(stranger, [other])).Failed(1002, "NoPermissionError");
        (await Kick(member, [other])).Failed(1002, "NoPermissionError");
        (await Kick(admin, [otherAdmin])).Failed(1002, "NoPermissionError");
        (await Kick(admin, [other])).Succeeded();
        (await Kick(owner, [otherAdmin])).Succeeded();
        (await _app.AdminPostAsync("/group/kick_group", new { groupID = group, kickedUserIDs = new[] { member.Id } })).Succeeded();
        (await _app.AdminPostAsync("/group/kick_group", new { groupID = "no_such_group", kickedUserIDs = new[] { member.Id } })).Failed(1004);
    }

    [Fact]
    public async Task A_leave_reaches_who_stays_and_who_goes_in_both_copies()
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var member = await _app.NewClientAsync("member");
        var group = await _app.NewGroupAsync(owner.UserId, [member.UserId]);

        (await member.PostAsync("/group/quit_group", new { groupID = group })).Succeeded();

        foreach (var client in (OpenImClient[])[owner, member])
            Assert.Equal(member.UserId, (await client.BothCopiesAsync(group, Quit, seq: 2)).GetProperty("quitUser").Text("userID"));
        (await member.PostAsync("/group/quit_group", new { groupID = group, userID = member.UserId })).Failed(1004, "RecordNotFoundError");
    }

    [Fact]
    public async Task Who_has_left_reads_what_was_said_until_then_and_nothing_later()
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var member = await _app.NewClientAsync("member");
        var group = await _app.NewGroupAsync(owner.UserId, [member.UserId]);
        await owner.SayAsync(owner.TextToGroup(group, "before"));
        (await member.PostAsync("/group/quit_group", new { groupID = group })).Succeeded();
        await owner.SayAsync(owner.TextToGroup(group, "after"));

        var pulled = await member.PostAsync("/msg/pull_msg_by_seq", new
        {
            userID = member.UserId,
            seqRanges = new[] { new { conversationID = $"sg_{group}", begin = 1, end = 99, num = 99 } },
        });

        var seqs = pulled.Succeeded().Data.GetProperty("msgs").GetProperty($"sg_{group}").GetProperty("Msgs").EnumerateArray().Select(m => m.Number("seq"));
        Assert.Equal([1, 2], seqs.Where(seq => seq != 3)); // the leave itself, 3, may be read or not
        Assert.DoesNotContain(4, seqs);
    }

    [Fact]
    public async Task Leaves_are_refused_for_their_reasons()
    {
        var ((owner, ownerToken), (member, memberToken)) = (await _app.NewLoginAsync("owner"), await _app.NewLoginAsync("member"));
        var group = await _app.NewGroupAsync(owner, [member]);

        (await _app.PostAsync("/group/quit_group", new { groupID = "" }, ownerToken)).Failed(1001, "ArgsError", "groupID is empty");
        (await _app.PostAsync("/group/quit_group", new { groupID = group }, ownerToken)).Failed(1002, "NoPermissionError", "group owner can't quit");
        (await _app.PostAsync("/group/quit_group", new { groupID = group, userID = owner }, memberToken)).Failed(1002, "NoPermissionError");
        (await _app.PostAsync("/group/quit_group", new { groupID = "no_such_group" }, memberToken)).Failed(1004, "RecordNotFoundError");
    }

    [Fact]
    public async Task Who_walks_into_an_open_group_is_announced_in_both_copies()
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var guest = await _app.NewClientAsync("guest");
        var group = await _app.NewGroupAsync(owner.UserId, []);

        (await guest.PostAsync("/group/join_group", new { groupID = group, joinSource = 3, inviterUserID = guest.UserId })).Succeeded();

        foreach (var client in (OpenImClient[])[owner, guest])
            Assert.Equal(guest.UserId, (await client.BothCopiesAsync(group, Entered, seq: 2)).GetProperty("entrantUser").Text("userID"));
        (await guest.PostAsync("/group/join_group", new { groupID = group, joinSource = 3, inviterUserID = guest.UserId })).Failed(1001, "ArgsError", "ArgsError");
    }

    [Fact]
    public async Task Joins_are_refused_for_their_reasons()
    {
        var (guest, token) = await _app.NewLoginAsync("guest");
        var group = await _app.NewGroupAsync(await _app.NewUserAsync("owner"), []);
        Task<ApiReply> Join(string id, int source, string who) => _app.PostAsync("/group/join_group", new { groupID = id, joinSource = source, inviterUserID = who }, token);

        (await Join("", 3, guest)).Failed(1001, "ArgsError", "groupID is empty");
        (await Join(group, 0, guest)).Failed(1001, "ArgsError", "joinSource is invalid");
        (await Join(group, 5, guest)).Failed(1001, "ArgsError", "joinSource is invalid");
        (await Join(group, 2, "")).Failed(1001, "ArgsError", "inviterUserID is empty");
        (await Join("no_such_group", 3, guest)).Failed(1004, "RecordNotFoundError");
        (await _app.AdminPostAsync("/group/join_group", new { groupID = group, joinSource = 3, inviterUserID = "nobody" })).Failed(1004, "RecordNotFoundError");
        (await _app.AdminPostAsync("/group/dismiss_group", new { groupID = group })).Succeeded();
        (await Join(group, 3, guest)).Failed(1204, "DismissedAlreadyError");
    }

    [Fact]
    public async Task A_dismissal_reaches_all_members_in_both_copies()
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var member = await _app.NewClientAsync("member");
        var group = await _app.NewGroupAsync(owner.UserId, [member.UserId]);

        (await owner.PostAsync("/group/dismiss_group", new { groupID = group, deleteMember = false })).Succeeded();

        foreach (var client in (OpenImClient[])[owner, member])
        {
            var tips = await client.BothCopiesAsync(group, Dismissed, seq: 2);
            Assert.Equal((owner.UserId, 2), (tips.GetProperty("opUser").Text("userID"), tips.GetProperty("group").Number("status")));
        }

        (await owner.PostAsync("/group/dismiss_group", new { groupID = group })).Failed(1204, "DismissedAlreadyError");
        var info = (await owner.PostAsync("/group/get_groups_info", new { groupIDs = new[] { group, "no_such_group" } })).Succeeded().Data.GetProperty("groupInfos");
        Assert.Equal(2, Assert.Single(info.EnumerateArray()).Number("status"));
    }

    [Fact]
    public async Task Only_the_owner_dismisses()
    {
        var (member, token) = await _app.NewLoginAsync("member");
        var group = await _app.NewGroupAsync(await _app.NewUserAsync("owner"), [], [member]);

        (await _app.PostAsync("/group/dismiss_group", new { groupID = group }, token)).Failed(1002, "NoPermissionError", "not group owner");
        (await _app.PostAsync("/group/dismiss_group", new { groupID = "" }, token)).Failed(1001, "ArgsError", "groupID is empty");
        (await _app.PostAsync("/group/dismiss_group", new { groupID = "no_such_group" }, token)).Failed(1004, "RecordNotFoundError");
    }

    [Fact]
    public async Task Nobody_looks_into_a_group_of_others()
    {
        var ((_, token), owner) = (await _app.NewLoginAsync("stranger"), await _app.NewUserAsync("owner"));
        var group = await _app.NewGroupAsync(owner, []);

        (await _app.PostAsync("/group/get_group_member_list", new { groupID = group, pagination = new { pageNumber = 1, showNumber = 9 } }, token)).Failed(1002);
        (await _app.PostAsync("/group/get_group_members_info", new { groupID = group, userIDs = new[] { owner } }, token)).Failed(1002);
        (await _app.PostAsync("/group/get_full_group_member_user_ids", new { groupID = group }, token)).Failed(1002);
        (await _app.PostAsync("/group/get_incremental_group_members", new { groupID = group }, token)).Failed(1002);
        (await _app.PostAsync("/group/get_joined_group_list", new { fromUserID = owner, pagination = new { pageNumber = 1, showNumber = 9 } }, token)).Failed(1002);
    }

    private async Task AssertNotCreatedAsync(Action<Draft> spoil, int code, string? detail = null)
    {
        var draft = new Draft { Owner = await _app.NewUserAsync("owner") };
        spoil(draft);

        (await _app.AdminPostAsync("/group/create_group", new
        {
            ownerUserID = draft.Owner,
            memberUserIDs = draft.Members,
            adminUserIDs = draft.Admins,
            groupInfo = new { groupID = draft.Id, groupName = "a group", groupType = draft.Type },
        })).Failed(code, detail: detail);
    }

    private sealed class Draft
    {
        public required string Owner { get; set; }
        public string Id { get; set; } = "";
        public string[] Members { get; set; } = [];
        public string[] Admins { get; set; } = [];
        public int Type { get; set; } = 2;
    }
}
