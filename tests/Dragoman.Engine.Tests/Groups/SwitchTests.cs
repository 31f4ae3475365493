using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Groups;

/// <summary>Groups with switches: who finds them, who invites, who has to agree, and how many there may be.</summary>
public sealed class SwitchTests : EngineTest
{
    private static Group Custom(Group group) => group with { Type = GroupTypes.Custom.Id, Apply = ApplyRule.Open };

    private static Group Asking(Group group) => Custom(group) with { InviteeConsents = true };

    [Fact]
    public async Task Who_has_to_agree_is_asked_and_the_inviter_hears_his_answer()
    {
        var group = await Engine.GivenGroupAsync(Asking);
        var told = Told.Count;

        Assert.True(Value(await Engine.InviteAsync(As("alice"), group, "bob", "carol")).AwaitsConsent);
        Assert.Null(await Engine.MemberAsync(group, "bob"));
        Assert.Equal(["bob", "carol"], Told.Skip(told).Where(e => e.Notice is InvitationOffered).Select(e => e.Conversation.A).Order());

        told = Told.Count;
        Value(await Engine.AnswerInvitationAsync(As("bob"), group));
        Value(await Engine.AnswerInvitationAsync(As("carol"), group, isAccepted: false));

        var member = await Engine.MemberAsync(group, "bob");
        Assert.Equal((JoinSource.Invitation, "alice", "bob"), (member.Source, member.Inviter, member.Operator));
        Assert.Null(await Engine.MemberAsync(group, "carol"));
        var answers = Told.Skip(told).Where(e => e.Notice is InvitationAnswered).ToArray();
        Assert.All(answers, e => Assert.Equal(ConversationKey.Inbox(App, new("alice")), e.Conversation));
        Assert.Equal([ApplicationState.Accepted, ApplicationState.Refused], answers.Select(e => ((InvitationAnswered)e.Notice!).Application.State));
        Assert.Equal(Condition.ApplicationHandled, ConditionOf(await Engine.AnswerInvitationAsync(As("carol"), group)));
    }

