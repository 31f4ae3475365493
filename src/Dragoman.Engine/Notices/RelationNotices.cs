using Dragoman.Engine.Conversations;
using Dragoman.Engine.Relations;

namespace Dragoman.Engine.Notices;

/// <summary>What others saw of somebody at that moment.</summary>
public sealed record ProfileFacts(UserId Id, string Nickname, string Avatar);

/// <summary>A request to be friends as it stood after what happened to it; told to both.</summary>
public abstract record FriendRequestNotice : Notice
{
    public required FriendRequest Request { get; init; }
    public required ProfileFacts From { get; init; }
    public required ProfileFacts To { get; init; }

    internal override ConversationKey? PlaceIn(AppId app) => ConversationKey.Direct(app, Request.From, Request.To);
}

public sealed record FriendRequested : FriendRequestNotice;

/// <summary>The two are friends now; written on their timeline, where a talk between them begins.</summary>
public sealed record FriendRequestAccepted : FriendRequestNotice;

public sealed record FriendRequestRefused : FriendRequestNotice;

/// <summary>Somebody came onto another one's list without having been asked; written on the timeline of the two.</summary>
public sealed record FriendAdded(UserId Owner, UserId Friend, FriendSource Source) : Notice;

/// <summary>All that one call put onto the owner's list without asking them; for hooks, which hear of it once.</summary>
public sealed record FriendsAdded(UserId Owner, IReadOnlyList<UserId> Friends, FriendSource Source) : Notice;

/// <summary>The owner has the friend no longer on his list; told to both.</summary>
/// <param name="Version">Of the owner's list after it; so for the others.</param>
public sealed record FriendRemoved(UserId Owner, UserId Friend, long Version) : Notice
{
    internal override ConversationKey? PlaceIn(AppId app) => ConversationKey.Direct(app, Owner, Friend);
}

/// <summary>The owner calls a friend by another name; told to his own devices.</summary>
public sealed record FriendRemarked(UserId Owner, UserId Friend, long Version) : Notice
{
    public string Remark { get; init; } = "";

    internal override ConversationKey? PlaceIn(AppId app) => ConversationKey.Direct(app, Owner, Friend);
}

/// <summary>What the owner keeps about these friends changed; told to his own devices.</summary>
public sealed record FriendsUpdated(UserId Owner, IReadOnlyList<UserId> Friends, bool IsReordered, long Version) : Notice;

/// <summary>What others see of a friend changed; told to everybody who has him on his list.</summary>
public sealed record FriendProfileChanged(UserId Friend) : Notice;

/// <summary>Addressed to both: whether the blocked one is shown it is his dialect's to decide.</summary>
public sealed record UserBlocked(UserId Owner, UserId Blocked) : Notice
{
    internal override ConversationKey? PlaceIn(AppId app) => ConversationKey.Direct(app, Owner, Blocked);
}

/// <inheritdoc cref="UserBlocked"/>
public sealed record UserUnblocked(UserId Owner, UserId Unblocked) : Notice
{
    internal override ConversationKey? PlaceIn(AppId app) => ConversationKey.Direct(app, Owner, Unblocked);
}
