using System.Text.Json.Serialization;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;

namespace Dragoman.Engine.Notices;

/// <summary>Something that happened, as the engine records it; every dialect shows it in its own words.</summary>
/// <remarks>
/// A notice carries the facts as they were (names, ranks, counts), so that it reads the same in a year. The type names
/// are stored: they are never renamed, members are only added.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(GroupCreated), "group-created")]
[JsonDerivedType(typeof(GroupDismissed), "group-dismissed")]
[JsonDerivedType(typeof(MembersInvited), "members-invited")]
[JsonDerivedType(typeof(MemberEntered), "member-entered")]
[JsonDerivedType(typeof(MemberLeft), "member-left")]
[JsonDerivedType(typeof(MembersRemoved), "members-removed")]
[JsonDerivedType(typeof(MessageRecalled), "message-recalled")]
[JsonDerivedType(typeof(MessagesRead), "messages-read")]
[JsonDerivedType(typeof(MessagesErased), "messages-erased")]
[JsonDerivedType(typeof(MessagesHidden), "messages-hidden")]
[JsonDerivedType(typeof(ConversationsCleared), "conversations-cleared")]
[JsonDerivedType(typeof(UserConversationsChanged), "user-conversations-changed")]
[JsonDerivedType(typeof(ProfileChanged), "profile-changed")]
public abstract record Notice
{
    /// <summary>Unix milliseconds.</summary>
    public required long At { get; init; }
}

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

/// <param name="ClientKey">The key that the client chose for the recalled message, UTF-8.</param>
/// <param name="Origin">The dialect of the recalled message.</param>
public sealed record MessageRecalled(
    long Sequence, long MessageId, string ClientKey, DialectId Origin, UserId Sender, long SentAt, RecallMark Mark) : Notice;

/// <param name="UpTo">Everything up to here is read.</param>
/// <param name="Sequences">The entries that this very call covered.</param>
public sealed record MessagesRead(UserId Reader, long UpTo, IReadOnlyList<long> Sequences) : Notice;

/// <summary>Gone for everybody.</summary>
public sealed record MessagesErased(UserId Operator, IReadOnlyList<long> Sequences) : Notice;

/// <summary>Gone for one user; told to his own devices.</summary>
public sealed record MessagesHidden(UserId User, Conversations.ConversationKey Conversation, IReadOnlyList<long> Sequences) : Notice;

/// <summary>Emptied for one user; told to his own devices.</summary>
public sealed record ConversationsCleared(UserId User, IReadOnlyList<Conversations.ConversationKey> Conversations) : Notice;

/// <summary>What a user keeps about these conversations changed; told to his own devices.</summary>
public sealed record UserConversationsChanged(UserId User, IReadOnlyList<Conversations.ConversationKey> Conversations) : Notice;

public sealed record ProfileChanged(UserId User) : Notice;
