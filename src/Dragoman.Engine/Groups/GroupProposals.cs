using Dragoman.Engine.Hooks;

namespace Dragoman.Engine.Groups;

/// <summary>A group is about to be founded.</summary>
public sealed class CreatingGroup(Caller caller, Group group, IReadOnlyList<(UserId User, GroupRole Role)> others) : Proposal(caller)
{
    /// <summary>As it was asked for: what the engine itself sets is not in it yet.</summary>
    public Group Group { get; set; } = group;

    /// <summary>Everybody but the owner.</summary>
    public IReadOnlyList<(UserId User, GroupRole Role)> Others { get; } = others;
}

/// <summary>People are about to become members; how they look there may still change.</summary>
public sealed class AddingMembers(Caller caller, Group group, IReadOnlyList<Member> newcomers) : Proposal(caller)
{
    public Group Group { get; } = group;

    /// <summary>What a hook may change of each is the nickname, the avatar, the extra text, the mute, and the rank below the owner's.</summary>
    public IReadOnlyList<Member> Newcomers { get; set; } = newcomers;
}

/// <summary>Somebody is about to bring people in.</summary>
public sealed class InvitingMembers(Caller caller, GroupId group, IReadOnlyList<UserId> invitees, string reason) : Proposal(caller)
{
    public GroupId Group { get; } = group;
    public string Reason { get; } = reason;

    /// <summary>A hook may strike some out.</summary>
    public IReadOnlyList<UserId> Invitees { get; set; } = invitees;
}

/// <summary>Somebody is about to come in by himself, or to ask for it.</summary>
public sealed class ApplyingToGroup(Caller caller, Group group, UserId applicant, string message, string extra) : Proposal(caller)
{
    public Group Group { get; } = group;
    public UserId Applicant { get; } = applicant;
    public string Message { get; } = message;
    public string Extra { get; } = extra;
}

/// <summary>What a group says of itself is about to change.</summary>
public sealed class UpdatingGroup(Caller caller, GroupId group, GroupChange change) : Proposal(caller)
{
    public GroupId Group { get; } = group;
    public GroupChange Change { get; set; } = change;
}

/// <summary>A member is about to look different, or to get another rank.</summary>
public sealed class UpdatingMember(Caller caller, GroupId group, MemberChange change) : Proposal(caller)
{
    public GroupId Group { get; } = group;
    public MemberChange Change { get; set; } = change;
}
