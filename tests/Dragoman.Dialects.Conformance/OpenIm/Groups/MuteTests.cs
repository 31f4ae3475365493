using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Groups;

/// <summary>The four routes that mute; 1512 to 1515, and what a send then answers.</summary>
public sealed class MuteTests(OpenImServer server) : IClassFixture<OpenImServer>
{
    private const int Muted = 1512, Unmuted = 1513, GroupMuted = 1514, GroupUnmuted = 1515;
    private readonly OpenImAppClient _app = server.Demo;

    [Fact]
    public async Task A_muted_member_sends_1402_until_he_is_not()
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var member = await _app.NewClientAsync("member");
        var group = await _app.NewGroupAsync(owner.UserId, [member.UserId]);

        (await owner.PostAsync("/group/mute_group_member", new { groupID = group, userID = member.UserId, mutedSeconds = 600 })).Succeeded();

        var tips = await member.BothCopiesAsync(group, Muted, seq: 2);
        Assert.Equal((member.UserId, 600, owner.UserId), (tips.GetProperty("mutedUser").Text("userID"), tips.Number("mutedSeconds"), tips.GetProperty("opUser").Text("userID")));
        Assert.InRange(tips.GetProperty("mutedUser").GetProperty("muteEndTime").GetInt64() - tips.GetProperty("operationTime").GetInt64(), 599_000, 600_000);
        await _app.AssertVersionAsync(tips, group);
        Assert.Equal(1402, (await member.RequestAsync(Requests.SendMsg, member.TextToGroup(group, "may I?"))).ErrCode);
        await owner.SayAsync(owner.TextToGroup(group, "no"));

