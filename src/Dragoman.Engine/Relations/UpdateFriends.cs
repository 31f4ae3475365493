using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Words;

namespace Dragoman.Engine.Relations;

/// <param name="Remark">Null leaves it as it is; so for the others.</param>
public sealed record FriendChange(string? Remark = null, string? Extra = null, bool? IsPinned = null);

/// <summary>Changes what an owner keeps about some of his friends, all or none; his devices are told.</summary>
public sealed class UpdateFriends(RelationDesk desk, IFriendStore friends, WordDesk words, OnlineNews news, RelationLimits limits, TimeProvider clock)
{
    /// <returns>Done; or NotPermitted, RelationBatchTooLarge, FriendsRepeated, RelationTextTooLong, WordRejected, NotFriends (with who is none).</returns>
    public async ValueTask<Result<Done>> RunAsync(
        Caller caller, UserId owner, IReadOnlyList<UserId> users, FriendChange change, CancellationToken ct)
    {
        if (!caller.MayActFor(owner)) return new Refusal(Condition.NotPermitted, owner.Value);
        if (users.Count > limits.MaxBatch) return Condition.RelationBatchTooLarge;
        if (users.Distinct().Count() != users.Count) return Condition.FriendsRepeated;
        if ((limits.CheckRemark(change.Remark) ?? limits.CheckExtra(change.Extra)) is { } tooLong) return tooLong;

        var remark = change.Remark;
        if (words.Screen(caller.App, WordPlaces.Relations, ref remark) is { } rejected) return rejected;
        change = change with { Remark = remark };

        using var turn = await desk.EnterAsync(caller.App, owner, ct);
        var found = await friends.FindAsync(caller.App, owner, users, ct);
        if (found.Count != users.Count) return new Refusal(Condition.NotFriends, users.Except(found.Select(f => f.Friend)).First().Value);
        if (found.Count == 0) return default(Done);

        Friendship[] changed = [.. found.Select(friend => friend with
        {
            Remark = change.Remark ?? friend.Remark,
            Extra = change.Extra ?? friend.Extra,
            IsPinned = change.IsPinned ?? friend.IsPinned,
        })];
        var isReordered = found.Where((friend, i) => friend.IsPinned != changed[i].IsPinned).Any();
        var notice = new FriendsUpdated(owner, users, isReordered, Version: 0) { At = clock.GetUtcNow().ToUnixTimeMilliseconds() };
        var refusal = await desk.CommitAsync(caller, [new UpdateFriendships(caller.App, owner, changed, isReordered)], touched: [], [notice]);
        if (refusal is not null) return refusal;

        news.TellDevices(caller, owner, notice with { Version = await desk.VersionAsync(caller.App, owner, ct) });
        return default(Done);
    }
}
