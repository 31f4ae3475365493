using Dragoman.Engine.Conversations;
using Dragoman.Engine.Rooms;

namespace Dragoman.Engine.Ports;

/// <summary>A change of what is kept of a room.</summary>
public abstract record RoomChange(AppId App, RoomId Room) : StoreChange(App)
{
    public override int OrderingKey => ConversationKey.Room(App, Room).GetHashCode();
}

/// <summary>Conflicts with <see cref="Condition.RoomExists"/>, also when the room of that id has been dismissed.</summary>
public sealed record AddRoom(AppId App, Room Facts) : RoomChange(App, Facts.Id);

/// <summary>Replaces the room's own facts.</summary>
public sealed record PutRoom(AppId App, Room Facts) : RoomChange(App, Facts.Id);

/// <summary>The room is no more: nothing of it is left but its id, which stays taken.</summary>
public sealed record EndRoom(AppId App, RoomId Room) : RoomChange(App, Room);

/// <summary>Gives a standing to some, or another end to those who have it.</summary>
/// <param name="Until">Unix milliseconds.</param>
public sealed record PutStandings(AppId App, RoomId Room, RoomStanding Standing, IReadOnlyList<string> Subjects, long Until) : RoomChange(App, Room);

public sealed record RemoveStandings(AppId App, RoomId Room, RoomStanding Standing, IReadOnlyList<string> Subjects) : RoomChange(App, Room);

/// <summary>Adds or replaces attributes.</summary>
public sealed record PutRoomAttributes(AppId App, RoomId Room, IReadOnlyList<RoomAttribute> Attributes) : RoomChange(App, Room);

public sealed record RemoveRoomAttributes(AppId App, RoomId Room, IReadOnlyList<string> Keys) : RoomChange(App, Room);

/// <summary>Forgets the room's messages up to a sequence.</summary>
public sealed record TrimRoom(AppId App, RoomId Room, long UpTo) : RoomChange(App, Room);

/// <summary>Lets a user create rooms, and do in all of them what the app itself may.</summary>
public sealed record PutRoomCreator(AppId App, UserId User, long At) : StoreChange(App);

public sealed record RemoveRoomCreator(AppId App, UserId User) : StoreChange(App);
