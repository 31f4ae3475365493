using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Groups;

public sealed class ApplicationTests : EngineTest
{
    private static readonly ApplicationFilter All = new([], 0, 100);

    [Fact]
    public async Task An_application_waits_and_is_told_to_managers_and_applicant_each_for_himself()
    {
        await Engine.GivenUsersAsync("dave");
        var group = await Engine.GivenGroupAsync(g => g, members: ["carol"], managers: ["bob"]);
        var told = Told.Count;
        Value(await Engine.ApplyAsync(As("dave"), group, "please"));

        Assert.Null(await Engine.MemberAsync(group, "dave"));
        var news = Told.Skip(told).ToArray();
        Assert.All(news, e => Assert.Equal("please", Assert.IsType<GroupApplied>(e.Notice).Application.Message));
        var (live, kept) = (news.Where(e => e.Sequence == 0).ToArray(), news.Where(e => e.Sequence > 0).ToArray());
        Assert.Equal(["alice", "bob", "dave"], ReceiversOf(live));
        Assert.All(live, e => Assert.Equal(Direct("dave", ReceiverOf(e)), e.Conversation));
        Assert.Equal(["alice", "bob", "dave"], ReceiversOf(kept));
        Assert.All(kept, e => Assert.Equal(ConversationKey.Inbox(App, new(ReceiverOf(e))), e.Conversation)); // it waits for who is not there
    }

    [Fact]
    public async Task An_accepted_applicant_is_a_member_and_everybody_learns_of_it()
    {
        var group = await Engine.GivenGroupAsync(g => g, managers: ["bob"]);
        Value(await Engine.ApplyAsync(As("carol"), group));
        var told = Told.Count;
        var answered = Value(await Engine.AnswerAsync(As("bob"), group, "carol"));

        Assert.Equal((ApplicationState.Accepted, "bob", "as you like"), (answered.State, answered.Handler, answered.Answer));
        var member = await Engine.MemberAsync(group, "carol");
        Assert.Equal((GroupRole.Member, JoinSource.Search, "bob", ""), (member.Role, member.Source, member.Operator, member.Inviter));
        var news = Told.Skip(told).ToArray();
        Assert.Equal("carol", Assert.IsType<MemberEntered>(Assert.Single(news, IsOfGroup).Notice).Operator.Id.Value);
        Assert.Equal(["alice", "bob", "carol"], ReceiversOf(news.Where(e => e.Notice is ApplicationAnswered && e.Sequence == 0)));
        Assert.Equal(Condition.ApplicationHandled, ConditionOf(await Engine.AnswerAsync(As("bob"), group, "carol")));
    }

    [Fact]
    public async Task A_refused_applicant_may_try_again()
    {
        var group = await Engine.GivenGroupAsync(g => g);
        Value(await Engine.ApplyAsync(As("bob"), group));
        Value(await Engine.AnswerAsync(As("alice"), group, "bob", isAccepted: false));
        Assert.Null(await Engine.MemberAsync(group, "bob"));
        Assert.Equal(Condition.ApplicationHandled, ConditionOf(await Engine.AnswerAsync(As("alice"), group, "bob")));

        Value(await Engine.ApplyAsync(As("bob"), group, "and now?"));
        await RestartAsync();
        var (mine, manager) = (await ListOfAsync("bob"), await ListForAsync("alice"));
        Assert.Equal((ApplicationState.Pending, "and now?", ""), (mine.Items.Single().State, mine.Items.Single().Message, mine.Items.Single().Handler));
        Assert.Equal(mine.Items.Single(), manager.Items.Single());
    }

    [Fact]
    public async Task Where_the_group_is_open_nobody_waits()
    {
        var group = await Engine.GivenGroupAsync(g => g with { Apply = ApplyRule.Open });

        Assert.NotNull(Value(await Engine.ApplyAsync(As("bob"), group)).Find(new("bob")));
        Assert.Empty((await ListForAsync("alice")).Items);
    }

