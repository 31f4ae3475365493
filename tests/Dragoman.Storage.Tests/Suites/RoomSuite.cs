using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Rooms;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests.Suites;

public abstract class RoomSuite(TestStorage storage) : StorageSuite(storage)
{
    private static readonly RoomId Id = new("r");

    private static Room Facts(string id = "r", long at = 1) => new()
    {
        App = App,
        Id = new(id),
        Name = "name",
        Description = "description",
        Avatar = "avatar",
        Announcement = "announcement",
        Extra = "extra",
        Owner = Alice,
        Capacity = 100,
        Replay = 7,
        CreatedAt = at,
    };

    [Fact]
    public async Task A_room_reads_as_it_was_written()
    {
        await WriteAsync(new AddRoom(App, Facts()));
        var changed = Facts() with { Name = "other", Owner = Bob, Capacity = 5, MutedUntil = long.MaxValue };
        await WriteAsync(
            new PutRoom(App, changed),
            new PutStandings(App, Id, RoomStanding.Manager, ["carol"], long.MaxValue),
            new PutStandings(App, Id, RoomStanding.Muted, ["dave", "erin"], 5),
            new PutRoomAttributes(App, Id, [new("k", "v", Bob, DropsWithWriter: true), new("l", "w", Alice, DropsWithWriter: false)]));
        await WriteAsync(
            new PutStandings(App, Id, RoomStanding.Muted, ["dave"], 9),
            new RemoveStandings(App, Id, RoomStanding.Muted, ["erin"]),
            new RemoveRoomAttributes(App, Id, ["l"]));
        await RestartAsync();

        var sheet = (await Get<IRoomStore>().FindAsync(App, Id, Ct))!;
        Assert.InRange(sheet.Room.Number, 1073741825, int.MaxValue);
        Assert.Equal(changed with { Number = sheet.Room.Number }, sheet.Room);
        Assert.Equal((RoomRole.Owner, RoomRole.Manager, RoomRole.Occupant), (sheet.RoleOf(Bob), sheet.RoleOf(new("carol")), sheet.RoleOf(Alice)));
        Assert.Equal([KeyValuePair.Create("dave", 9L)], sheet.With(RoomStanding.Muted));
        Assert.Equal(new RoomAttribute("k", "v", Bob, DropsWithWriter: true), Assert.Single(sheet.Attributes).Value);
        Assert.Null(await Get<IRoomStore>().FindAsync(new AppId(2), Id, Ct));
    }

    [Fact]
    public async Task An_ended_room_leaves_its_id_behind()
    {
        await WriteAsync(new AddRoom(App, Facts()));
        await WriteAsync(new PutStandings(App, Id, RoomStanding.Banned, ["bob"], 5), new EndRoom(App, Id));

        Assert.Null(await Get<IRoomStore>().FindAsync(App, Id, Ct));
        Assert.Equal(Condition.RoomExists, await WriteAsync(new AddRoom(App, Facts())));
        Assert.Equal(0, (await Get<IRoomStore>().ListAsync(App, 0, 10, Ct)).Total);
    }

    [Fact]
    public async Task Rooms_are_listed_newest_first()
    {
        for (var i = 0; i < 5; i++) await WriteAsync(new AddRoom(App, Facts($"r{i}", at: i)));
        await WriteAsync(new EndRoom(App, new("r3")));

        var page = await Get<IRoomStore>().ListAsync(App, skip: 1, take: 2, Ct);

        Assert.Equal((4, "r2 r1"), (page.Total, string.Join(' ', page.Items)));
    }

    [Fact]
    public async Task Creators_are_listed_as_they_were_let()
    {
        await WriteAsync(new PutRoomCreator(App, Bob, 1), new PutRoomCreator(App, Alice, 2), new PutRoomCreator(App, Bob, 3));
        Assert.Equal([Bob, Alice], await Get<IRoomStore>().CreatorsAsync(App, Ct));

        await WriteAsync(new RemoveRoomCreator(App, Bob));
        Assert.Equal([Alice], await Get<IRoomStore>().CreatorsAsync(App, Ct));
    }
}
