using System.Text.Json.Serialization;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Rooms;

namespace Dragoman.Engine.Notices;

/// <summary>Something happened in a room; told to whoever is in, and kept nowhere.</summary>
/// <param name="Operator">Who did it.</param>
public abstract record RoomNotice(RoomId Room, UserId Operator) : Notice
{
    internal override ConversationKey? PlaceIn(AppId app) => ConversationKey.Room(app, Room);
}

public sealed record RoomCreated(RoomId Room, UserId Operator, Room After) : RoomNotice(Room, Operator);

public sealed record RoomDismissed(RoomId Room, UserId Operator) : RoomNotice(Room, Operator);

/// <summary>Which facts of a room changed. The numbers are stored.</summary>
[Flags]
public enum RoomFields
{
    None = 0,
    Name = 1,
    Description = 2,
    Announcement = 4,
    Extra = 8,
    Capacity = 16,
}

public sealed record RoomUpdated(RoomId Room, UserId Operator, RoomFields Fields, Room After) : RoomNotice(Room, Operator);

public sealed record RoomTransferred(RoomId Room, UserId Operator, UserId OldOwner, UserId NewOwner) : RoomNotice(Room, Operator);

public sealed record RoomManagerChanged(RoomId Room, UserId Operator, UserId User, bool IsManager) : RoomNotice(Room, Operator);

/// <param name="Until">Unix milliseconds; 0 is not muted, <see cref="long.MaxValue"/> for ever.</param>
public sealed record RoomMuted(RoomId Room, UserId Operator, long Until) : RoomNotice(Room, Operator);

/// <param name="Until">As in <see cref="RoomMuted"/>.</param>
public sealed record OccupantsMuted(RoomId Room, UserId Operator, IReadOnlyList<UserId> Users, long Until) : RoomNotice(Room, Operator);

public sealed record OccupantsBanned(RoomId Room, UserId Operator, IReadOnlyList<UserId> Users, bool IsBanned) : RoomNotice(Room, Operator);

public sealed record OccupantsAllowed(RoomId Room, UserId Operator, IReadOnlyList<UserId> Users, bool IsAllowed) : RoomNotice(Room, Operator);

/// <summary>Told to those whom somebody else brought in.</summary>
public sealed record OccupantsBrought(RoomId Room, UserId Operator, IReadOnlyList<UserId> Users, string Name) : RoomNotice(Room, Operator);

/// <summary>Told to those whom somebody else put out.</summary>
public sealed record OccupantsRemoved(RoomId Room, UserId Operator, IReadOnlyList<UserId> Users) : RoomNotice(Room, Operator);

/// <param name="Text">What he said of himself when he came in.</param>
public readonly record struct Entrance(UserId User, string Text);

/// <summary>Who came and went since it was told last; of a crowd not everybody is named.</summary>
/// <param name="Count">How many are in.</param>
public sealed record RoomPresence(RoomId Room, IReadOnlyList<Entrance> Entered, IReadOnlyList<UserId> Left, int Count)
    : RoomNotice(Room, default);

/// <param name="Removed">The keys that are gone.</param>
public sealed record RoomAttributesChanged(
    RoomId Room, UserId Operator, IReadOnlyList<KeyValuePair<string, string>> Written, IReadOnlyList<string> Removed) : RoomNotice(Room, Operator)
{
    [JsonIgnore]
    public bool IsRemoval => Written.Count == 0;
}
