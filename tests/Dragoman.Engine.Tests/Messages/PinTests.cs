using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Tests.Rooms;
using Dragoman.Testing;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Messages;

public sealed class PinTests : RoomTest
{
    private static readonly ConversationKey Pair = Direct("alice", "bob");

    [Fact]
    public async Task Anybody_pins_and_unpins_and_all_are_told()
    {
        var (one, two) = (Value(await Engine.SayAsync("alice", "bob", "1")).Id, Value(await Engine.SayAsync("alice", "bob", "2")).Id);

        Value(await PinAsync("bob", Pair, one));
        Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        Value(await PinAsync("alice", Pair, two));
        Assert.Equal([("2", "alice"), ("1", "bob")], (await ListAsync("bob", Pair)).Select(pin => (TextOf(pin.Message), pin.By.Value)));
        Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        Value(await PinAsync("alice", Pair, one)); // to the front
        Value(await UnpinAsync("bob", Pair, two));

        Assert.Equal([("1", "alice")], (await ListAsync("alice", Pair)).Select(pin => (TextOf(pin.Message), pin.By.Value)));
        var changes = Value(await Engine.PullAsync("alice", Pair, LogChannel.Changes)).Entries;
        Assert.Equal((3, 1), (changes.Count(e => e.Notice is MessagePinned), changes.Count(e => e.Notice is MessageUnpinned)));
    }

    [Fact]
    public async Task Twenty_are_pinned_at_most()
    {
        MessageId last = default;
        for (var i = 0; i < 21; i++)
        {
            if (i > 0) Value(await PinAsync("bob", Pair, last));
            last = Value(await Engine.SayAsync("alice", "bob", $"{i}")).Id;
        }

        Assert.Equal(Condition.PinLimitReached, ConditionOf(await PinAsync("bob", Pair, last)));
        var oldest = (await ListAsync("bob", Pair))[^1].Message.Id;
        Value(await PinAsync("bob", Pair, oldest)); // it is among them
        Value(await UnpinAsync("bob", Pair, oldest));
        Value(await PinAsync("bob", Pair, last));
    }

    [Fact]
    public async Task Only_what_one_sees_where_it_is()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob");
        var (said, inGroup) = (Value(await Engine.SayAsync("alice", "bob", "1")).Id, Value(await Engine.SayAsync("alice", group, "2")).Id);

        Assert.Equal(Condition.MessageNotFound, ConditionOf(await PinAsync("carol", Pair, said)));
        Assert.Equal(Condition.MessageNotFound, ConditionOf(await PinAsync("bob", Pair, inGroup)));
        Assert.Equal(Condition.NotGroupMember, ConditionOf(await PinAsync("carol", ConversationKey.Group(App, group), inGroup)));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Engine.Get<PinMessage>().RunAsync(As("bob"), new("alice"), Pair, said, 20, Ct)));
        Assert.Equal(Condition.PinNotFound, ConditionOf(await UnpinAsync("bob", Pair, said)));
        Assert.Equal(Condition.PinNotFound, ConditionOf(await UnpinAsync("bob", Pair, new(77))));
        Assert.Equal(Condition.NotGroupMember, ConditionOf(await Engine.Get<ListPins>().RunAsync(As("carol"), new("carol"), ConversationKey.Group(App, group), 0, 10, Ct)));
        Assert.Equal(Condition.ConversationNotFound, ConditionOf(await Engine.Get<ListPins>().RunAsync(As("carol"), new("carol"), Pair, 0, 10, Ct)));
    }

    [Fact]
    public async Task Messages_that_go_are_pinned_no_longer()
    {
        var said = Value(await Engine.SayAsync("alice", "bob", "1"));
        Value(await PinAsync("bob", Pair, said.Id));
        Value(await Engine.Get<RecallMessage>().RunAsync(As("alice"), new("alice"), Pair, said.Sequence, Ct));

        Assert.Empty(await ListAsync("bob", Pair));
    }

    [Fact]
    public async Task In_a_room_whoever_is_in_pins()
    {
        var room = await GivenRoomAsync("alice", "bob");
        var key = ConversationKey.Room(App, room);
        var said = Value(await SayAsync("alice", room, "1")).Id;

        Assert.Equal(Condition.NotInRoom, ConditionOf(await PinAsync("carol", key, said)));
        Value(await PinAsync("bob", key, said));

        Assert.Equal("1", TextOf(Assert.Single(await ListAsync("alice", key)).Message));
        Assert.Equal(Condition.NotInRoom, ConditionOf(await Engine.Get<ListPins>().RunAsync(As("carol"), new("carol"), key, 0, 10, Ct)));
        Assert.Equal(0, Assert.Single(Told, entry => entry.Notice is MessagePinned).Sequence);
        Value(await UnpinAsync("alice", key, said));
        Assert.Empty(await ListAsync("alice", key));
    }

    private Task<Result<Done>> PinAsync(string user, ConversationKey conversation, MessageId message) =>
        Engine.Get<PinMessage>().RunAsync(As(user), new(user), conversation, message, most: 20, Ct).AsTask();

    private Task<Result<Done>> UnpinAsync(string user, ConversationKey conversation, MessageId message) =>
        Engine.Get<UnpinMessage>().RunAsync(As(user), new(user), conversation, message, Ct).AsTask();

    private async Task<IReadOnlyList<PinnedMessage>> ListAsync(string user, ConversationKey conversation) =>
        Value(await Engine.Get<ListPins>().RunAsync(As(user), new(user), conversation, skip: 0, take: 100, Ct));
}
