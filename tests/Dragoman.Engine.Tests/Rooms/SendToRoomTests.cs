using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Rooms;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Rooms;

public sealed class SendToRoomTests : RoomTest
{
    [Fact]
    public async Task What_is_said_is_stored_and_told_to_whoever_is_in()
    {
        var room = await GivenRoomAsync("bob", "carol");
        Value(await LeaveAsync("carol", room));

        var sent = Value(await SayAsync("bob", room));

        var entry = Told.Single(entry => entry.Id == sent.Id);
        Assert.Equal((1L, ConversationKey.Room(App, room)), (entry.Sequence, entry.Conversation));
        Assert.Equal(["alice", "bob"], Assert.IsType<Audience.Room>(entry.Audience).Occupants.SelectMany(part => part).Select(user => user.Value).Order());
        Assert.Equal(EntryFlags.NoUnread | EntryFlags.NoPush, entry.Flags);
    }

    [Fact]
    public async Task A_newcomer_is_shown_what_was_said_last()
    {
        var room = await GivenRoomAsync("bob");
        for (var i = 1; i <= 5; i++) Value(await SayAsync("bob", room, $"word {i}"));

        var entered = Value(await EnterAsync("carol", room, replay: 2));

        Assert.Equal(["word 4", "word 5"], entered.Replay.Select(TextOf));
        Assert.Empty(Value(await EnterAsync("carol", room)).Replay);
    }

    [Fact]
    public async Task Old_messages_go()
    {
        Limits.KeptMessages = 10;
        Limits.MessagesPerSecond = 0;
        var room = await GivenRoomAsync("bob");
        for (var i = 1; i <= 130; i++) Value(await SayAsync("bob", room, $"word {i}"));

        var entered = Value(await EnterAsync("carol", room, replay: 10));
        Assert.Equal("word 130", TextOf(entered.Replay[^1]));
        var store = Engine.Get<Ports.IEntryStore>();
        IReadOnlyList<Entry> kept;
        do kept = await store.ReadAsync(ConversationKey.Room(App, room), LogChannel.Timeline, 1, long.MaxValue, 1_000, newestFirst: true, Ct);
        while (kept.Count > 12);
        await RestartAsync();
        Value(await EnterAsync("bob", room));
        Assert.Equal(131, Value(await SayAsync("bob", room)).Sequence);
    }

    [Fact]
    public async Task Speaking_is_refused_for_its_reasons()
    {
        var room = await GivenRoomAsync("bob");
        Assert.Equal(Condition.RoomNotFound, ConditionOf(await SayAsync("bob", new("nowhere"))));
        Assert.Equal(Condition.NotInRoom, ConditionOf(await SayAsync("carol", room)));
        Value(await Engine.Get<SendToRoom>().RunAsync(Admin, Admin.User, room, Draft("the app"), Ct));

        var until = Engine.Clock.GetUtcNow().AddMinutes(1).ToUnixTimeMilliseconds();
        Value(await Engine.Get<MuteInRoom>().RunAsync(As("alice"), room, Ids("bob"), until, BatchMode.AllOrNone, Ct));
        Assert.Equal(Condition.SenderMuted, ConditionOf(await SayAsync("bob", room)));
        Value(await LeaveAsync("bob", room));
        await RestartAsync();
        Value(await EnterAsync("bob", room));
        Assert.Equal(Condition.SenderMuted, ConditionOf(await SayAsync("bob", room)));
        Engine.Clock.Advance(TimeSpan.FromMinutes(2));
        Value(await SayAsync("bob", room));
    }

    [Fact]
    public async Task A_muted_room_hears_managers_and_the_allowed()
    {
        await Engine.GivenUsersAsync("dave");
        var room = await GivenRoomAsync("bob", "carol", "dave");
        Value(await Engine.Get<AppointRoomManager>().RunAsync(As("alice"), room, new("bob"), isManager: true, Ct));
        Value(await Engine.Get<SetRoomAllowList>().RunAsync(As("bob"), room, Ids("carol"), isAllowed: true, BatchMode.AllOrNone, Ct));
        Value(await Engine.Get<MuteRoom>().RunAsync(As("bob"), room, long.MaxValue, Ct));

        foreach (var user in new[] { "alice", "bob", "carol" }) Value(await SayAsync(user, room));
        Assert.Equal(Condition.RoomMuted, ConditionOf(await SayAsync("dave", room)));
        Value(await Engine.Get<MuteRoom>().RunAsync(As("bob"), room, until: 0, Ct));
        Value(await SayAsync("dave", room));
    }

    [Fact]
    public async Task Whoever_wears_a_muted_tag_is_silent()
    {
        var room = await GivenRoomAsync("bob");
        var tags = Engine.Get<RoomTags>();
        Assert.Equal(Condition.RoomTagNotFound, ConditionOf(await tags.MuteAsync(Admin, room, "loud", long.MaxValue, Ct)));
        Value(await tags.WearAsync(Admin, room, new("bob"), ["loud"], Ct));
        Value(await tags.MuteAsync(Admin, room, "loud", long.MaxValue, Ct));
        Assert.Equal(Condition.SenderMuted, ConditionOf(await SayAsync("bob", room)));
        Assert.Equal([KeyValuePair.Create("loud", long.MaxValue)], Value(await tags.FindAsync(Admin, room, new("bob"), Ct)));

        Value(await tags.WearAsync(Admin, room, new("bob"), [], Ct));
        Value(await SayAsync("bob", room));
        Assert.Equal(Condition.RoomTagTooLong, ConditionOf(await tags.WearAsync(Admin, room, new("bob"), [new('t', 33)], Ct)));
        Assert.Equal(Condition.RoomTagLimitReached, ConditionOf(await tags.WearAsync(Admin, room, new("bob"), [.. Enumerable.Range(0, 11).Select(i => $"t{i}")], Ct)));
    }

    [Fact]
    public async Task Of_too_much_the_least_important_goes_first()
    {
        Limits.MessagesPerSecond = 10;
        var room = await GivenRoomAsync("bob", "carol");

        Assert.Equal(10, await HeardOfAsync("bob", room, 20, MessagePriority.Low));
        Assert.Equal(10, await HeardOfAsync("bob", room, 20, MessagePriority.Normal));
        Assert.Equal(10, await HeardOfAsync("bob", room, 20, MessagePriority.High));
        Assert.Equal(0, await HeardOfAsync("alice", room, 5, MessagePriority.Low)); // the room takes nothing more, from nobody

        Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, await HeardOfAsync("bob", room, 20, MessagePriority.Normal));
        Value(await Engine.Get<SetRoomAllowList>().RunAsync(As("alice"), room, Ids("carol"), isAllowed: true, BatchMode.AllOrNone, Ct));
        Assert.Equal(10, await HeardOfAsync("carol", room, 20, MessagePriority.Low)); // the allowed are heard before others
    }

    private async Task<int> HeardOfAsync(string user, RoomId room, int count, MessagePriority priority)
    {
        var heard = 0;
        for (var i = 0; i < count; i++)
        {
            var sent = Value(await SayAsync(user, room, priority: priority));
            if (sent.IsShed) Assert.Equal(0, sent.Sequence);
            else heard++;
        }

        return heard;
    }
}
