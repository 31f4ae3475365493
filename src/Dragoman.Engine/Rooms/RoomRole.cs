namespace Dragoman.Engine.Rooms;

/// <summary>Ordered by rank.</summary>
public enum RoomRole : byte
{
    None = 0,
    Occupant,
    Manager,
    Owner,

    /// <summary>The app itself, and whoever may create rooms for it.</summary>
    Administrator,
}

/// <summary>What may be done in a room.</summary>
public enum RoomAction : byte
{
    Edit,
    Announce,

    /// <summary>To write over what others have written.</summary>
    WriteAttributesOfOthers,
    MuteOccupants,
    MuteRoom,
    SetAllowList,
    BringIn,
    Remove,
    Ban,
    Appoint,
    Transfer,
    Dismiss,

    /// <summary>Who does while the room is muted.</summary>
    SpeakWhileMuted,
}
