using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Groups;

/// <summary><c>/group/group_application_response</c>; 1505, 1506 and how the newcomer is announced.</summary>
public sealed class GroupApplicationResponseTests(OpenImServer server) : IClassFixture<OpenImServer>
{
    private const int Accepted = 1505, Refused = 1506, Invited = 1509, Entered = 1510;
    private readonly OpenImAppClient _app = server.Demo;

    [Fact]
    public async Task Who_is_accepted_enters_and_those_who_must_know_have_their_own_copies()
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var admin = await _app.NewClientAsync("admin");
        await using var guest = await _app.NewClientAsync("guest");
        var group = await _app.NewGroupAsync(owner.UserId, [], [admin.UserId], needVerification: 0);
        (await Apply(group, guest)).Succeeded();

        (await admin.PostAsync("/group/group_application_response", Answer(group, guest.UserId, 1))).Succeeded();

        var uuids = new List<string>();
        foreach (var (client, receiverAs) in ((OpenImClient, int)[])[(owner, 1), (admin, 1), (guest, 0)])
        {
            var tips = (await client.OwnCopyAsync(Accepted, from: admin.UserId)).Tips();
            Assert.Equal((receiverAs, "welcome", admin.UserId), (tips.Number("receiverAs"), tips.Text("handleMsg"), tips.GetProperty("opUser").Text("userID")));
            var request = tips.GetProperty("request");
            Assert.Equal((guest.UserId, 1, admin.UserId, "welcome"), (request.GetProperty("userInfo").Text("userID"), request.Number("handleResult"), request.Text("handleUserID"), request.Text("handleMsg")));
            uuids.Add(tips.Text("uuid"));
            var entered = await client.BothCopiesAsync(group, Entered, seq: 2);
            Assert.Equal((guest.UserId, 3), (entered.GetProperty("entrantUser").Text("userID"), entered.GetProperty("entrantUser").Number("joinSource")));
            await _app.AssertVersionAsync(entered, group);
        }

        Assert.Single(uuids.Distinct());
        await guest.SayAsync(guest.TextToGroup(group, "thanks"));
    }

    [Fact]
    public async Task Who_was_brought_by_a_member_is_announced_as_invited()
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var member = await _app.NewClientAsync("member");
        var guest = await _app.NewUserAsync("guest");
        var group = await _app.NewGroupAsync(owner.UserId, [member.UserId], needVerification: 1);
        (await member.PostAsync("/group/invite_user_to_group", new { groupID = group, invitedUserIDs = new[] { guest } })).Succeeded();

        (await owner.PostAsync("/group/group_application_response", Answer(group, guest, 1))).Succeeded();

        var tips = await member.BothCopiesAsync(group, Invited, seq: 2);
        Assert.Equal((member.UserId, owner.UserId), (tips.GetProperty("inviterUser").Text("userID"), tips.GetProperty("opUser").Text("userID")));
        var invited = tips.Items("invitedUserList").Single();
        Assert.Equal((guest, 2, member.UserId), (invited.Text("userID"), invited.Number("joinSource"), invited.Text("inviterUserID")));
        await _app.AssertVersionAsync(tips, group);
    }

    [Fact]
    public async Task Who_is_refused_stays_outside()
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var guest = await _app.NewClientAsync("guest");
        var group = await _app.NewGroupAsync(owner.UserId, [], needVerification: 0);
        (await Apply(group, guest)).Succeeded();

        (await owner.PostAsync("/group/group_application_response", Answer(group, guest.UserId, -1))).Succeeded();

        var tips = (await guest.OwnCopyAsync(Refused, from: owner.UserId)).Tips();
        Assert.Equal((0, -1), (tips.Number("receiverAs"), tips.GetProperty("request").Number("handleResult")));
        Assert.Equal(1, (await owner.OwnCopyAsync(Refused, from: owner.UserId)).Tips().Number("receiverAs"));
        (await guest.PostAsync("/group/get_group_member_user_id", new { groupID = group })).Failed(1002);
    }

    [Fact]
    public async Task A_handled_application_answers_1206()
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var guest = await _app.NewClientAsync("guest");
        var group = await _app.NewGroupAsync(owner.UserId, [], needVerification: 0);
        (await Apply(group, guest)).Succeeded();
        (await owner.PostAsync("/group/group_application_response", Answer(group, guest.UserId, -1))).Succeeded();

        (await owner.PostAsync("/group/group_application_response", Answer(group, guest.UserId, 1)))
            .Failed(1206, "GroupRequestHandled", "group request already processed");
        (await Apply(group, guest)).Succeeded();
        (await owner.PostAsync("/group/group_application_response", Answer(group, guest.UserId, 1))).Succeeded();
        (await owner.PostAsync("/group/group_application_response", Answer(group, guest.UserId, 1))).Failed(1206);
    }

    [Fact]
    public async Task Answers_are_refused_for_their_reasons()
    {
        var (owner, member, stranger) = (await _app.NewLoginAsync("owner"), await _app.NewLoginAsync("member"), await _app.NewLoginAsync("stranger"));
        var group = await _app.NewGroupAsync(owner.Id, [member.Id], needVerification: 0);
        Task<ApiReply> Send(object answer, string token) => _app.PostAsync("/group/group_application_response", answer, token);

        (await Send(Answer("", stranger.Id, 1), owner.Token)).Failed(1001, "ArgsError", "groupID is empty");
        (await Send(Answer(group, "", 1), owner.Token)).Failed(1001, "ArgsError", "fromUserID is empty");
        (await Send(Answer(group, stranger.Id, 0), owner.Token)).Failed(1001, "ArgsError");
        (await Send(Answer(group, stranger.Id, 2), owner.Token)).Failed(1001, "ArgsError");
        (await Send(Answer(group, stranger.Id, 1), owner.Token)).Failed(1004, "RecordNotFoundError", "group request not found");
        (await Send(Answer(group, stranger.Id, 1), member.Token)).Failed(1002, "NoPermissionError", "no group owner or admin");
        (await Send(Answer(group, stranger.Id, 1), stranger.Token)).Failed(1004, "RecordNotFoundError");
        (await Send(Answer("no_such_group", stranger.Id, 1), owner.Token)).Failed(1004, "RecordNotFoundError");
        (await _app.PostAsync("/group/dismiss_group", new { groupID = group }, owner.Token)).Succeeded();
        (await Send(Answer(group, stranger.Id, 1), owner.Token)).Failed(1204, "DismissedAlreadyError");
    }

    private static Task<ApiReply> Apply(string group, OpenImClient guest) =>
        guest.PostAsync("/group/join_group", new { groupID = group, reqMessage = "please", joinSource = 3, inviterUserID = guest.UserId });

    private static object Answer(string group, string from, int result) => new { groupID = group, fromUserID = from, handledMsg = "welcome", handleResult = result };
}
