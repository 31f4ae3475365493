using Dragoman.Engine.Caching;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Tests.Rooms;
using Dragoman.Testing;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Messages;

public sealed class ReactionTests : RoomTest
{
    private static readonly ConversationKey Pair = Direct("alice", "bob");

    [Fact]
    public async Task Reactions_are_counted_and_told()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob", "carol");
        var said = Value(await Engine.SayAsync("alice", group, "hello")).Id;

        Value(await AddAsync("bob", said, "like"));
        Assert.Equal(2, Value(await AddAsync("alice", said, "like")).Tally.Count);
        Value(await AddAsync("bob", said, "❤️"));
        Value(await RemoveAsync("bob", said, "like"));

        var tallies = Value(await Engine.Get<ListReactions>().RunAsync(As("alice"), new("alice"), said, Ct));
        Assert.Equal([("like", 1, true), ("❤️", 1, false)], tallies.OrderBy(t => t.Reaction, StringComparer.Ordinal).Select(t => (t.Reaction, t.Count, t.IsOwn)));
        var told = Told.Select(entry => entry.Notice).OfType<ReactionsChanged>().ToArray();
        Assert.Equal(
            [("bob", "like", true, 1, "bob"), ("alice", "like", true, 2, "bob alice"), ("bob", "❤️", true, 1, "bob"), ("bob", "like", false, 1, "alice")],
            told.Select(n => (n.By.Value, n.Reaction, n.IsAdded, n.Count, string.Join(' ', n.Users.Select(u => u.Value)))));
        Assert.Equal(4, Value(await Engine.PullAsync("carol", ConversationKey.Group(App, group), LogChannel.Changes)).Entries.Count(e => e.Notice is ReactionsChanged));
    }

    [Fact]
    public async Task Who_reacts_is_listed_page_by_page()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob", "carol");
        var said = Value(await Engine.SayAsync("alice", group, "hello")).Id;
        foreach (var user in new[] { "carol", "alice", "bob" })
        {
            Value(await AddAsync(user, said, "like"));
            Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var list = Engine.Get<ListReactions>();
        var first = Value(await list.UsersAsync(As("bob"), new("bob"), said, "like", skip: 0, take: 2, Ct));
        var rest = Value(await list.UsersAsync(As("bob"), new("bob"), said, "like", skip: 2, take: 2, Ct));
        Assert.Equal((3, true, false, "carol alice"), (first.Tally.Count, first.Tally.IsOwn, first.IsLast, string.Join(' ', first.Tally.Users.Select(u => u.Value))));
        Assert.Equal((true, "bob"), (rest.IsLast, rest.Tally.Users.Single().Value));
        Assert.Equal(0, Value(await list.UsersAsync(As("bob"), new("bob"), said, "none", skip: 0, take: 2, Ct)).Tally.Count);
    }

    [Fact]
    public async Task Once_in_each_way_and_only_ones_own_is_taken_back()
    {
        var said = Value(await Engine.SayAsync("alice", "bob", "hello")).Id;
        Value(await AddAsync("bob", said, "like"));

        Assert.Equal(Condition.ReactionExists, ConditionOf(await AddAsync("bob", said, "like")));
        Assert.Equal(Condition.ReactionNotOwned, ConditionOf(await RemoveAsync("alice", said, "like")));
        Assert.Equal(Condition.ReactionNotOwned, ConditionOf(await RemoveAsync("bob", said, "other")));
        Assert.Equal(Condition.MessageNotFound, ConditionOf(await AddAsync("carol", said, "like")));
        Assert.Equal(Condition.MessageNotFound, ConditionOf(await AddAsync("bob", new(77), "like")));
        Assert.Equal(Condition.ReactionInvalid, ConditionOf(await AddAsync("bob", said, "")));
        Assert.Equal(Condition.ReactionInvalid, ConditionOf(await AddAsync("bob", said, new string('x', 129))));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Engine.Get<AddReaction>().RunAsync(As("bob"), new("alice"), said, "like", 20, Ct)));
    }

    [Fact]
    public async Task A_message_has_twenty_kinds_at_most()
    {
        var said = Value(await Engine.SayAsync("alice", "bob", "hello")).Id;
        for (var i = 0; i < 20; i++) Value(await AddAsync("bob", said, $"{i}"));

        Assert.Equal(Condition.ReactionLimitReached, ConditionOf(await AddAsync("bob", said, "one more")));
        Value(await AddAsync("alice", said, "0")); // a kind that is there has room
    }

    [Fact]
    public async Task Of_two_first_reactions_at_once_one_tries_again()
    {
        var said = Value(await Engine.SayAsync("alice", "bob", "hello")).Id;
        Task<Result<(Entry, ReactionTally)>> one, other;
        using (await Engine.Get<KeyedGate>().EnterAsync((App, said), Ct))
        {
            one = AddAsync("alice", said, "like");
            other = AddAsync("bob", said, "like");
            await Task.WhenAny(one, other).WaitAsync(TimeSpan.FromSeconds(10), Ct);
        }

        Assert.Equal([Condition.None, Condition.ReactionBusy], new[] { ConditionOf(await one), ConditionOf(await other) }.Order());
        Value(await AddAsync("bob", said, "again"));
    }

    [Fact]
    public async Task Rooms_and_what_is_gone_have_none()
    {
        var room = await GivenRoomAsync("alice");
        var inRoom = Value(await SayAsync("alice", room)).Id;
        var said = Value(await Engine.SayAsync("alice", "bob", "hello"));
        Value(await AddAsync("bob", said.Id, "like"));
        Value(await Engine.Get<RecallMessage>().RunAsync(As("alice"), new("alice"), Pair, said.Sequence, Ct));

        Assert.Equal(Condition.MessageNotFound, ConditionOf(await AddAsync("alice", inRoom, "like")));
        Assert.Equal(Condition.MessageNotFound, ConditionOf(await AddAsync("bob", said.Id, "like")));
        Assert.Empty(await Engine.Get<ReactionTallies>().OfAsync(new("bob"), Value(await Engine.PullAsync("bob", Pair)).Entries, Ct));
    }

    [Fact]
    public async Task Who_has_left_the_group_reacts_no_more()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob");
        var said = Value(await Engine.SayAsync("alice", group, "hello")).Id;
        Value(await Engine.LeaveAsync(As("bob"), group));

        Assert.Equal(Condition.NotGroupMember, ConditionOf(await AddAsync("bob", said, "like")));
    }

    private Task<Result<(Entry Message, ReactionTally Tally)>> AddAsync(string user, MessageId message, string reaction) =>
        Engine.Get<AddReaction>().RunAsync(As(user), new(user), message, reaction, most: 20, Ct).AsTask();

    private Task<Result<Done>> RemoveAsync(string user, MessageId message, string reaction) =>
        Engine.Get<RemoveReaction>().RunAsync(As(user), new(user), message, reaction, Ct).AsTask();
}