    [Fact]
    public async Task Applications_are_refused_for_their_reasons()
    {
        var group = await Engine.GivenGroupAsync(g => g, members: ["bob"]);
        var closed = await Engine.GivenGroupAsync(g => g with { Apply = ApplyRule.Closed });
        var limit = Engine.Get<EngineLimits>().MaxGroupTextBytes;

        Assert.Equal(Condition.AlreadyGroupMember, ConditionOf(await Engine.ApplyAsync(As("bob"), group)));
        Assert.Equal(Condition.ApplicationsClosed, ConditionOf(await Engine.ApplyAsync(As("bob"), closed)));
        Assert.Equal(Condition.ApplicationsClosed, ConditionOf(await Engine.JoinAsync(As("bob"), closed)));
        Assert.Equal(Condition.AccountNotFound, ConditionOf(await Engine.ApplyAsync(As("nobody"), group)));
        Assert.Equal(Condition.GroupNotFound, ConditionOf(await Engine.ApplyAsync(As("carol"), new("none"))));
        Assert.Equal(Condition.None, ConditionOf(await Engine.ApplyAsync(As("carol"), group, new string('m', limit))));
        Assert.Equal(Condition.GroupTextTooLong, ConditionOf(await Engine.ApplyAsync(As("carol"), group, new string('m', limit + 1))));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Engine.Get<ApplyToGroup>().RunAsync(As("carol"), new("bob"), group, "", default, "", Ct)));
        Value(await Engine.DismissAsync(As("alice"), group));
        Assert.Equal(Condition.GroupDismissed, ConditionOf(await Engine.ApplyAsync(As("carol"), group)));
    }

    [Fact]
    public async Task Answers_are_refused_for_their_reasons()
    {
        var group = await Engine.GivenGroupAsync(g => g, members: ["bob"]);

        Assert.Equal(Condition.ApplicationNotFound, ConditionOf(await Engine.AnswerAsync(As("alice"), group, "carol")));
        Value(await Engine.ApplyAsync(As("carol"), group));
        Assert.Equal(Condition.NotGroupManager, ConditionOf(await Engine.AnswerAsync(As("bob"), group, "carol")));
        Assert.Equal(Condition.NotGroupMember, ConditionOf(await Engine.AnswerAsync(As("carol"), group, "carol")));
        Assert.Equal(Condition.None, ConditionOf(await Engine.AnswerAsync(Admin, group, "carol")));
    }

    [Fact]
    public async Task Who_got_in_another_way_is_accepted_without_anything_happening()
    {
        var group = await Engine.GivenGroupAsync(g => g);
        Value(await Engine.ApplyAsync(As("bob"), group));
        Value(await Engine.InviteAsync(As("alice"), group, "bob"));
        var version = (await Engine.RosterAsync(group)).Version;

        Assert.Equal(ApplicationState.Accepted, Value(await Engine.AnswerAsync(As("alice"), group, "bob")).State);
        Assert.Equal(version, (await Engine.RosterAsync(group)).Version);
    }

    [Fact]
    public async Task Where_members_may_not_their_guests_wait_for_a_manager()
    {
        var group = await Engine.GivenGroupAsync(g => g with { Invite = InviteRule.ApprovalForMembers }, members: ["bob"]);
        var told = Told.Count;

        Assert.True(Value(await Engine.InviteAsync(As("bob"), group, "carol")).AwaitsApproval);
        Assert.Equal(["alice", "bob", "carol"], ReceiversOf(Told.Skip(told).Where(e => e.Sequence == 0)));
        Value(await Engine.AnswerAsync(As("alice"), group, "carol"));
        var member = await Engine.MemberAsync(group, "carol");
        Assert.Equal((JoinSource.Invitation, "bob", "alice"), (member.Source, member.Inviter, member.Operator));
        var invited = Assert.IsType<MembersInvited>(Assert.Single(Told.Skip(told), IsOfGroup).Notice);
        Assert.Equal(("bob", "alice", "come"), (invited.Inviter.Id.Value, invited.Operator.Id.Value, invited.Reason));
    }

    [Fact]
    public async Task Invitations_follow_the_groups_rule()
    {
        await Engine.GivenUsersAsync("dave", "erin");
        var managers = await Engine.GivenGroupAsync(g => g with { Invite = InviteRule.ManagersOnly }, members: ["carol"], managers: ["bob"]);
        var closed = await Engine.GivenGroupAsync(g => g with { Invite = InviteRule.Closed }, managers: ["bob"]);

        Assert.Equal(Condition.NotGroupManager, ConditionOf(await Engine.InviteAsync(As("carol"), managers, "dave")));
        Assert.False(Value(await Engine.InviteAsync(As("bob"), managers, "dave")).AwaitsApproval);
        Assert.Equal(Condition.InvitationsClosed, ConditionOf(await Engine.InviteAsync(As("alice"), closed, "dave")));
        Assert.False(Value(await Engine.InviteAsync(Admin, closed, "dave")).AwaitsApproval);
    }

    [Fact]
    public async Task A_full_group_accepts_nobody_and_the_application_stays()
    {
        Engine.Get<EngineLimits>().MaxGroupMembers = 2;
        var group = await Engine.GivenGroupAsync(g => g);
        Value(await Engine.ApplyAsync(As("bob"), group));
        Value(await Engine.InviteAsync(As("alice"), group, "carol"));

        Assert.Equal(Condition.GroupFull, ConditionOf(await Engine.AnswerAsync(As("alice"), group, "bob")));
        Value(await Engine.KickAsync(As("alice"), group, "carol"));
        Assert.Equal(Condition.None, ConditionOf(await Engine.AnswerAsync(As("alice"), group, "bob")));
    }

    [Fact]
    public async Task Nobody_is_in_more_groups_than_the_limit()
    {
        Engine.Get<EngineLimits>().MaxGroupsPerUser = 2;
        var (first, second) = (await Engine.GivenGroupAsync(g => g, members: ["bob"]), await Engine.GivenGroupAsync(g => g, members: ["bob"]));
        var third = await Engine.GivenGroupAsync(g => g with { Owner = new("carol"), Apply = ApplyRule.Open });

        Assert.Equal(Condition.UserGroupLimitReached, ConditionOf(await Engine.InviteAsync(As("carol"), third, "bob")));
        Assert.Equal(Condition.UserGroupLimitReached, ConditionOf(await Engine.JoinAsync(As("bob"), third)));
        Assert.Equal(Condition.UserGroupLimitReached, ConditionOf(await Engine.CreateAsync(As("bob"), new Group { App = App, Id = new("x"), Owner = new("bob"), Creator = new("bob") })));
        Value(await Engine.LeaveAsync(As("bob"), first));
        Value(await Engine.JoinAsync(As("bob"), third));
        Assert.NotNull(await Engine.MemberAsync(second, "bob"));
    }

    [Fact]
    public async Task Lists_are_newest_first_in_pages_and_by_state()
    {
        var users = Enumerable.Range(0, 5).Select(i => $"u{i}").ToArray();
        await Engine.GivenUsersAsync(users);
        var (one, other) = (await Engine.GivenGroupAsync(g => g), await Engine.GivenGroupAsync(g => g, managers: ["bob"]));
        foreach (var user in users)
        {
            Engine.Clock.Advance(TimeSpan.FromSeconds(1));
            Value(await Engine.ApplyAsync(As(user), user == "u0" ? other : one));
        }

        Value(await Engine.AnswerAsync(As("alice"), one, "u1", isAccepted: false));

        Assert.Equal(["u4", "u3", "u2", "u1", "u0"], Names(await ListForAsync("alice")));
        Assert.Equal(["u0"], Names(await ListForAsync("bob")));
        var page = await ListForAsync("alice", new ApplicationFilter([], Skip: 1, Take: 2));
        Assert.Equal(5, page.Total);
        Assert.Equal(["u3", "u2"], Names(page));
        Assert.Equal(["u1"], Names(await ListForAsync("alice", new ApplicationFilter([ApplicationState.Refused, ApplicationState.Accepted], 0, 10))));
        Assert.Equal(["u0"], Names(await ListForAsync("alice", All, other)));
        Assert.Equal(["u4", "u3", "u2", "u1", "u0"], Names(await ListForAsync("alice", All, one, other, new GroupId("none"))).ToArray());
    }

    [Fact]
    public async Task What_waits_is_counted_for_who_may_answer()
    {
        await Engine.GivenUsersAsync("dave");
        var group = await Engine.GivenGroupAsync(g => g, members: ["carol"], managers: ["bob"]);
        Value(await Engine.ApplyAsync(As("dave"), group));
        var at = Engine.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        async Task<int> Count(string user, long since) => Value(await Engine.Get<ListApplications>().CountAsync(As(user), new(user), since, Ct));

        Assert.Equal((1, 1, 0, 0), (await Count("alice", 0), await Count("bob", at), await Count("bob", at + 1), await Count("carol", 0)));
        Value(await Engine.AnswerAsync(As("bob"), group, "dave", isAccepted: false));
        Assert.Equal(0, await Count("alice", 0));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Engine.Get<ListApplications>().CountAsync(As("carol"), new("bob"), 0, Ct)));
    }

    [Fact]
    public async Task Others_applications_are_for_managers_only()
    {
        var group = await Engine.GivenGroupAsync(g => g, members: ["bob"]);
        Value(await Engine.ApplyAsync(As("carol"), group));
        var list = Engine.Get<ListApplications>();

        Assert.Equal(Condition.NotGroupManager, ConditionOf(await list.OfManagerAsync(As("bob"), new("bob"), [group], All, Ct)));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await list.OfManagerAsync(As("bob"), new("alice"), [], All, Ct)));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await list.OfApplicantAsync(As("bob"), new("carol"), [], All, Ct)));
        Assert.Equal(Condition.NotGroupManager, ConditionOf(await list.OfUsersAsync(As("bob"), group, [new("carol")], Ct)));
        Assert.Single(Value(await list.OfUsersAsync(As("carol"), group, [new("carol")], Ct)));
        Assert.Single(Value(await list.OfUsersAsync(As("alice"), group, [new("carol"), new("nobody")], Ct)));
    }

    [Fact]
    public async Task Nobody_is_led_into_a_group_that_his_client_does_not_understand()
    {
        var hall = await Engine.GivenGroupAsync(g => g with { Type = GroupTypes.Assembly.Id }, members: ["bob"]);
        var narrow = As("carol") with { GroupTypes = System.Collections.Frozen.FrozenSet.Create(GroupTypes.Team.Id) };
        var member = As("bob") with { GroupTypes = narrow.GroupTypes };

        Assert.Equal(Condition.GroupTypeUnsupported, ConditionOf(await Engine.JoinAsync(narrow, hall)));
        Assert.Equal(Condition.GroupTypeUnsupported, ConditionOf(await Engine.ApplyAsync(narrow, hall)));
        Assert.Equal(Condition.GroupTypeUnsupported, ConditionOf(await Engine.InviteAsync(member, hall, "carol")));
        var draft = new MessageDraft { Origin = new(9), Content = ContentKind.Text, Body = "hello"u8.ToArray() };
        Assert.Equal(Condition.GroupTypeUnsupported, ConditionOf(await Engine.Get<SendGroupMessage>().RunAsync(member, new("bob"), hall, draft, Ct)));
        Assert.Equal(Condition.None, ConditionOf(await Engine.LeaveAsync(member, hall)));
        Assert.Equal(Condition.None, ConditionOf(await Engine.JoinAsync(As("carol"), hall)));
    }

    private async Task<ApplicationPage> ListForAsync(string manager, ApplicationFilter? filter = null, params GroupId[] groups) =>
        Value(await Engine.Get<ListApplications>().OfManagerAsync(
            groups.Length == 0 ? As(manager) : Admin, new(manager), groups, filter ?? All, Ct));

    private async Task<ApplicationPage> ListOfAsync(string applicant) =>
        Value(await Engine.Get<ListApplications>().OfApplicantAsync(As(applicant), new(applicant), [], All, Ct));

    private static IEnumerable<string> Names(ApplicationPage page) => page.Items.Select(a => a.Applicant.Value);

    private static bool IsOfGroup(Entry entry) => entry.Conversation.Kind == ConversationKind.Group;

    private static string ReceiverOf(Entry entry) => Assert.Single(Assert.IsType<Audience.Users>(entry.Audience).List).Value;

    private static IEnumerable<string> ReceiversOf(IEnumerable<Entry> entries) => entries.Select(ReceiverOf).Order();
}
