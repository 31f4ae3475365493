using Dragoman.Engine.Events;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Rooms;
using Dragoman.Engine.Sessions;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Rooms;

public sealed class OccupancyTests : RoomTest
{
    private static readonly DeviceSlot Slot = new(new DialectId(9), 1);

    [Fact]
    public async Task Who_comes_in_is_in_until_he_leaves()
    {
        var room = await GivenRoomAsync("bob");

        var entered = Value(await EnterAsync("carol", room));
        Assert.Equal((3, false), (entered.Count, entered.WasInside));
        Assert.Equal("alice bob carol", Inside(room));
        Assert.True(Value(await EnterAsync("carol", room)).WasInside);
        Assert.Equal([room], Occupancy.RoomsOf(App, new("carol")));

        Value(await LeaveAsync("carol", room));
        Assert.Equal("alice bob", Inside(room));
        Assert.Equal(Condition.NotInRoom, ConditionOf(await LeaveAsync("carol", room)));
        Assert.Empty(Occupancy.RoomsOf(App, new("carol")));
    }

    [Fact]
    public async Task Entering_is_refused_for_its_reasons()
    {
        var room = await GivenRoomAsync("bob");
        Assert.Equal(Condition.RoomNotFound, ConditionOf(await EnterAsync("carol", new("nowhere"))));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Engine.Get<EnterRoom>().RunAsync(As("bob"), new("carol"), room, "", false, null, Ct)));
        Assert.Equal(Condition.AccountNotFound, ConditionOf(await EnterAsync("nobody", room)));

        Value(await Engine.Get<UpdateRoom>().RunAsync(As("alice"), room, new RoomEdit { Capacity = 2 }, Ct));
        Assert.Equal(Condition.RoomFull, ConditionOf(await EnterAsync("carol", room)));

        Value(await Engine.Get<BanFromRoom>().RunAsync(As("alice"), room, Ids("bob"), BatchMode.AllOrNone, Ct));
        Assert.Equal(Condition.BannedFromRoom, ConditionOf(await EnterAsync("bob", room)));
        Value(await EnterAsync("carol", room));
    }

    [Fact]
    public async Task Nobody_is_in_too_many_rooms_but_may_leave_the_others()
    {
        Limits.MaxPerUser = 2;
        RoomId[] rooms = [await GivenRoomAsync(), await GivenRoomAsync()];
        foreach (var room in rooms) Value(await EnterAsync("bob", room));
        Limits.MaxPerUser = 3;
        var third = await GivenRoomAsync();
        Limits.MaxPerUser = 2;

        Assert.Equal(Condition.UserRoomLimitReached, ConditionOf(await EnterAsync("bob", third)));
        Value(await EnterAsync("bob", third, leavesOthers: true));
        Assert.Equal([third], Occupancy.RoomsOf(App, new("bob")));
    }

    [Fact]
    public async Task Who_has_no_connection_leaves_after_a_while()
    {
        var room = await GivenRoomAsync("bob", "carol");
        Value(await Engine.Get<SetRoomAllowList>().RunAsync(As("alice"), room, Ids("carol"), isAllowed: true, BatchMode.AllOrNone, Ct));
        Come("alice");
        Come("bob");
        Engine.Clock.Advance(TimeSpan.FromSeconds(200));
        await SweepAsync();
        Assert.Equal("alice bob carol", Inside(room)); // carol is away, but on the allow list

        Go("bob");
        Engine.Clock.Advance(TimeSpan.FromSeconds(119));
        await SweepAsync();
        Assert.Equal("alice bob carol", Inside(room));
        Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        await SweepAsync();
        Assert.Equal("alice carol", Inside(room));
    }

    [Fact]
    public async Task Who_is_back_in_time_stays()
    {
        var room = await GivenRoomAsync("bob");
        Come("alice");
        Come("bob");
        Go("bob");
        Engine.Clock.Advance(TimeSpan.FromSeconds(100));
        Come("bob");
        Engine.Clock.Advance(TimeSpan.FromSeconds(100));
        await SweepAsync();

        Assert.Equal("alice bob", Inside(room));
    }

    [Fact]
    public async Task A_crowd_is_told_together()
    {
        Limits.PresenceNames = 50;
        Limits.MaxOccupants = 100_000;
        var users = Enumerable.Range(0, 300).Select(i => $"u{i}").ToArray();
        await Engine.GivenUsersAsync(users);
        var room = await GivenRoomAsync();
        Value(await Engine.Get<UpdateRoom>().RunAsync(As("alice"), room, new RoomEdit { Capacity = 10_000 }, Ct));

        await Parallel.ForEachAsync(users, Ct, async (user, _) => Value(await EnterAsync(user, room)));
        while (Heard<RoomPresence>(room).Last().Count < 301) await Task.Delay(10, Ct);

        Assert.Equal(301, Occupancy.Count(App, room));
        Assert.Equal(301, Occupancy.Snapshot(App, room).Sum(part => part.Length));
        var told = Heard<RoomPresence>(room).ToArray();
        Assert.InRange(told.Length, 1, 60);
        Assert.All(told, notice => Assert.InRange(notice.Entered.Count, 0, 50));
    }

    [Fact]
    public async Task Comings_and_goings_leave_nothing_behind()
    {
        var room = await GivenRoomAsync();
        Value(await LeaveAsync("alice", room));
        await Parallel.ForEachAsync(Enumerable.Range(0, 2_000), Ct, async (i, _) =>
        {
            var user = i % 2 == 0 ? "bob" : "carol";
            await EnterAsync(user, room);
            await LeaveAsync(user, room);
        });

        foreach (var user in new[] { "bob", "carol" }) await LeaveAsync(user, room);
        Assert.Equal(0, Occupancy.Count(App, room));
        Assert.False(Occupancy.IsAnywhere(App, new("bob")));
        Value(await EnterAsync("bob", room));
        Assert.Equal("bob", Inside(room));
    }

    private void Come(string user)
    {
        Engine.Sessions.Online[new(user)] = [new SessionInfo(new SessionId(1), Slot, default)];
        Engine.Get<Absentees>().Handle(new PresenceChanged(App, new(user), Slot, isOnline: true), lane: 0);
    }

    private void Go(string user)
    {
        Engine.Sessions.Online.Remove(new(user));
        Engine.Get<Absentees>().Handle(new PresenceChanged(App, new(user), Slot, isOnline: false), lane: 0);
    }

    private Task SweepAsync() => Engine.Get<RoomKeeper>().SweepAsync(Ct);
}
