namespace Dragoman.Engine.Rooms;

/// <summary>Against whom somebody may do something in a room: only those below him.</summary>
internal static class Standings
{
    /// <returns>Null when he may; else TargetIsOwner, TargetOutranks (with the target).</returns>
    public static Refusal? WhyNot(RoomSheet sheet, RoomRole rank, UserId target)
    {
        var role = sheet.RoleOf(target);
        if (role == RoomRole.Owner) return new(Condition.TargetIsOwner, target.Value);
        return role >= rank ? new(Condition.TargetOutranks, target.Value) : null;
    }
}
