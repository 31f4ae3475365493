using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Engine;
using Dragoman.Engine.Groups;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm.Groups;

/// <summary>What is decided when a group is founded: its type, whether newcomers see history; and what <c>sendMessage</c> changes.</summary>
public sealed class GroupKindTests(GroupKindTests.Servers server) : IClassFixture<GroupKindTests.Servers>
{
    private readonly OpenImAppClient _app = server.Demo;

    public sealed class Servers : OpenImServer
    {
        internal override IReadOnlyList<(string Name, string Settings)> AppSettings => [("demo", "{}"), ("forgetful", """{"enableHistoryForNewMembers":false}""")];
    }

    [Fact]
    public async Task A_group_that_this_vendor_cannot_express_answers_1205()
    {
        await using var member = await _app.NewClientAsync("member");
        var guest = await _app.NewLoginAsync("guest");
        var hall = new Engine.Groups.Group
        {
            App = _app.Id,
            Id = new(OpenImAppClient.Unique("hall")),
            Type = GroupTypes.Assembly.Id,
            Owner = new(member.UserId),
            Creator = new(member.UserId),
        };
        var created = await server.Get<CreateGroup>().RunAsync(
            new Caller(_app.Id, new(member.UserId), IsAdministrator: false), hall, [], NoticeReach.Timeline, TestContext.Current.CancellationToken);
        Assert.True(created.TryGet(out _, out _));

        var join = await _app.PostAsync("/group/join_group", new { groupID = hall.Id.Value, joinSource = 3, inviterUserID = guest.Id }, guest.Token);
        join.Failed(1205, "GroupTypeNotSupport");
        (await member.PostAsync("/group/invite_user_to_group", new { groupID = hall.Id.Value, invitedUserIDs = new[] { guest.Id } })).Failed(1205);
        Assert.Equal(1205, (await member.RequestAsync(Requests.SendMsg, member.TextToGroup(hall.Id.Value, "hello"))).ErrCode);
        Assert.Equal(2, (await member.PostAsync("/group/get_groups_info", new { groupIDs = new[] { hall.Id.Value } })).Succeeded().Data.Items("groupInfos").Single().Number("groupType"));
    }

    [Fact]
    public async Task Newcomers_read_what_was_said_before()
    {
        var (minSeq, seqs) = await ComeLaterAsync(_app);

        Assert.Equal(0, minSeq);
        Assert.Equal([1L, 2L, 3L], seqs);
    }

    [Fact]
    public async Task Where_the_app_wants_it_so_they_do_not()
    {
        var (minSeq, seqs) = await ComeLaterAsync(server.App("forgetful"));

        Assert.Equal(3, minSeq);
        Assert.Equal([3L], seqs);
    }

    [Fact]
    public async Task Without_sendMessage_nothing_is_seen_in_the_chat()
    {
        await using var owner = await _app.NewClientAsync("owner");
        var guest = await _app.NewUserAsync("guest");
        var founded = (await owner.PostAsync("/group/create_group", new { ownerUserID = owner.UserId, groupInfo = new { groupType = 2 }, sendMessage = false })).Succeeded();
        var group = founded.Data.GetProperty("groupInfo").Text("groupID");
        await owner.ChannelCopyAsync(group, 1501);
        (await owner.PostAsync("/group/invite_user_to_group", new { groupID = group, invitedUserIDs = new[] { guest }, sendMessage = false })).Succeeded();
        await owner.ChannelCopyAsync(group, 1509);
        (await owner.PostAsync("/group/kick_group", new { groupID = group, kickedUserIDs = new[] { guest }, sendMessage = false })).Succeeded();
        await owner.ChannelCopyAsync(group, 1508);
        await owner.SayAsync(owner.TextToGroup(group, "first"));
        Assert.Equal(1, (await owner.TextPushAsync("first")).Message.Seq);
        (await owner.PostAsync("/group/dismiss_group", new { groupID = group, sendMessage = false })).Succeeded();
        await owner.ChannelCopyAsync(group, 1511);
        Assert.DoesNotContain(owner.Messages, p => !p.IsNotification && p.Message.ContentType > 1000);
    }

    [Fact]
    public async Task With_sendMessage_it_is_seen_as_without_the_member()
    {
        await using var owner = await _app.NewClientAsync("owner");
        var founded = (await owner.PostAsync("/group/create_group", new { ownerUserID = owner.UserId, groupInfo = new { groupType = 2 }, sendMessage = true })).Succeeded();

        await owner.BothCopiesAsync(founded.Data.GetProperty("groupInfo").Text("groupID"), 1501, seq: 1);
    }

    [Fact]
    public async Task A_dismissal_that_deletes_the_members_is_told_to_nobody()
    {
        await using var owner = await _app.NewClientAsync("owner");
        await using var member = await _app.NewClientAsync("member");
        var group = await _app.NewGroupAsync(owner.UserId, [member.UserId]);
        await member.BothCopiesAsync(group, 1501, seq: 1);

        (await owner.PostAsync("/group/dismiss_group", new { groupID = group, deleteMember = true })).Succeeded();

        (await owner.PostAsync("/group/dismiss_group", new { groupID = group })).Failed(1204, "DismissedAlreadyError");
        Assert.Equal(1204, (await member.RequestAsync(Requests.SendMsg, member.TextToGroup(group, "hello"))).ErrCode);
        Assert.Equal(0, (await member.PostAsync("/group/get_joined_group_list", new { fromUserID = member.UserId, pagination = new { pageNumber = 1, showNumber = 9 } })).Succeeded().Data.Number("total"));
        await owner.SayAsync(owner.TextTo(member.UserId, "a fence"));
        await member.TextPushAsync("a fence");
        Assert.DoesNotContain(member.Messages, p => p.Message.ContentType == 1511);
    }

    /// <summary>Somebody comes into a group where one thing was said.</summary>
    /// <returns>The first sequence that he is told of, and those that he can read.</returns>
    private static async Task<(int MinSeq, long[] Seqs)> ComeLaterAsync(OpenImAppClient app)
    {
        await using var owner = await app.NewClientAsync("owner");
        var guest = await app.NewLoginAsync("guest");
        var group = await app.NewGroupAsync(owner.UserId, []);
        await owner.SayAsync(owner.TextToGroup(group, "before"));
        (await owner.PostAsync("/group/invite_user_to_group", new { groupID = group, invitedUserIDs = new[] { guest.Id } })).Succeeded();

        var row = (await app.PostAsync("/conversation/get_conversation", new { ownerUserID = guest.Id, conversationID = $"sg_{group}" }, guest.Token)).Succeeded().Data;
        var pulled = (await app.PostAsync("/msg/pull_msg_by_seq", new
        {
            userID = guest.Id,
            seqRanges = new[] { new { conversationID = $"sg_{group}", begin = 1, end = 99, num = 99 } },
        }, guest.Token)).Succeeded().Data;
        var seqs = pulled.GetProperty("msgs").GetProperty($"sg_{group}").Items("Msgs").Select(m => m.GetProperty("seq").GetInt64());
        return (row.GetProperty("conversation").Number("minSeq"), [.. seqs]);
    }
}
