using System.Text;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Rooms;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Rooms;

/// <summary>What people do in rooms, in a few words. Alice owns every room, and nobody else is in at first.</summary>
public abstract class RoomTest : EngineTest
{
    private static int s_rooms;

    protected Occupancy Occupancy => Engine.Get<Occupancy>();

    protected RoomLimits Limits => Engine.Get<RoomLimits>();

    protected async Task<RoomId> GivenRoomAsync(params string[] occupants)
    {
        var room = new Room { App = App, Id = new($"r{Interlocked.Increment(ref s_rooms)}"), Name = "room", Owner = new("alice"), Capacity = 1_000 };
        return Value(await CreateAsync(Admin, room, occupants)).Room.Id;
    }

    protected async Task<Result<RoomSheet>> CreateAsync(Caller caller, Room room, params string[] occupants) =>
        await Engine.Get<CreateRoom>().RunAsync(caller, room, Ids(occupants), Ct);

    protected async Task<Result<EnteredRoom>> EnterAsync(string user, RoomId room, string text = "", bool leavesOthers = false, int? replay = null) =>
        await Engine.Get<EnterRoom>().RunAsync(As(user), new(user), room, text, leavesOthers, replay, Ct);

    protected async Task<Result<Done>> LeaveAsync(string user, RoomId room) => await Engine.Get<LeaveRoom>().RunAsync(As(user), new(user), room, Ct);

    protected async Task<Result<SentMessage>> SayAsync(string user, RoomId room, string text = "hello", MessagePriority priority = MessagePriority.Normal) =>
        await Engine.Get<SendToRoom>().RunAsync(As(user), new(user), room, Draft(text, priority), Ct);

    protected async Task<RoomSheet> SheetAsync(RoomId room) => (await Engine.Get<RoomDirectory>().FindAsync(App, room, Ct))!;

    protected string Inside(RoomId room) => string.Join(' ', Occupancy.List(App, room).Select(one => one.User.Value));

    protected IEnumerable<T> Heard<T>(RoomId room)
        where T : RoomNotice => Told.Select(entry => entry.Notice).OfType<T>().Where(notice => notice.Room == room);

    protected static MessageDraft Draft(string text, MessagePriority priority = MessagePriority.Normal) => new()
    {
        Origin = new DialectId(9),
        Content = ContentKind.Text,
        Body = Encoding.UTF8.GetBytes(text),
        Priority = priority,
    };

    protected static UserId[] Ids(params string[] users) => [.. users.Select(user => new UserId(user))];
}
