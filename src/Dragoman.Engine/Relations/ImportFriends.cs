using Dragoman.Engine.Accounts;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Relations;

/// <summary>The app's server makes people friends without asking them, all or none.</summary>
public sealed class ImportFriends(
    RelationDesk desk, AccountDirectory accounts, IFriendStore friends, HookDesk hooks, RelationLimits limits, TimeProvider clock)
{
    /// <param name="sides">Whether the owner also comes onto the friends' lists.</param>
    /// <param name="maxFriends">What the app's edition allows a user; 0 is what the server does.</param>
    /// <param name="isTold">Whether it is written where the two talk.</param>
    /// <returns>
    /// Done; or NotPermitted, RelationBatchTooLarge, CannotBefriendSelf, FriendsRepeated, AccountNotFound, PeerNotFound,
    /// FriendLimitReached, PeerFriendLimitReached.
    /// </returns>
    public async ValueTask<Result<Done>> RunAsync(
        Caller caller, UserId owner, IReadOnlyList<UserId> newFriends, FriendSides sides, CancellationToken ct, int maxFriends = 0, bool isTold = true)
    {
        if (!caller.IsAdministrator) return Condition.NotPermitted;
        if (hooks.Asks<ImportingFriends>(caller.App))
        {
            var proposal = new ImportingFriends(caller, owner, newFriends);
            if (await hooks.AskAsync(proposal, ct) is { } forbidden) return forbidden;
            newFriends = proposal.Friends;
        }

        if (newFriends.Count > limits.MaxBatch) return Condition.RelationBatchTooLarge;
        if (newFriends.Contains(owner)) return new Refusal(Condition.CannotBefriendSelf, owner.Value);
        if (newFriends.Distinct().Count() != newFriends.Count) return Condition.FriendsRepeated;

        using var turn = await desk.EnterAsync(caller.App, owner, ct);
        if (await FindMissingAsync(caller.App, owner, newFriends, ct) is { } missing) return missing;
        if (await FindFullAsync(caller.App, owner, newFriends, sides, maxFriends, ct) is { } full) return full;
        if (newFriends.Count == 0) return default(Done);

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        Friendship[] added = [.. newFriends.SelectMany(friend => sides == FriendSides.Both
            ? Friends.Of(owner, friend, FriendSource.Import, caller.User, now)
            : [Friends.OnListOf(owner, friend, FriendSource.Import, caller.User, now)])];
        Entry[] entries = !isTold ? [] : [.. newFriends.Select(friend =>
            RelationDesk.Write(caller, friend, owner, new FriendAdded(owner, friend, FriendSource.Import) { At = now }))];
        var refusal = await desk.CommitAsync(
            caller,
            [new AddFriendships(caller.App, added)],
            [.. newFriends.Select(friend => (owner, friend))],
            [new FriendsAdded(owner, newFriends, FriendSource.Import) { At = now }],
            entries);
        return refusal is null ? default(Done) : refusal;
    }

    private async ValueTask<Refusal?> FindMissingAsync(AppId app, UserId owner, IReadOnlyList<UserId> newFriends, CancellationToken ct)
    {
        if (await accounts.FindAsync(app, owner, ct) is null) return new(Condition.AccountNotFound, owner.Value);
        foreach (var friend in newFriends)
        {
            if (await accounts.FindAsync(app, friend, ct) is null) return new(Condition.PeerNotFound, friend.Value);
        }

        return null;
    }

    private async ValueTask<Refusal?> FindFullAsync(
        AppId app, UserId owner, IReadOnlyList<UserId> newFriends, FriendSides sides, int maxFriends, CancellationToken ct)
    {
        var known = (await friends.FindAsync(app, owner, newFriends, ct)).Count;
        if (await desk.CheckRoomAsync(app, owner, newFriends.Count - known, maxFriends, Condition.FriendLimitReached, ct) is { } full) return full;
        if (sides == FriendSides.Own) return null;

        foreach (var friend in newFriends)
        {
            var hasOwner = (await friends.FindAsync(app, friend, [owner], ct)).Count > 0;
            if (!hasOwner && await desk.CheckRoomAsync(app, friend, 1, maxFriends, Condition.PeerFriendLimitReached, ct) is { } peerFull) return peerFull;
        }

        return null;
    }
}
