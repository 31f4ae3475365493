using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Groups;

/// <summary><c>/group/join_group</c> and <c>/group/invite_user_to_group</c> where somebody has to agree; 1503.</summary>
public sealed class JoinByApplicationTests(OpenImServer server) : IClassFixture<OpenImServer>
{
    private const int Application = 1503;
    private readonly OpenImAppClient _app = server.Demo;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task An_applicant_waits_and_each_who_must_know_has_his_own_copy(int needVerification)
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var admin = await _app.NewClientAsync("admin");
        await using var member = await _app.NewClientAsync("member");
        await using var guest = await _app.NewClientAsync("guest");
        var group = await _app.NewGroupAsync(owner.UserId, [member.UserId], [admin.UserId], needVerification);

        (await guest.PostAsync("/group/join_group", new { groupID = group, reqMessage = "please", joinSource = 4, inviterUserID = guest.UserId, ex = "x" })).Succeeded();

        var copies = new List<Pushed>();
        foreach (var client in (OpenImClient[])[owner, admin, guest]) copies.Add(await client.OwnCopyAsync(Application, from: guest.UserId));
        Assert.Single(copies.Select(c => c.Tips().Text("uuid")).Distinct());
        var tips = copies[0].Tips();
        Assert.Equal((group, guest.UserId, "please"), (tips.GetProperty("group").Text("groupID"), tips.GetProperty("applicant").Text("userID"), tips.Text("reqMsg")));
        var request = tips.GetProperty("request");
        Assert.Equal((guest.UserId, 0, "please", "x", 4, ""), (request.GetProperty("userInfo").Text("userID"), request.Number("handleResult"), request.Text("reqMsg"), request.Text("ex"), request.Number("joinSource"), request.Text("inviterUserID")));
        await member.FenceAsync(owner, group);
        Assert.DoesNotContain(member.Messages, p => p.Message.ContentType == Application);
        (await guest.PostAsync("/group/get_group_member_user_id", new { groupID = group })).Failed(1002);
    }

    [Fact]
    public async Task Where_only_applications_wait_a_member_brings_people_in()
    {
        var (member, guest) = (await _app.NewLoginAsync("member"), await _app.NewUserAsync("guest"));
        var group = await _app.NewGroupAsync(await _app.NewUserAsync("owner"), [member.Id], needVerification: 0);

        (await Invite(group, guest, member.Token)).Succeeded();

        Assert.Contains(guest, (await _app.AdminPostAsync("/group/get_group_member_user_id", new { groupID = group })).Data.Ids("userIDs"));
    }

    [Fact]
    public async Task Where_everybody_waits_a_members_guest_waits_too_and_an_admins_does_not()
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var member = await _app.NewClientAsync("member");
        await using var guest = await _app.NewClientAsync("guest");
        var (other, third) = (await _app.NewUserAsync("other"), await _app.NewUserAsync("third"));
        var group = await _app.NewGroupAsync(owner.UserId, [member.UserId], needVerification: 1);

        (await Invite(group, guest.UserId, member.Token)).Succeeded();
        (await Invite(group, other, owner.Token)).Succeeded();
        (await _app.AdminPostAsync("/group/invite_user_to_group", new { groupID = group, invitedUserIDs = new[] { third } })).Succeeded();

        foreach (var client in (OpenImClient[])[owner, member, guest])
        {
            var request = (await client.OwnCopyAsync(Application, from: member.UserId)).Tips().GetProperty("request");
            Assert.Equal((2, member.UserId, "come"), (request.Number("joinSource"), request.Text("inviterUserID"), request.Text("reqMsg")));
        }

        Assert.Equal(
            new[] { owner.UserId, member.UserId, other, third }.Order(),
            (await _app.AdminPostAsync("/group/get_group_member_user_id", new { groupID = group })).Data.Ids("userIDs").Order());
    }

    private Task<ApiReply> Invite(string group, string user, string token) =>
        _app.PostAsync("/group/invite_user_to_group", new { groupID = group, reason = "come", invitedUserIDs = new[] { user } }, token);
}
