using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Topics;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Topics;

public sealed class TopicTests : TopicTest
{
    [Fact]
    public async Task A_thread_begins_under_a_message_and_the_group_hears_of_it()
    {
        var group = await GivenGroupAsync();
        var root = Value(await Engine.SayAsync("alice", group, "root"));

        var topic = Value(await BeginAsync("bob", group, root.Id)).Topic;

        Assert.Equal((root.Sequence, root.Id.Value, "thread", "bob"), (topic.RootSequence, topic.RootMessage, topic.Name, topic.Owner.Value));
        Assert.True(topic.Number > 0);
        Assert.Equal("bob", await MembersAsync(topic));
        var told = Assert.Single(Heard<TopicCreated>(topic));
        Assert.Equal((ConversationKey.Group(App, group), LogChannel.Changes), (told.Conversation, told.Channel));
        Assert.Equal(3, Assert.IsType<Audience.Members>(told.Audience).Roster.Count);
        Assert.Equal(topic.Name, Assert.IsType<TopicCreated>(NoticeJson.Read(told.Body.Span)).Topic.Name);
    }

    [Fact]
    public async Task What_cannot_be_a_thread_is_refused()
    {
        await Engine.GivenUsersAsync("dave");
        var group = await GivenGroupAsync();
        var other = await Engine.GivenGroupAsync("bob", "alice");
        var root = Value(await Engine.SayAsync("alice", group, "root"));
        var elsewhere = Value(await Engine.SayAsync("alice", other, "elsewhere"));
        var whispered = Value(await Engine.SayAsync("alice", "bob", "whispered"));
        var recalled = Value(await Engine.SayAsync("alice", group, "recalled"));
        Value(await Engine.Get<RecallMessage>().RunAsync(As("alice"), new("alice"), ConversationKey.Group(App, group), recalled.Sequence, Ct));

        Assert.Equal(Condition.NotPermitted, ConditionOf(await BeginAsync("bob", group, root.Id, caller: As("carol"))));
        Assert.Equal(Condition.GroupNotFound, ConditionOf(await BeginAsync("bob", new("nowhere"), root.Id)));
        Assert.Equal(Condition.NotGroupMember, ConditionOf(await BeginAsync("dave", group, root.Id)));
        Assert.Equal(Condition.NotGroupMember, ConditionOf(await BeginAsync("dave", group, root.Id, caller: Admin)));
        Assert.Equal(Condition.MessageNotFound, ConditionOf(await BeginAsync("bob", group, new(4711))));
        Assert.Equal(Condition.MessageNotFound, ConditionOf(await BeginAsync("bob", group, recalled.Id)));
        Assert.Equal(Condition.MessageNotOfGroup, ConditionOf(await BeginAsync("bob", group, elsewhere.Id)));
        Assert.Equal(Condition.TopicRootInvalid, ConditionOf(await BeginAsync("bob", group, whispered.Id)));
        Assert.Equal(Condition.TopicNameInvalid, ConditionOf(await BeginAsync("bob", group, root.Id, new string('x', 65))));
        Assert.Equal(Condition.TopicNameInvalid, ConditionOf(await BeginAsync("bob", group, root.Id, " ")));

        var topic = Value(await BeginAsync("bob", group, root.Id, new string('x', 64))).Topic;
        Assert.Equal(Condition.TopicExists, ConditionOf(await BeginAsync("carol", group, root.Id)));
        var said = Value(await SayAsync("bob", topic));
        Assert.Equal(Condition.TopicNotNested, ConditionOf(await BeginAsync("bob", group, said.Id)));
    }

    [Fact]
    public async Task Topics_of_an_app_and_of_a_user_are_bounded()
    {
        var group = await GivenGroupAsync();
        var one = await GivenThreadAsync(group, "bob");
        Limits.MaxPerUser = 1;
        Assert.Equal(Condition.TopicJoinLimitReached, ConditionOf(await BeginAsync("bob", group, Value(await Engine.SayAsync("alice", group, "x")).Id)));
        var other = await GivenThreadAsync(group, "carol");
        Assert.Equal(Condition.TopicJoinLimitReached, ConditionOf(await JoinAsync("bob", other)));
        Assert.Equal(Condition.TopicJoinLimitReached, ConditionOf(await SayAsync("bob", other)));
        Value(await LeaveAsync("bob", one));
        Value(await JoinAsync("bob", other));

        (Limits.MaxPerUser, Limits.MaxPerApp) = (10, 2);
        Assert.Equal(Condition.TopicLimitReached, ConditionOf(await BeginAsync("bob", group, Value(await Engine.SayAsync("alice", group, "y")).Id)));
    }

