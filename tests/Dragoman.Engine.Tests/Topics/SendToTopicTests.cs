using System.Reflection;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Topics;
using Microsoft.Extensions.DependencyInjection;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Topics;

public sealed class SendToTopicTests : TopicTest
{
    /// <summary>Questions to the stores of topics and of groups.</summary>
    private int _reads;

    protected override void Customize(IServiceCollection services)
    {
        Count<ITopicStore>(services);
        Count<IGroupStore>(services);
    }

    [Fact]
    public async Task What_is_said_is_told_to_who_has_joined_and_lies_in_a_log_of_its_own()
    {
        var group = await GivenGroupAsync();
        var topic = await GivenThreadAsync(group);
        Value(await JoinAsync("bob", topic));

        var sent = Value(await SayAsync("alice", topic));

        var entry = Told.Single(entry => entry.Id == sent.Id);
        Assert.Equal((1L, ConversationKey.Topic(App, group, topic.Id)), (entry.Sequence, entry.Conversation));
        Assert.Equal(["alice", "bob"], Assert.IsType<Audience.Users>(entry.Audience).List.Select(user => user.Value));
        Assert.Equal((0, 1, null), (await UnreadAsync("alice", topic), await UnreadAsync("bob", topic), await UnreadAsync("carol", topic)));
        Assert.Equal("ConversationNotFound", await ReadAsync("carol", topic));
    }

    [Fact]
    public async Task Who_speaks_has_joined()
    {
        var group = await GivenGroupAsync();
        var topic = await GivenThreadAsync(group);

        Value(await SayAsync("bob", topic, "one"));

        Assert.Equal("alice bob", await MembersAsync(topic));
        Assert.Equal(TopicPassage.Joined, ((TopicMembersChanged)Assert.Single(Heard<TopicMembersChanged>(topic)).Notice!).Passage);
        Assert.Equal("one", await ReadAsync("bob", topic));
    }

    [Fact]
    public async Task A_retry_gets_the_first_answer()
    {
        var topic = await GivenThreadAsync(await GivenGroupAsync());
        var draft = Draft("once") with { ClientKey = "key"u8.ToArray() };
        var send = Engine.Get<SendToTopic>();

        var first = Value(await send.RunAsync(As("bob"), new("bob"), topic.Id, draft, Ct));
        var second = Value(await send.RunAsync(As("bob"), new("bob"), topic.Id, draft, Ct));

        Assert.Equal((first.Id, true), (second.Id, second.IsRepeat));
        Assert.Equal("once", await ReadAsync("bob", topic));
    }

