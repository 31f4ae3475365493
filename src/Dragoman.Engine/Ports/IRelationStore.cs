using Dragoman.Engine.Relations;

namespace Dragoman.Engine.Ports;

/// <summary>Reads of what users have noted about each other.</summary>
public interface IRelationStore
{
    /// <summary>What the owner has noted about the other one.</summary>
    ValueTask<Relation> FindAsync(AppId app, UserId owner, UserId other, CancellationToken ct);
}

/// <summary>Reads of lists of friends. Their order: pinned first, then who was added earlier, then by id.</summary>
public interface IFriendStore
{
    /// <summary>Those of the named users whom the owner has on his list, in no order.</summary>
    ValueTask<IReadOnlyList<Friendship>> FindAsync(AppId app, UserId owner, IReadOnlyList<UserId> friends, CancellationToken ct);

    ValueTask<IReadOnlyList<Friendship>> ListAsync(AppId app, UserId owner, long skip, int take, CancellationToken ct);

    ValueTask<IReadOnlyList<UserId>> ListIdsAsync(AppId app, UserId owner, CancellationToken ct);

    ValueTask<int> CountAsync(AppId app, UserId owner, CancellationToken ct);

    /// <summary>Who has the friend on his list, in the storage's own order of ids, after an id.</summary>
    /// <param name="after">The default begins with the first one.</param>
    ValueTask<IReadOnlyList<UserId>> OwnersAsync(AppId app, UserId friend, UserId after, int take, CancellationToken ct);
}

/// <summary>Reads of requests to be friends. Pending ones from before <c>pendingSince</c> are as if they did not exist.</summary>
public interface IFriendRequestStore
{
    ValueTask<FriendRequest?> FindAsync(AppId app, UserId from, UserId to, long pendingSince, CancellationToken ct);

    /// <summary>Newest first.</summary>
    ValueTask<IReadOnlyList<FriendRequest>> ListAsync(AppId app, FriendRequestQuery query, long skip, int take, CancellationToken ct);

    ValueTask<int> CountAsync(AppId app, FriendRequestQuery query, CancellationToken ct);
}

/// <param name="PendingSince">Unix milliseconds; 0 for all.</param>
/// <param name="Since">Only requests made then or later, Unix milliseconds.</param>
public sealed record FriendRequestQuery(UserId User, FriendRequestSide Side, FriendRequestStates States, long PendingSince, long Since = 0);

/// <summary>Reads of lists of blocked users. Their order: who was blocked earlier, then by id.</summary>
public interface IBlockStore
{
    /// <summary>Those of the named users whom the owner has blocked, in no order.</summary>
    ValueTask<IReadOnlyList<Block>> FindAsync(AppId app, UserId owner, IReadOnlyList<UserId> users, CancellationToken ct);

    ValueTask<IReadOnlyList<Block>> ListAsync(AppId app, UserId owner, long skip, int take, CancellationToken ct);

    /// <summary>Who has blocked a user.</summary>
    ValueTask<IReadOnlyList<UserId>> BlockersAsync(AppId app, UserId blocked, CancellationToken ct);

    ValueTask<int> CountAsync(AppId app, UserId owner, CancellationToken ct);
}