    [Fact]
    public async Task People_join_and_leave_and_are_brought_and_put_out()
    {
        await Engine.GivenUsersAsync("dave");
        var group = await GivenGroupAsync();
        var topic = await GivenThreadAsync(group);

        Value(await JoinAsync("bob", topic));
        Assert.Equal(Condition.AlreadyInTopic, ConditionOf(await JoinAsync("bob", topic)));
        Assert.Equal(Condition.NotGroupMember, ConditionOf(await JoinAsync("dave", topic)));
        Assert.Equal(Condition.TopicNotFound, ConditionOf(await JoinAsync("bob", topic with { Id = new("nothing") })));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Engine.Get<BringIntoTopic>().RunAsync(As("alice"), Ids("carol"), topic.Id, Ct)));
        Value(await Engine.Get<BringIntoTopic>().RunAsync(Admin, Ids("bob", "carol"), topic.Id, Ct));
        Assert.Equal(Condition.NotGroupMember, ConditionOf(await Engine.Get<BringIntoTopic>().RunAsync(Admin, Ids("dave"), topic.Id, Ct)));
        Assert.Equal("alice bob carol", await MembersAsync(topic));

        Value(await LeaveAsync("bob", topic));
        Assert.Equal(Condition.NotInTopic, ConditionOf(await LeaveAsync("bob", topic)));
        var put = Value(await Engine.Get<RemoveFromTopic>().RunAsync(As("alice"), Ids("carol", "bob"), topic.Id, Ct));
        Assert.Equal(["carol"], put.Done.Select(user => user.Value));
        Assert.Equal("alice", await MembersAsync(topic));
        await RestartAsync();
        Assert.Equal("alice", await MembersAsync(topic));
    }

    [Fact]
    public async Task What_one_does_the_own_devices_hear_and_what_is_done_to_one_is_kept()
    {
        var group = await GivenGroupAsync();
        var topic = await GivenThreadAsync(group);
        Value(await JoinAsync("bob", topic));
        Value(await Engine.Get<BringIntoTopic>().RunAsync(Admin, Ids("carol"), topic.Id, Ct));
        Value(await Engine.Get<RemoveFromTopic>().RunAsync(As("alice"), Ids("carol"), topic.Id, Ct));
        Value(await LeaveAsync("bob", topic));

        var told = Heard<TopicMembersChanged>(topic).ToArray();

        Assert.Equal(
            [TopicPassage.Joined, TopicPassage.Added, TopicPassage.Removed, TopicPassage.Left],
            told.Select(entry => ((TopicMembersChanged)entry.Notice!).Passage));
        Assert.Equal([false, true, true, false], told.Select(entry => entry.Sequence > 0));
        Assert.Equal(["bob", "carol", "carol", "bob"], told.Select(entry => entry.Conversation.A));
    }

    [Fact]
    public async Task Who_leaves_the_group_leaves_its_threads_and_comes_back_to_none()
    {
        var group = await GivenGroupAsync();
        var topic = await GivenThreadAsync(group);
        Value(await SayAsync("bob", topic, "one"));

        Value(await Engine.LeaveAsync(As("bob"), group));
        Value(await SayAsync("alice", topic, "two"));
        Assert.Equal("alice", await MembersAsync(topic));
        Assert.Equal("one", await ReadAsync("bob", topic));
        Assert.Equal(Condition.NotGroupMember, ConditionOf(await SayAsync("bob", topic)));

        Value(await Engine.InviteAsync(Admin, group, "bob"));
        Assert.Equal("alice", await MembersAsync(topic));
        Value(await JoinAsync("bob", topic));
        Assert.Equal("one two", await ReadAsync("bob", topic));
    }

    [Fact]
    public async Task A_deleted_account_leaves_its_threads()
    {
        var group = await GivenGroupAsync();
        var topic = await GivenThreadAsync(group);
        Value(await JoinAsync("bob", topic));

        Value(await Engine.Get<DeleteAccount>().RunAsync(Admin, new("bob"), OwnedGroups.Dismiss, Ct));

        Assert.Equal("alice", await MembersAsync(topic));
        Assert.Null(await UnreadAsync("bob", topic));
    }

    [Fact]
    public async Task A_dismissed_group_takes_its_threads_with_it()
    {
        var group = await GivenGroupAsync();
        var topic = await GivenThreadAsync(group);
        Value(await SayAsync("bob", topic, "one"));

        Value(await Engine.DismissAsync(As("alice"), group));

        Assert.Equal(Condition.TopicNotFound, ConditionOf(await SayAsync("bob", topic)));
        Assert.Equal(Condition.TopicNotFound, ConditionOf(await Engine.Get<FindTopics>().RunAsync(Admin, topic.Id, Ct)));
        Assert.Empty(Value(await Engine.Get<ListTopics>().RunAsync(Admin, new(null, 10, IsOldestFirst: true), Ct)));
        Assert.Equal("one", await ReadAsync("bob", topic));
    }

    [Fact]
    public async Task An_ended_thread_is_gone_with_what_was_said_and_the_group_hears_of_it()
    {
        var group = await GivenGroupAsync();
        var topic = await GivenThreadAsync(group, "bob");
        Value(await SayAsync("bob", topic, "one"));
        Assert.Equal(Condition.NotGroupManager, ConditionOf(await Engine.Get<DismissTopic>().RunAsync(As("bob"), topic.Id, Ct)));

        Value(await Engine.Get<DismissTopic>().RunAsync(As("alice"), topic.Id, Ct));

        Assert.Equal("alice", Assert.Single(Heard<TopicDismissed>(topic)).Sender.Value);
        Assert.Equal("none", await MembersAsync(topic));
        Assert.Equal("ConversationNotFound", await ReadAsync("bob", topic));
        Assert.Null(await UnreadAsync("bob", topic));
        Assert.Equal(Condition.TopicNotFound, ConditionOf(await Engine.Get<DismissTopic>().RunAsync(As("alice"), topic.Id, Ct)));
        Value(await BeginAsync("carol", group, new(topic.RootMessage)));
    }

    [Fact]
    public async Task Who_began_a_thread_renames_it_and_so_do_managers()
    {
        var group = await GivenGroupAsync();
        var topic = await GivenThreadAsync(group, "bob");
        var update = Engine.Get<UpdateTopic>();

        Assert.Equal("mine", Value(await update.RunAsync(As("bob"), topic.Id, "mine", Ct)).Topic.Name);
        Assert.Equal("ours", Value(await update.RunAsync(As("alice"), topic.Id, "ours", Ct)).Topic.Name);
        Assert.Equal(Condition.NotGroupManager, ConditionOf(await update.RunAsync(As("carol"), topic.Id, "hers", Ct)));
        Assert.Equal(Condition.TopicNameInvalid, ConditionOf(await update.RunAsync(As("bob"), topic.Id, new string('x', 65), Ct)));
        Assert.Equal(["mine", "ours"], Heard<TopicUpdated>(topic).Select(entry => ((TopicUpdated)entry.Notice!).Topic.Name));
        await RestartAsync();
        Assert.Equal("ours", (await Engine.Get<TopicDirectory>().FindAsync(App, topic.Id, Ct))!.Topic.Name);
    }

    [Fact]
    public async Task Lists_show_what_one_may_see()
    {
        await Engine.GivenUsersAsync("dave");
        var group = await GivenGroupAsync();
        var one = await GivenThreadAsync(group);
        var two = await GivenThreadAsync(group, "bob");
        var list = Engine.Get<ListTopics>();
        var all = new TopicQuery(null, 10, IsOldestFirst: true);

        Assert.Equal([one.Id, two.Id], Value(await list.RunAsync(Admin, all, Ct)).Select(topic => topic.Id));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await list.RunAsync(As("alice"), all, Ct)));
        Assert.Equal(2, Value(await list.RunAsync(As("carol"), all with { Group = group }, Ct)).Count);
        Assert.Equal(Condition.NotGroupMember, ConditionOf(await list.RunAsync(As("dave"), all with { Group = group }, Ct)));
        Assert.Equal([two.Id], Value(await list.RunAsync(As("bob"), all with { Member = new("bob") }, Ct)).Select(topic => topic.Id));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await list.RunAsync(As("alice"), all with { Member = new("bob") }, Ct)));
        Assert.Equal(Condition.NotGroupMember, ConditionOf(await Engine.Get<FindTopics>().RunAsync(As("dave"), one.Id, Ct)));
        Assert.Equal(Condition.GroupNotFound, ConditionOf(await list.RunAsync(Admin, all with { Group = new("nowhere") }, Ct)));
    }

    [Fact]
    public async Task In_a_disabled_group_threads_stand_still()
    {
        var group = await GivenGroupAsync();
        var topic = await GivenThreadAsync(group);
        Value(await Engine.Get<DisableGroup>().RunAsync(Admin, group, isDisabled: true, Ct));

        Assert.Equal(Condition.GroupDisabled, ConditionOf(await SayAsync("alice", topic)));
        Assert.Equal(Condition.GroupDisabled, ConditionOf(await JoinAsync("bob", topic)));
        Assert.Equal(Condition.GroupDisabled, ConditionOf(await BeginAsync("bob", group, new(topic.RootMessage))));
    }
}