    [Fact]
    public async Task The_rules_are_those_of_the_group()
    {
        await Engine.GivenUsersAsync("dave");
        var group = await GivenGroupAsync();
        var topic = await GivenThreadAsync(group);

        Assert.Equal(Condition.NotGroupMember, ConditionOf(await SayAsync("dave", topic)));
        Assert.Equal(Condition.TopicNotFound, ConditionOf(await SayAsync("bob", topic with { Id = new("nothing") })));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Engine.Get<SendToTopic>().RunAsync(As("carol"), new("bob"), topic.Id, Draft("x"), Ct)));
        Value(await Engine.MuteAsync(As("alice"), group, "bob"));
        Assert.Equal(Condition.SenderMuted, ConditionOf(await SayAsync("bob", topic)));
        Value(await Engine.MuteAsync(As("alice"), group));
        Assert.Equal(Condition.GroupMuted, ConditionOf(await SayAsync("carol", topic)));
        Value(await SayAsync("alice", topic));
        Assert.Equal("alice", await MembersAsync(topic)); // who was refused has not joined
    }

    [Fact]
    public async Task Who_is_called_by_name_has_the_mark()
    {
        var topic = await GivenThreadAsync(await GivenGroupAsync());
        Value(await JoinAsync("bob", topic));

        Value(await SayAsync("alice", topic, "hey", new Mentions(Ids("bob", "carol"), Everybody: false)));

        var state = await Engine.Get<UserConversations>().FindAsync(new("bob"), topic.Conversation, Ct);
        Assert.Equal(MentionMark.Me, state!.Mention);
        Assert.Null(await Engine.Get<UserConversations>().FindAsync(new("carol"), topic.Conversation, Ct));
    }

    [Fact]
    public async Task What_is_taken_back_is_gone_and_its_members_hear_of_it()
    {
        var topic = await GivenThreadAsync(await GivenGroupAsync());
        Value(await SayAsync("alice", topic, "one"));
        Value(await SayAsync("bob", topic, "two"));
        Assert.Equal(Condition.RecallNotPermitted, ConditionOf(await RecallAsync("carol", topic, 2)));

        Value(await RecallAsync("bob", topic, 2));

        Assert.Equal("one", await ReadAsync("alice", topic));
        var told = Told.Single(entry => entry.Notice is MessageRecalled);
        Assert.Equal((topic.Conversation, LogChannel.Changes), (told.Conversation, told.Channel));
        Assert.Equal(["alice", "bob"], Assert.IsType<Audience.Users>(told.Audience).List.Select(user => user.Value));
        await RestartAsync();
        var overview = Assert.Single(await Engine.Get<LastTopicEntries>().RunAsync(As("carol"), [topic.Id, new("nothing")], Ct));
        Assert.Equal((1, "one"), (overview.Count, TextOf(overview.Last!)));
    }

    [Fact]
    public async Task Reading_hiding_and_clearing_work_as_in_groups()
    {
        var topic = await GivenThreadAsync(await GivenGroupAsync());
        Value(await JoinAsync("bob", topic));
        foreach (var text in new[] { "one", "two", "three" }) Value(await SayAsync("alice", topic, text));

        Value(await Engine.Get<MarkRead>().RunAsync(As("bob"), new("bob"), topic.Conversation, 2, [], isQuiet: false, Ct));
        Assert.Equal(1, await UnreadAsync("bob", topic));
        Value(await Engine.Get<RemoveFromSight>().HideAsync(As("bob"), new("bob"), topic.Conversation, [2], tellDevices: false, Ct));
        Assert.Equal("one three", await ReadAsync("bob", topic));
        Value(await Engine.Get<RemoveFromSight>().EraseAsync(As("alice"), new("alice"), topic.Conversation, [1], Ct));
        Assert.Equal("three", await ReadAsync("bob", topic));
        Value(await Engine.Get<ClearConversations>().RunAsync(As("bob"), new("bob"), [topic.Conversation], false, false, Ct));
        Assert.Equal(("", "two three"), (await ReadAsync("bob", topic), await ReadAsync("alice", topic)));
    }

    [Fact]
    public async Task Speaking_reads_no_roster_from_the_store()
    {
        var topic = await GivenThreadAsync(await GivenGroupAsync());
        foreach (var user in new[] { "alice", "bob" }) Value(await SayAsync(user, topic));
        var before = _reads;

        for (var i = 0; i < 50; i++) Value(await SayAsync(i % 2 == 0 ? "alice" : "bob", topic));

        Assert.NotEqual(0, before);
        Assert.Equal(before, _reads);
    }

    [Fact]
    public async Task Nobody_comes_into_a_thread_by_keeping_settings_of_it()
    {
        var topic = await GivenThreadAsync(await GivenGroupAsync());
        var configure = Engine.Get<ConfigureConversation>();

        Assert.Equal(Condition.ConversationNotFound, ConditionOf(await configure.RunAsync(As("bob"), new("bob"), topic.Conversation, new(IsPinned: true), Ct)));
        Value(await configure.RunAsync(As("alice"), new("alice"), topic.Conversation, new(IsPinned: true), Ct));
    }

    private void Count<TStore>(IServiceCollection services)
        where TStore : class
    {
        var store = services.Last(service => service.ServiceType == typeof(TStore)).ImplementationType!;
        services.AddSingleton(provider => CountingProxy<TStore>.Around((TStore)ActivatorUtilities.CreateInstance(provider, store), () => Interlocked.Increment(ref _reads)));
    }

    private class CountingProxy<TStore> : DispatchProxy
        where TStore : class
    {
        private TStore _store = null!;
        private Action _count = null!;

        public static TStore Around(TStore store, Action count)
        {
            var proxy = Create<TStore, CountingProxy<TStore>>();
            ((CountingProxy<TStore>)(object)proxy)._store = store;
            ((CountingProxy<TStore>)(object)proxy)._count = count;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            _count();
            return targetMethod!.Invoke(_store, args);
        }
    }
}
