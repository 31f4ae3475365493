using System.ComponentModel.DataAnnotations;

namespace Dragoman.Engine.Rooms;

/// <summary>Section <c>Rooms</c>: bounds that hold for every app and dialect; a dialect may be narrower.</summary>
public sealed class RoomLimits
{
    /// <summary>Users in one room.</summary>
    [Range(2, 1_000_000)]
    public int MaxOccupants { get; set; } = 100_000;

    /// <summary>Rooms of one app; 0 is without limit.</summary>
    [Range(0, 100_000_000)]
    public int MaxPerApp { get; set; }

    /// <summary>Rooms in which one user is at the same time.</summary>
    [Range(1, 100_000)]
    public int MaxPerUser { get; set; } = 10;

    /// <summary>Users whom one operation takes at most.</summary>
    [Range(1, 100_000)]
    public int MaxBatch { get; set; } = 3_000;

    [Range(0, 10_000)]
    public int MaxManagers { get; set; } = 99;

    /// <summary>Users who are banned from one room, or muted in it, or on its allow list: each of the three.</summary>
    [Range(100, 1_000_000)]
    public int MaxStandings { get; set; } = 10_000;

    /// <summary>UTF-16 units of a name.</summary>
    [Range(16, 4096)]
    public int MaxNameChars { get; set; } = 128;

    /// <summary>UTF-16 units of a description, or of an announcement.</summary>
    [Range(64, 64 * 1024)]
    public int MaxDescriptionChars { get; set; } = 512;

    /// <summary>UTF-8 bytes of what the app keeps with a room.</summary>
    [Range(256, 1024 * 1024)]
    public int MaxExtraBytes { get; set; } = 8 * 1024;

    /// <summary>UTF-16 units of what somebody says of himself when he comes in.</summary>
    [Range(0, 64 * 1024)]
    public int MaxEntranceChars { get; set; } = 1_024;

    [Range(1, 10_000)]
    public int MaxAttributes { get; set; } = 100;

    [Range(1, 10_000)]
    public int MaxAttributesPerCall { get; set; } = 10;

    /// <summary>UTF-8 bytes of the key of an attribute.</summary>
    [Range(1, 1024)]
    public int MaxAttributeKeyBytes { get; set; } = 128;

    /// <summary>UTF-8 bytes of the value of an attribute.</summary>
    [Range(1, 64 * 1024)]
    public int MaxAttributeValueBytes { get; set; } = 4_096;

    [Range(0, 1_000)]
    public int MaxTags { get; set; } = 10;

    [Range(1, 1_000)]
    public int MaxTagChars { get; set; } = 32;

    /// <summary>Messages a second in one room where the app says nothing else; what is more is dropped, the unimportant first.</summary>
    [Range(0, 1_000_000)]
    public int MessagesPerSecond { get; set; } = 100;

    /// <summary>Messages of one room that are kept for whoever comes in later; older ones go.</summary>
    [Range(0, 1_000_000)]
    public int KeptMessages { get; set; } = 200;

    /// <summary>How long somebody without a connection stays in.</summary>
    public TimeSpan OfflineLeave { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>How often a room is told at most who came and went.</summary>
    public TimeSpan PresenceInterval { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How many of them are named then; the others only count.</summary>
    [Range(1, 1_000)]
    public int PresenceNames { get; set; } = 50;

    [Range(100, 10_000_000)]
    public int CachedRooms { get; set; } = 20_000;
}
