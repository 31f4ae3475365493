using Dragoman.Dialects.Conformance.OpenIm.Host;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Groups;

/// <summary><c>/group/transfer_group</c>; 1507.</summary>
public sealed class TransferGroupTests(OpenImServer server) : IClassFixture<OpenImServer>
{
    private const int Transferred = 1507;
    private readonly OpenImAppClient _app = server.Demo;

    [Fact]
    public async Task The_new_owner_owns_and_the_old_one_is_a_member_like_others()
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var heir = await _app.NewClientAsync("heir");
        var group = await _app.NewGroupAsync(owner.UserId, [heir.UserId]);

        (await owner.PostAsync("/group/transfer_group", Transfer(group, owner.UserId, heir.UserId))).Succeeded();

        foreach (var client in (OpenImClient[])[owner, heir])
        {
            var tips = await client.BothCopiesAsync(group, Transferred, seq: 2);
            Assert.Equal((heir.UserId, 100), (tips.GetProperty("newGroupOwner").Text("userID"), tips.GetProperty("newGroupOwner").Number("roleLevel")));
            Assert.Equal((owner.UserId, 20), (tips.Text("oldGroupOwner"), tips.GetProperty("oldGroupOwnerInfo").Number("roleLevel")));
            Assert.Equal((heir.UserId, owner.UserId), (tips.GetProperty("group").Text("ownerUserID"), tips.GetProperty("opUser").Text("userID")));
            await _app.AssertVersionAsync(tips, group);
        }

        (await owner.PostAsync("/group/dismiss_group", new { groupID = group })).Failed(1002, "NoPermissionError", "not group owner");
        (await heir.PostAsync("/group/dismiss_group", new { groupID = group })).Succeeded();
    }

    [Fact]
    public async Task Transfers_are_refused_for_their_reasons()
    {
        var (owner, member, stranger) = (await _app.NewLoginAsync("owner"), await _app.NewLoginAsync("member"), await _app.NewLoginAsync("stranger"));
        var group = await _app.NewGroupAsync(owner.Id, [member.Id]);
        Task<ApiReply> Send(object request, string token) => _app.PostAsync("/group/transfer_group", request, token);

        (await Send(Transfer("", owner.Id, member.Id), owner.Token)).Failed(1001, "ArgsError", "groupID is empty");
        (await Send(Transfer(group, "", member.Id), owner.Token)).Failed(1001, "ArgsError", "oldOwnerUserID is empty");
        (await Send(Transfer(group, owner.Id, ""), owner.Token)).Failed(1001, "ArgsError", "newOwnerUserID is empty");
        (await Send(Transfer(group, owner.Id, owner.Id), owner.Token)).Failed(1001, "ArgsError");
        (await Send(Transfer(group, owner.Id, stranger.Id), owner.Token)).Failed(1001, "ArgsError");
        (await Send(Transfer(group, stranger.Id, member.Id), owner.Token)).Failed(1001, "ArgsError");
        (await Send(Transfer(group, owner.Id, member.Id), member.Token)).Failed(1002, "NoPermissionError");
        (await Send(Transfer(group, owner.Id, member.Id), stranger.Token)).Failed(1002, "NoPermissionError");
        (await Send(Transfer("no_such_group", owner.Id, member.Id), owner.Token)).Failed(1004, "RecordNotFoundError");
        (await _app.AdminPostAsync("/group/transfer_group", Transfer(group, owner.Id, member.Id))).Succeeded();
        (await _app.AdminPostAsync("/group/dismiss_group", new { groupID = group })).Succeeded();
        (await Send(Transfer(group, member.Id, owner.Id), member.Token)).Failed(1204, "DismissedAlreadyError");
    }

    private static object Transfer(string group, string from, string to) => new { groupID = group, oldOwnerUserID = from, newOwnerUserID = to };
}