        (await owner.PostAsync("/group/cancel_mute_group_member", new { groupID = group, userID = member.UserId })).Succeeded();
        tips = await member.BothCopiesAsync(group, Unmuted, seq: 4);
        Assert.Equal((member.UserId, 0), (tips.GetProperty("mutedUser").Text("userID"), tips.GetProperty("mutedUser").Number("muteEndTime")));
        await _app.AssertVersionAsync(tips, group);
        await member.SayAsync(member.TextToGroup(group, "thanks"));
    }

    [Fact]
    public async Task A_mute_is_over_when_its_seconds_are()
    {
        await using var member = await _app.NewClientAsync("member");
        var group = await _app.NewGroupAsync(await _app.NewUserAsync("owner"), [member.UserId]);
        (await _app.AdminPostAsync("/group/mute_group_member", new { groupID = group, userID = member.UserId, mutedSeconds = 60 })).Succeeded();
        Assert.Equal(1402, (await member.RequestAsync(Requests.SendMsg, member.TextToGroup(group, "may I?"))).ErrCode);

        server.Clock.Advance(TimeSpan.FromSeconds(61));

        await member.SayAsync(member.TextToGroup(group, "at last"));
    }

    [Fact]
    public async Task Seconds_are_counted_as_32_bits()
    {
        var (member, group) = await GivenMemberAsync();
        (await _app.AdminPostAsync("/group/mute_group_member", new { groupID = group, userID = member, mutedSeconds = uint.MaxValue })).Succeeded();

        var info = (await _app.AdminPostAsync("/group/get_group_members_info", new { groupID = group, userIDs = new[] { member } })).Succeeded().Data;
        var end = info.Items("members").Single().GetProperty("muteEndTime").GetInt64();
        Assert.InRange(end - server.Clock.GetUtcNow().ToUnixTimeMilliseconds(), (uint.MaxValue * 1000L) - 60_000, uint.MaxValue * 1000L);
        (await _app.AdminPostAsync("/group/mute_group_member", new { groupID = group, userID = member, mutedSeconds = uint.MaxValue + 1L })).Failed(1001);
    }

    [Fact]
    public async Task Mutes_are_refused_for_their_reasons()
    {
        var owner = await _app.NewLoginAsync("owner");
        var (admin, member, stranger) = (await _app.NewLoginAsync("admin"), await _app.NewLoginAsync("member"), await _app.NewLoginAsync("stranger"));
        var (other, otherAdmin) = (await _app.NewUserAsync("other"), await _app.NewUserAsync("otherAdmin"));
        var group = await _app.NewGroupAsync(owner.Id, [member.Id, other], [admin.Id, otherAdmin]);
        Task<ApiReply> Mute(string user, string token, string? id = null, int seconds = 60) =>
            _app.PostAsync("/group/mute_group_member", new { groupID = id ?? group, userID = user, mutedSeconds = seconds }, token);
        Task<ApiReply> Cancel(string user, string token, string? id = null) =>
            _app.PostAsync("/group/cancel_mute_group_member", new { groupID = id ?? group, userID = user }, token);

        (await Mute(member.Id, owner.Token, id: "")).Failed(1001, "ArgsError", "groupID is empty");
        (await Mute("", owner.Token)).Failed(1001, "ArgsError", "userID is empty");
        (await Mute(member.Id, owner.Token, seconds: 0)).Failed(1001, "ArgsError", "mutedSeconds is empty");
        (await Cancel(member.Id, owner.Token, id: "")).Failed(1001, "ArgsError", "groupID is empty");
        (await Cancel("", owner.Token)).Failed(1001, "ArgsError", "userID is empty");
        foreach (var call in (Func<string, string, Task<ApiReply>>[])[(user, token) => Mute(user, token), (user, token) => Cancel(user, token)])
        {
            (await call(stranger.Id, owner.Token)).Failed(1004, "RecordNotFoundError");
            (await call(owner.Id, admin.Token)).Failed(1002, "NoPermissionError");
            (await call(otherAdmin, admin.Token)).Failed(1002, "NoPermissionError");
            (await call(other, member.Token)).Failed(1002, "NoPermissionError");
            (await call(other, stranger.Token)).Failed(1002, "NoPermissionError");
            (await call(other, admin.Token)).Succeeded();
            (await call(otherAdmin, owner.Token)).Succeeded();
        }

        (await Mute(member.Id, owner.Token, id: "no_such_group")).Failed(1004, "RecordNotFoundError");
        (await _app.PostAsync("/group/dismiss_group", new { groupID = group }, owner.Token)).Succeeded();
        (await Mute(member.Id, owner.Token)).Failed(1204, "DismissedAlreadyError");
    }

    [Fact]
    public async Task In_a_muted_group_ordinary_members_send_1403()
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var admin = await _app.NewClientAsync("admin");
        await using var member = await _app.NewClientAsync("member");
        var group = await _app.NewGroupAsync(owner.UserId, [member.UserId], [admin.UserId]);

        (await admin.PostAsync("/group/mute_group", new { groupID = group })).Succeeded();

        var tips = await member.BothCopiesAsync(group, GroupMuted, seq: 2);
        Assert.Equal((3, admin.UserId), (tips.GetProperty("group").Number("status"), tips.GetProperty("opUser").Text("userID")));
        await _app.AssertVersionAsync(tips, group);
        Assert.Equal(1403, (await member.RequestAsync(Requests.SendMsg, member.TextToGroup(group, "may I?"))).ErrCode);
        await owner.SayAsync(owner.TextToGroup(group, "the owner may"));
        await admin.SayAsync(admin.TextToGroup(group, "an admin may"));

        (await owner.PostAsync("/group/cancel_mute_group", new { groupID = group })).Succeeded();
        tips = await member.BothCopiesAsync(group, GroupUnmuted, seq: 5);
        Assert.Equal(0, tips.GetProperty("group").Number("status"));
        await _app.AssertVersionAsync(tips, group);
        await member.SayAsync(member.TextToGroup(group, "thanks"));
    }

    [Fact]
    public async Task Mutes_of_groups_are_refused_for_their_reasons()
    {
        var (owner, member, stranger) = (await _app.NewLoginAsync("owner"), await _app.NewLoginAsync("member"), await _app.NewLoginAsync("stranger"));
        var group = await _app.NewGroupAsync(owner.Id, [member.Id]);
        foreach (var route in (string[])["/group/mute_group", "/group/cancel_mute_group"])
        {
            (await _app.PostAsync(route, new { groupID = "" }, owner.Token)).Failed(1001, "ArgsError", "groupID is empty");
            (await _app.PostAsync(route, new { groupID = "no_such_group" }, owner.Token)).Failed(1004, "RecordNotFoundError");
            (await _app.PostAsync(route, new { groupID = group }, member.Token)).Failed(1002, "NoPermissionError", "no group owner or admin");
            (await _app.PostAsync(route, new { groupID = group }, stranger.Token)).Failed(1002, "NoPermissionError", "no group owner or admin");
            (await _app.AdminPostAsync(route, new { groupID = group })).Succeeded();
        }

        (await _app.AdminPostAsync("/group/dismiss_group", new { groupID = group })).Succeeded();
        (await _app.PostAsync("/group/mute_group", new { groupID = group }, owner.Token)).Failed(1204, "DismissedAlreadyError");
    }

    private async Task<(string Member, string Group)> GivenMemberAsync()
    {
        var users = await _app.NewUsersAsync("owner", "member");
        return (users[1], await _app.NewGroupAsync(users[0], [users[1]]));
    }
}
