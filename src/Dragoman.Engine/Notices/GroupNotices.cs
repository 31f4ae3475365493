using Dragoman.Engine.Accounts;
using Dragoman.Engine.Groups;

namespace Dragoman.Engine.Notices;

/// <summary>A person as the group knew them at that moment.</summary>
/// <param name="Member">Null for somebody who was not a member (an administrator who acts from outside).</param>
public sealed record PersonFacts(UserId Id, string Nickname, string Avatar, AccountRole Role, Member? Member);

/// <param name="Version">Of the roster after what happened.</param>
public sealed record GroupFacts(Group Group, int MemberCount, long Version);

public abstract record GroupNotice : Notice
{
    public required GroupFacts Group { get; init; }

    /// <summary>Who did it.</summary>
    public required PersonFacts Operator { get; init; }
}

public sealed record GroupCreated(IReadOnlyList<PersonFacts> Members, PersonFacts Owner) : GroupNotice;

public sealed record GroupDismissed : GroupNotice;

public sealed record MembersInvited(IReadOnlyList<PersonFacts> Members, PersonFacts Inviter) : GroupNotice;

/// <summary>Somebody came in by himself; the operator is the newcomer.</summary>
public sealed record MemberEntered : GroupNotice;

/// <summary>Somebody left by himself; the operator is who left.</summary>
public sealed record MemberLeft : GroupNotice;

public sealed record MembersRemoved(IReadOnlyList<PersonFacts> Members) : GroupNotice;
