using Dragoman.Engine.Notices;
using Dragoman.Engine.Rooms;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Rooms;

public sealed class RoomRightsTests : RoomTest
{
    [Fact]
    public async Task Only_the_app_and_whom_it_lets_create_rooms()
    {
        var room = new Room { App = App, Id = new("mine"), Name = "mine", Owner = new("bob"), Capacity = 10 };
        Assert.Equal(Condition.NotPermitted, ConditionOf(await CreateAsync(As("bob"), room)));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Engine.Get<SetRoomCreators>().RunAsync(As("bob"), new("bob"), isCreator: true, Ct)));

        Assert.True(Value(await Engine.Get<SetRoomCreators>().RunAsync(Admin, new("bob"), isCreator: true, Ct)));
        await RestartAsync();
        Assert.Equal("bob", Value(await CreateAsync(As("bob"), room)).Room.Owner.Value);
        Assert.Equal(Condition.RoomExists, ConditionOf(await CreateAsync(As("bob"), room)));
        Assert.Equal("bob", Inside(room.Id));

        // He may do in others' rooms what the app may.
        var other = await GivenRoomAsync();
        Value(await Engine.Get<DismissRoom>().RunAsync(As("bob"), other, Ct));
        Assert.True(Value(await Engine.Get<SetRoomCreators>().RunAsync(Admin, new("bob"), isCreator: false, Ct)));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await CreateAsync(As("bob"), room with { Id = new("more") })));
    }

    [Fact]
    public async Task Creation_is_refused_for_its_reasons()
    {
        var room = new Room { App = App, Id = new("r"), Name = "n", Owner = new("alice"), Capacity = 2 };
        Assert.Equal(Condition.RoomIdInvalid, ConditionOf(await CreateAsync(Admin, room with { Id = new("") })));
        Assert.Equal(Condition.RoomNameTooLong, ConditionOf(await CreateAsync(Admin, room with { Name = new('n', 129) })));
        Assert.Equal(Condition.RoomDescriptionTooLong, ConditionOf(await CreateAsync(Admin, room with { Description = new('n', 513) })));
        Assert.Equal(Condition.RoomTextTooLong, ConditionOf(await CreateAsync(Admin, room with { Extra = new('n', 8193) })));
        Assert.Equal(Condition.RoomCapacityTooLarge, ConditionOf(await CreateAsync(Admin, room with { Capacity = 100_001 })));
        Assert.Equal(Condition.RoomFull, ConditionOf(await CreateAsync(Admin, room, "bob", "carol")));
        Assert.Equal(Condition.AccountNotFound, ConditionOf(await CreateAsync(Admin, room, "nobody")));
        Limits.MaxPerApp = 1;
        Value(await CreateAsync(Admin, room));
        Assert.Equal(Condition.RoomLimitReached, ConditionOf(await CreateAsync(Admin, room with { Id = new("s") })));
    }

    [Fact]
    public async Task Managers_keep_order_and_owners_do_the_rest()
    {
        await Engine.GivenUsersAsync("dave");
        var room = await GivenRoomAsync("bob", "carol", "dave");
        Assert.Equal(Condition.NotRoomOwner, ConditionOf(await AppointAsync("bob", room, "bob")));
        Assert.Equal(Condition.NotInRoom, ConditionOf(await AppointAsync("alice", room, "nobody")));
        Value(await AppointAsync("alice", room, "bob"));
        Value(await AppointAsync("alice", room, "dave"));
        Assert.Equal(Condition.TargetIsOwner, ConditionOf(await AppointAsync("alice", room, "alice")));

        Assert.Equal(Condition.NotRoomManager, ConditionOf(await MuteAsync("carol", room, "bob")));
        Assert.Equal(Condition.TargetOutranks, ConditionOf(await MuteAsync("bob", room, "dave")));
        Assert.Equal(Condition.TargetIsOwner, ConditionOf(await MuteAsync("bob", room, "alice")));
        Value(await MuteAsync("bob", room, "carol"));
        Assert.Equal(Condition.NotRoomOwner, ConditionOf(await Engine.Get<UpdateRoom>().RunAsync(As("bob"), room, new RoomEdit { Name = "x" }, Ct)));
        Assert.Equal(Condition.NotRoomOwner, ConditionOf(await Engine.Get<DismissRoom>().RunAsync(As("bob"), room, Ct)));
        Assert.Equal(Condition.NotRoomOwner, ConditionOf(await Engine.Get<TransferRoom>().RunAsync(As("bob"), room, new("bob"), Ct)));

        Assert.Equal(Condition.NewOwnerIsOwner, ConditionOf(await Engine.Get<TransferRoom>().RunAsync(As("alice"), room, new("alice"), Ct)));
        Value(await Engine.Get<TransferRoom>().RunAsync(As("alice"), room, new("bob"), Ct));
        await RestartAsync();
        Assert.Equal((RoomRole.Owner, RoomRole.Occupant), ((await SheetAsync(room)).RoleOf(new("bob")), (await SheetAsync(room)).RoleOf(new("alice"))));
    }

    [Fact]
    public async Task Users_are_brought_in_and_put_out()
    {
        var room = await GivenRoomAsync("bob");
        var brought = Value(await Engine.Get<BringIntoRoom>().RunAsync(As("alice"), room, Ids("bob", "carol", "nobody"), BatchMode.EachAlone, Ct));
        Assert.Equal([Condition.AlreadyInRoom, null, Condition.AccountNotFound], brought.Items.Select(item => item.Refusal?.Condition));
        Assert.Equal("alice bob carol", Inside(room));
        Assert.Equal(
            Condition.AlreadyInRoom,
            ConditionOf(await Engine.Get<BringIntoRoom>().RunAsync(As("alice"), room, Ids("bob"), BatchMode.EachAlone, Ct)));

        Assert.Equal(
            Condition.TargetIsOwner,
            ConditionOf(await Engine.Get<RemoveFromRoom>().RunAsync(Admin, room, Ids("alice"), BatchMode.AllOrNone, Ct)));
        Value(await Engine.Get<RemoveFromRoom>().RunAsync(As("alice"), room, Ids("bob", "carol"), BatchMode.AllOrNone, Ct));
        Assert.Equal("alice", Inside(room));
        Assert.Equal(["bob", "carol"], Heard<OccupantsRemoved>(room).Single().Users.Select(user => user.Value));
    }

    [Fact]
    public async Task A_dismissed_room_is_empty_and_nobody_comes_back()
    {
        var room = await GivenRoomAsync("bob");
        Value(await Engine.Get<DismissRoom>().RunAsync(As("alice"), room, Ct));

        Assert.Single(Heard<RoomDismissed>(room));
        Assert.Equal(0, Occupancy.Count(App, room));
        Assert.Equal(Condition.RoomNotFound, ConditionOf(await EnterAsync("bob", room)));
        Assert.Equal(Condition.RoomNotFound, ConditionOf(await SayAsync("bob", room)));
        await RestartAsync();
        Assert.Equal(Condition.RoomNotFound, ConditionOf(await EnterAsync("bob", room)));
    }

    private async Task<Result<RoomSheet>> AppointAsync(string caller, RoomId room, string user) =>
        await Engine.Get<AppointRoomManager>().RunAsync(As(caller), room, new(user), isManager: true, Ct);

    private async Task<Result<Batch<RoomSheet>>> MuteAsync(string caller, RoomId room, string user) =>
        await Engine.Get<MuteInRoom>().RunAsync(As(caller), room, Ids(user), long.MaxValue, BatchMode.AllOrNone, Ct);
}
