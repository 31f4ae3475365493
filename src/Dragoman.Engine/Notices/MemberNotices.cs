using Dragoman.Engine.Groups;

namespace Dragoman.Engine.Notices;

public sealed record MembersInvited(IReadOnlyList<PersonFacts> Members, PersonFacts Inviter) : GroupNotice
{
    /// <summary>In the inviter's words.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>Somebody came in by himself; the operator is the newcomer.</summary>
public sealed record MemberEntered : GroupNotice
{
    /// <summary>In his own words, when he applied.</summary>
    public string Message { get; init; } = "";
}

/// <summary>Somebody left by himself; the operator is who left.</summary>
public sealed record MemberLeft : GroupNotice;

public sealed record MembersRemoved(IReadOnlyList<PersonFacts> Members) : GroupNotice
{
    /// <summary>In the operator's words.</summary>
    public string Reason { get; init; } = "";
}

/// <param name="Until">Unix milliseconds; <see cref="long.MaxValue"/> is for ever.</param>
public sealed record MemberMuted(PersonFacts Member, long Until) : GroupNotice;

public sealed record MemberUnmuted(PersonFacts Member) : GroupNotice;

/// <param name="Member">With the new rank.</param>
public sealed record MemberRoleChanged(PersonFacts Member, GroupRole OldRole) : GroupNotice;

/// <summary>A member looks different in the group: by his own name or face there, or by those of his account.</summary>
public sealed record MemberCardChanged(PersonFacts Member) : GroupNotice;

/// <summary>What one call changed of a member, whatever else is told of it; for hooks alone.</summary>
public sealed record MemberEdited(MemberChange Change) : GroupNotice;

/// <summary>Somebody wants to be a member; told to who may answer, and to himself.</summary>
public sealed record GroupApplied(GroupApplication Application, PersonFacts Applicant) : GroupNotice;

/// <summary>An application was accepted or refused; told to who may answer, and to the applicant.</summary>
public sealed record ApplicationAnswered(GroupApplication Application, PersonFacts Applicant) : GroupNotice;

/// <summary>Somebody was invited and has to agree himself; told to him.</summary>
/// <remarks>The operator is who invited.</remarks>
public sealed record InvitationOffered(GroupApplication Application) : GroupNotice;

/// <summary>Who was invited has answered; told to who invited him. The operator is who answered.</summary>
public sealed record InvitationAnswered(GroupApplication Application) : GroupNotice;

/// <summary>Members were shut out; that they were removed is told apart. For hooks alone.</summary>
/// <param name="Until">Unix milliseconds; <see cref="long.MaxValue"/> is for ever.</param>
public sealed record MembersBanned(IReadOnlyList<PersonFacts> Members, long Until, string Reason) : GroupNotice;

/// <summary>Somebody may come back; told to him.</summary>
public sealed record MemberUnbanned(PersonFacts User) : GroupNotice;

/// <summary>Who speaks while the group is muted.</summary>
public sealed record AllowListChanged(IReadOnlyList<PersonFacts> Members, bool IsAllowed) : GroupNotice;

/// <summary>What a member says of himself in the group.</summary>
/// <param name="Changed">What was set; an empty value was taken away.</param>
public sealed record MemberAttributesChanged(PersonFacts Member, IReadOnlyDictionary<string, string> Changed) : GroupNotice;
