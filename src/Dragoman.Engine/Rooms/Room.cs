namespace Dragoman.Engine.Rooms;

/// <summary>What a room is; who is in it at the moment is another matter. Immutable; a change swaps the whole record.</summary>
public sealed record Room
{
    public required AppId App { get; init; }
    public required RoomId Id { get; init; }

    /// <summary>Positive, below 2^31 and no group's; 0 until the store gave it.</summary>
    public int Number { get; init; }

    public RoomTypeId Type { get; init; } = RoomTypes.Lounge.Id;
    public string Name { get; init; } = "";
    public string Description { get; init; } = "";
    public string Avatar { get; init; } = "";
    public string Announcement { get; init; } = "";
    public string Extra { get; init; } = "";
    public required UserId Owner { get; init; }

    /// <summary>How many may be in.</summary>
    public int Capacity { get; init; }

    /// <summary>How many of the newest messages a newcomer is shown.</summary>
    public int Replay { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Until when only those speak who may while the room is muted: Unix milliseconds; 0 is not muted.</summary>
    public long MutedUntil { get; init; }
}
