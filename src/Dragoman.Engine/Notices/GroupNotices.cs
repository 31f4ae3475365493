using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;

namespace Dragoman.Engine.Notices;

/// <summary>A person as the group knew them at that moment.</summary>
/// <param name="Member">Null for somebody who was not a member (an administrator who acts from outside).</param>
public sealed record PersonFacts(UserId Id, string Nickname, string Avatar, AccountRole Role, Member? Member)
{
    /// <summary>What the account says about itself.</summary>
    public string Extra { get; init; } = "";
}

/// <param name="Version">Of the roster after what happened.</param>
public sealed record GroupFacts(Group Group, int MemberCount, long Version);

public abstract record GroupNotice : Notice
{
    public required GroupFacts Group { get; init; }

    /// <summary>Who did it.</summary>
    public required PersonFacts Operator { get; init; }

    internal override ConversationKey? PlaceIn(AppId app) => ConversationKey.Group(app, Group.Group.Id);
}

public sealed record GroupCreated(IReadOnlyList<PersonFacts> Members, PersonFacts Owner) : GroupNotice;

public sealed record GroupDismissed : GroupNotice
{
    /// <summary>Who was a member until then, the owner too.</summary>
    public IReadOnlyList<UserId> Members { get; init; } = [];
}

/// <summary>Which facts of a group changed. The numbers are stored.</summary>
[Flags]
public enum GroupFields
{
    None = 0,
    Name = 1,
    Avatar = 2,
    Introduction = 4,
    Announcement = 8,
    Extra = 16,

    /// <summary>Who comes in how.</summary>
    Entry = 32,

    /// <summary>What members see of each other.</summary>
    Openness = 64,

    /// <summary>How many members there may be.</summary>
    Size = 128,
}

/// <summary>Facts changed that nobody needs to read about in the chat.</summary>
public sealed record GroupUpdated(GroupFields Fields) : GroupNotice;

/// <summary>What one call changed, whatever else is told of it; for hooks alone.</summary>
public sealed record GroupEdited(GroupChange Change) : GroupNotice;

public sealed record GroupRenamed(string OldName) : GroupNotice;

public sealed record GroupAnnounced : GroupNotice;

public sealed record GroupTransferred(PersonFacts NewOwner, PersonFacts OldOwner) : GroupNotice;

/// <param name="Until">Unix milliseconds; <see cref="long.MaxValue"/> is for ever.</param>
public sealed record GroupMuted(long Until) : GroupNotice;

public sealed record GroupUnmuted : GroupNotice;

public sealed record GroupDisabled : GroupNotice;

public sealed record GroupEnabled : GroupNotice;

public sealed record FileShared(GroupFile File) : GroupNotice;

public sealed record FileUnshared(GroupFile File) : GroupNotice;
