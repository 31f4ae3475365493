using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Relations;

/// <summary>Reads requests to be friends on behalf of somebody whom they concern, or of the app.</summary>
public sealed class ReadFriendRequests(IFriendRequestStore requests, RelationLimits limits, TimeProvider clock)
{
    /// <summary>Newest first.</summary>
    /// <returns>The page; or NotPermitted.</returns>
    public async ValueTask<Result<Page<FriendRequest>>> PageAsync(
        Caller caller, UserId user, FriendRequestSide side, FriendRequestStates states, long skip, int take, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return new Refusal(Condition.NotPermitted, user.Value);

        var query = new FriendRequestQuery(user, side, states, PendingSince());
        var total = await requests.CountAsync(caller.App, query, ct);
        return new Page<FriendRequest>(skip >= total ? [] : await requests.ListAsync(caller.App, query, skip, take, ct), total);
    }

    /// <summary>What each of two has asked the other, none to two requests.</summary>
    /// <returns>The requests; or NotPermitted.</returns>
    public async ValueTask<Result<IReadOnlyList<FriendRequest>>> BetweenAsync(Caller caller, UserId one, UserId other, CancellationToken ct)
    {
        if (!caller.MayActFor(one) && !caller.MayActFor(other)) return new Refusal(Condition.NotPermitted, one.Value);

        var there = await requests.FindAsync(caller.App, one, other, PendingSince(), ct);
        var back = one == other ? null : await requests.FindAsync(caller.App, other, one, PendingSince(), ct);
        FriendRequest?[] both = [there, back];
        return both.OfType<FriendRequest>().ToArray();
    }

    /// <summary>How many requests wait for the user's answer.</summary>
    /// <param name="since">Only those made then or later, Unix milliseconds.</param>
    /// <returns>The number; or NotPermitted.</returns>
    public async ValueTask<Result<int>> CountPendingAsync(Caller caller, UserId user, long since, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return new Refusal(Condition.NotPermitted, user.Value);

        var query = new FriendRequestQuery(user, FriendRequestSide.Received, FriendRequestStates.Pending, PendingSince(), since);
        return await requests.CountAsync(caller.App, query, ct);
    }

    private long PendingSince() => limits.PendingSince(clock.GetUtcNow());
}
