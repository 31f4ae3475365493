using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary>The three switches of a group as requests carry them; null is "not given".</summary>
internal static class GroupRules
{
    public static OpenImError? Check(int? needVerification, int? lookMemberInfo, int? applyMemberFriend)
    {
        if (needVerification is < 0 or > 2) return OpenImErrors.Args.With("needVerification is invalid");
        if (lookMemberInfo is < 0 or > 1) return OpenImErrors.Args.With("lookMemberInfo is invalid");
        return applyMemberFriend is < 0 or > 1 ? OpenImErrors.Args.With("applyMemberFriend is invalid") : null;
    }

    public static GroupChange Of(int? needVerification, int? lookMemberInfo, int? applyMemberFriend)
    {
        var entry = needVerification is { } verification ? Messages.GroupInfos.RulesOf(verification) : ((ApplyRule, InviteRule)?)null;
        return new()
        {
            Apply = entry?.Item1,
            Invite = entry?.Item2,
            MembersSeeMembers = lookMemberInfo is { } look ? look == 0 : null,
            MembersMayBefriend = applyMemberFriend is { } apply ? apply == 0 : null,
        };
    }
}
