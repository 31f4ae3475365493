using System.Collections.Frozen;

namespace Dragoman.Engine.Rooms;

/// <summary>A kind of room as data: the lowest rank for each action.</summary>
public sealed class RoomType(string id)
{
    private readonly RoomRole[] _least = [.. Enumerable.Repeat(RoomRole.Administrator, Enum.GetValues<RoomAction>().Length)];

    public RoomTypeId Id { get; } = new(id);

    public RoomRole this[RoomAction action]
    {
        get => _least[(int)action];
        init => _least[(int)action] = value;
    }

    /// <summary>Whether its owner may go out without ceasing to own it.</summary>
    public bool OwnerMayLeave { get; init; }
}

/// <summary>The kinds that are built in.</summary>
public static class RoomTypes
{
    /// <summary>Managers keep order, the owner does the rest.</summary>
    public static RoomType Lounge { get; } = new("lounge")
    {
        OwnerMayLeave = true,
        [RoomAction.Edit] = RoomRole.Owner,
        [RoomAction.Announce] = RoomRole.Owner,
        [RoomAction.WriteAttributesOfOthers] = RoomRole.Occupant,
        [RoomAction.MuteOccupants] = RoomRole.Manager,
        [RoomAction.MuteRoom] = RoomRole.Manager,
        [RoomAction.SetAllowList] = RoomRole.Manager,
        [RoomAction.BringIn] = RoomRole.Manager,
        [RoomAction.Remove] = RoomRole.Manager,
        [RoomAction.Ban] = RoomRole.Manager,
        [RoomAction.Appoint] = RoomRole.Owner,
        [RoomAction.Transfer] = RoomRole.Owner,
        [RoomAction.Dismiss] = RoomRole.Owner,
        [RoomAction.SpeakWhileMuted] = RoomRole.Manager,
    };

    private static readonly FrozenDictionary<RoomTypeId, RoomType> All = new[] { Lounge }.ToFrozenDictionary(type => type.Id);

    public static RoomType Of(RoomTypeId id) => All.GetValueOrDefault(id, Lounge);
}
