namespace Dragoman.Engine.Groups;

/// <summary>How large a group may be made.</summary>
internal static class GroupSizes
{
    /// <param name="wanted">0 is what the type allows.</param>
    /// <param name="members">How many there are or will be.</param>
    /// <returns>Null; or MemberLimitAbovePlan, GroupFull.</returns>
    public static Refusal? WhyNot(Caller caller, EngineLimits limits, int wanted, int members)
    {
        if (wanted < 0 || wanted > GroupQuota.Bound(caller.GroupQuota?.Members ?? 0, limits.MaxGroupMembers)) return new(Condition.MemberLimitAbovePlan);
        return wanted > 0 && members > wanted ? new(Condition.GroupFull) : null;
    }
}
