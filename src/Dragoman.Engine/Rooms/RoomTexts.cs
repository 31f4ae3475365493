using System.Text;
using Dragoman.Engine.Words;

namespace Dragoman.Engine.Rooms;

/// <summary>What a room says of itself: how long it may be, and which words.</summary>
internal static class RoomTexts
{
    /// <param name="room">With its words masked, when they have to be.</param>
    /// <returns>Null when it may be written; else RoomNameTooLong, RoomDescriptionTooLong, RoomTextTooLong, RoomCapacityTooLarge, WordRejected.</returns>
    public static Refusal? WhyNot(RoomLimits limits, WordDesk words, ref Room room)
    {
        if (room.Name.Length > limits.MaxNameChars) return new(Condition.RoomNameTooLong, Bound(limits.MaxNameChars));
        if (room.Description.Length > limits.MaxDescriptionChars) return new(Condition.RoomDescriptionTooLong, Bound(limits.MaxDescriptionChars));
        if (room.Announcement.Length > limits.MaxDescriptionChars) return new(Condition.RoomTextTooLong, Bound(limits.MaxDescriptionChars));
        if (Encoding.UTF8.GetByteCount(room.Extra) > limits.MaxExtraBytes) return new(Condition.RoomTextTooLong, Bound(limits.MaxExtraBytes));
        if (room.Capacity < 1 || room.Capacity > limits.MaxOccupants) return new(Condition.RoomCapacityTooLarge, Bound(limits.MaxOccupants));

        var (name, description, announcement) = (room.Name, room.Description, room.Announcement);
        var rejected = words.Screen(room.App, WordPlaces.Groups, ref name)
            ?? words.Screen(room.App, WordPlaces.Groups, ref description)
            ?? words.Screen(room.App, WordPlaces.Groups, ref announcement);
        if (rejected is null) room = room with { Name = name, Description = description, Announcement = announcement };
        return rejected;
    }

    private static string Bound(int bound) => bound.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
