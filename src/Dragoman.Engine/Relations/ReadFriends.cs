using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Relations;

/// <param name="Total">How many there are in all.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total);

/// <summary>Reads a user's list of friends on behalf of somebody who may see it: the user himself, or the app.</summary>
public sealed class ReadFriends(IFriendStore friends, RelationDirectory relations, RelationLimits limits)
{
    /// <summary>Pinned first, then who was added earlier.</summary>
    /// <returns>The page; or NotPermitted.</returns>
    public async ValueTask<Result<Page<Friendship>>> PageAsync(Caller caller, UserId owner, long skip, int take, CancellationToken ct)
    {
        if (!caller.MayActFor(owner)) return new Refusal(Condition.NotPermitted, owner.Value);

        var total = await friends.CountAsync(caller.App, owner, ct);
        return new Page<Friendship>(skip >= total ? [] : await friends.ListAsync(caller.App, owner, skip, take, ct), total);
    }

    /// <summary>Those of the named users who are friends, in the order in which they are named.</summary>
    /// <returns>The friends; or NotPermitted, RelationBatchTooLarge.</returns>
    public async ValueTask<Result<IReadOnlyList<Friendship>>> FindAsync(
        Caller caller, UserId owner, IReadOnlyList<UserId> users, CancellationToken ct)
    {
        if (!caller.MayActFor(owner)) return new Refusal(Condition.NotPermitted, owner.Value);
        if (users.Count > limits.MaxBatch) return Condition.RelationBatchTooLarge;

        var found = (await friends.FindAsync(caller.App, owner, users, ct)).ToDictionary(f => f.Friend);
        return users.Select(user => found.GetValueOrDefault(user)).OfType<Friendship>().ToArray();
    }

    /// <summary>All ids, in the order of the list.</summary>
    /// <returns>The ids; or NotPermitted.</returns>
    public async ValueTask<Result<IReadOnlyList<UserId>>> IdsAsync(Caller caller, UserId owner, CancellationToken ct)
    {
        if (!caller.MayActFor(owner)) return new Refusal(Condition.NotPermitted, owner.Value);
        return (await friends.ListIdsAsync(caller.App, owner, ct)).ToArray();
    }

    /// <summary>Whether each of two has the other on his list, for one of the two.</summary>
    /// <returns>Both directions; or NotPermitted.</returns>
    public async ValueTask<Result<(bool OneHasOther, bool OtherHasOne)>> CheckAsync(Caller caller, UserId one, UserId other, CancellationToken ct)
    {
        if (!caller.MayActFor(one) && !caller.MayActFor(other)) return new Refusal(Condition.NotPermitted, one.Value);

        var first = await relations.FindAsync(caller.App, one, other, ct);
        var second = await relations.FindAsync(caller.App, other, one, ct);
        return ((first & Relation.HasFriend) != 0, (second & Relation.HasFriend) != 0);
    }
}