    [Fact]
    public async Task An_invitation_is_answered_by_the_invitee_alone_and_is_no_application()
    {
        var group = await Engine.GivenGroupAsync(Asking);
        Value(await Engine.InviteAsync(As("alice"), group, "bob"));

        Assert.Equal(Condition.ApplicationNotFound, ConditionOf(await Engine.AnswerAsync(As("alice"), group, "bob")));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Engine.Get<AnswerInvitation>().RunAsync(As("carol"), group, new("bob"), true, "", Ct)));
        Assert.Equal(Condition.ApplicationNotFound, ConditionOf(await Engine.AnswerInvitationAsync(As("carol"), group)));
        Assert.Empty(Value(await Engine.Get<ListApplications>().OfManagerAsync(As("alice"), new("alice"), [], new([], 0, 10), Ct)).Items);
        Assert.Equal(0, Value(await Engine.Get<ListApplications>().CountAsync(As("alice"), new("alice"), 0, Ct)));
        await RestartAsync();
        Assert.Equal(ApplicationState.Accepted, Value(await Engine.AnswerInvitationAsync(As("bob"), group)).State);
    }

    [Fact]
    public async Task The_app_asks_nobody()
    {
        var group = await Engine.GivenGroupAsync(Asking);

        Assert.False(Value(await Engine.InviteAsync(Admin, group, "bob")).AwaitsConsent);
        Assert.NotNull(await Engine.MemberAsync(group, "bob"));
    }

    [Fact]
    public async Task First_members_who_have_to_agree_are_invited()
    {
        var group = await Engine.GivenGroupAsync(Asking, members: ["bob"]);

        Assert.Equal(1, (await Engine.RosterAsync(group)).Count);
        Assert.Single(Told, e => e.Notice is InvitationOffered);
        Value(await Engine.AnswerInvitationAsync(As("bob"), group));
        Assert.Equal(2, (await Engine.RosterAsync(group)).Count);
    }

    [Fact]
    public async Task Each_alone_is_invited_and_only_a_call_in_vain_is_refused()
    {
        var group = await Engine.GivenGroupAsync(g => Custom(g) with { MemberLimit = 3 }, members: ["bob"]);
        await Engine.GivenUsersAsync("dave");
        async Task<Result<Invited>> Invite(params string[] users) => await Engine.Get<InviteMembers>().RunAsync(
            As("alice"), group, [.. users.Select(user => new UserId(user))], "", NoticeReach.Timeline, Ct, BatchMode.EachAlone);

        var invited = Value(await Invite("bob", "nobody", "carol", "dave", "carol"));

        Assert.Equal(
            [("bob", Condition.AlreadyGroupMember), ("nobody", Condition.AccountNotFound), ("carol", Condition.None), ("dave", Condition.GroupFull)],
            invited.Items.Select(item => (item.Subject.Value, item.Refusal?.Condition ?? Condition.None)));
        Assert.Equal(3, invited.Roster.Count);
        Assert.Equal(Condition.AlreadyGroupMember, ConditionOf(await Invite("bob", "carol")));
    }

    [Fact]
    public async Task How_large_a_group_may_be_is_its_own_choice_within_the_plan()
    {
        var planned = As("alice") with { GroupQuota = new(PerUser: 2, PerApp: 2, Members: 10) };
        var group = Custom(new Group { App = App, Id = new("one"), Owner = new("alice"), Creator = new("alice") });

        Assert.Equal(Condition.MemberLimitAbovePlan, ConditionOf(await Engine.CreateAsync(planned, group with { MemberLimit = 11 })));
        Value(await Engine.CreateAsync(planned, group with { MemberLimit = 2 }, (new("bob"), GroupRole.Member)));
        Assert.Equal(Condition.GroupFull, ConditionOf(await Engine.InviteAsync(planned, group.Id, "carol")));
        Assert.Equal(Condition.MemberLimitAbovePlan, ConditionOf(await Engine.UpdateAsync(planned, group.Id, new GroupChange { MemberLimit = 11 })));
        Assert.Equal(Condition.GroupFull, ConditionOf(await Engine.UpdateAsync(planned, group.Id, new GroupChange { MemberLimit = 1 })));
        Value(await Engine.UpdateAsync(planned, group.Id, new GroupChange { MemberLimit = 10 }));
        Value(await Engine.InviteAsync(planned, group.Id, "carol"));

        Value(await Engine.CreateAsync(planned, group with { Id = new("two") }));
        Assert.Equal(Condition.UserGroupLimitReached, ConditionOf(await Engine.CreateAsync(planned, group with { Id = new("three") })));
        var carols = As("carol") with { GroupQuota = planned.GroupQuota };
        Assert.Equal(Condition.AppGroupLimitReached, ConditionOf(await Engine.CreateAsync(carols, group with { Id = new("three"), Owner = new("carol") })));
        Value(await Engine.DismissAsync(As("alice"), new("two")));
        Value(await Engine.CreateAsync(carols, group with { Id = new("three"), Owner = new("carol") }));
    }

    [Fact]
    public async Task A_disabled_group_stands_still_until_the_app_enables_it()
    {
        var group = await Engine.GivenGroupAsync(Custom, members: ["bob"]);
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Engine.Get<DisableGroup>().RunAsync(As("alice"), group, true, Ct)));

        Value(await Engine.Get<DisableGroup>().RunAsync(Admin, group, isDisabled: true, Ct));

        Assert.Equal(Condition.GroupDisabled, ConditionOf(await Engine.SayAsync("alice", group, "hello")));
        Assert.Equal(Condition.GroupDisabled, ConditionOf(await Engine.JoinAsync(As("carol"), group)));
        Assert.Equal(Condition.GroupDisabled, ConditionOf(await Engine.LeaveAsync(As("bob"), group)));
        Assert.Equal(Condition.GroupDisabled, ConditionOf(await Engine.UpdateAsync(As("alice"), group, new GroupChange { Name = "other" })));
        Assert.Equal(Condition.GroupDisabled, ConditionOf(await Engine.DismissAsync(As("alice"), group)));
        await RestartAsync();
        Value(await Engine.Get<DisableGroup>().RunAsync(Admin, group, isDisabled: false, Ct));
        Value(await Engine.SayAsync("alice", group, "hello"));
    }

    [Fact]
    public async Task The_public_list_shows_what_is_listed_newest_first_in_pages()
    {
        var list = Engine.Get<ListGroups>();
        GroupId[] listed = [.. await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Engine.GivenGroupAsync(g => Custom(g) with { IsListed = true })))];
        var hidden = await Engine.GivenGroupAsync(Custom);
        Value(await Engine.DismissAsync(As("alice"), listed[0]));

        var first = Value(await list.OfAppAsync(As("bob"), before: 0, take: 3, listed: true, Ct));
        var second = Value(await list.OfAppAsync(As("bob"), first.Next, take: 3, listed: true, Ct));

        Assert.Equal((3, 1, 0), (first.Items.Count, second.Items.Count, second.Next));
        Assert.Equal(first.Items.Concat(second.Items).OrderByDescending(r => r.Group.Number), [.. first.Items, .. second.Items]);
        Assert.Equal(listed.Skip(1).ToHashSet(), first.Items.Concat(second.Items).Select(r => r.Group.Id).ToHashSet());
        Assert.Equal(Condition.NotPermitted, ConditionOf(await list.OfAppAsync(As("bob"), 0, 10, listed: false, Ct)));
        Assert.Contains(hidden, Value(await list.OfAppAsync(Admin, 0, 10, listed: false, Ct)).Items.Select(r => r.Group.Id));
    }

    [Fact]
    public async Task A_users_groups_come_in_pages_the_newest_first()
    {
        var groups = new List<GroupId>();
        for (var i = 0; i < 3; i++)
        {
            Engine.Clock.Advance(TimeSpan.FromSeconds(1));
            groups.Add(await Engine.GivenGroupAsync(Custom, members: ["bob"]));
        }

        var page = Value(await Engine.Get<ListGroups>().OfUserAsync(As("bob"), new("bob"), skip: 1, take: 5, Ct));

        Assert.Equal((3, 2), (page.Total, page.Items.Count));
        Assert.Equal([groups[1], groups[0]], page.Items.Select(r => r.Group.Id));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Engine.Get<ListGroups>().OfUserAsync(As("bob"), new("alice"), 0, 5, Ct)));
    }
}
