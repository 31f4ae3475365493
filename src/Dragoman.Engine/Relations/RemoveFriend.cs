using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Relations;

/// <summary>Takes a friend off the owner's list, and the owner off his when both sides are meant.</summary>
public sealed class RemoveFriend(RelationDesk desk, RelationDirectory relations, OnlineNews news, TimeProvider clock)
{
    /// <returns>Done; or NotPermitted, NotFriends (the owner does not have him; with both sides: neither has the other).</returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, UserId owner, UserId friend, FriendSides sides, CancellationToken ct)
    {
        if (!caller.MayActFor(owner)) return new Refusal(Condition.NotPermitted, owner.Value);

        using var turn = await desk.EnterAsync(caller.App, owner, friend, ct);
        var changes = new List<RemoveFriendship>();
        if (await HasAsync(caller.App, owner, friend, ct)) changes.Add(new RemoveFriendship(caller.App, owner, friend));
        if (sides == FriendSides.Both && await HasAsync(caller.App, friend, owner, ct))
            changes.Add(new RemoveFriendship(caller.App, friend, owner));
        if (changes.Count == 0) return new Refusal(Condition.NotFriends, friend.Value);

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        FriendRemoved[] removed = [.. changes.Select(change => new FriendRemoved(change.Owner, change.Friend, Version: 0) { At = now })];
        var refusal = await desk.CommitAsync(
            caller, changes, [(owner, friend)], removed, [.. removed.Select(notice => NoticeEntry.ForInbox(caller, notice.Owner, owner, notice))]);
        if (refusal is not null) return refusal;

        foreach (var notice in removed) await TellAsync(caller, notice, ct);
        return default(Done);
    }

    private async ValueTask<bool> HasAsync(AppId app, UserId owner, UserId friend, CancellationToken ct) =>
        (await relations.FindAsync(app, owner, friend, ct) & Relation.HasFriend) != 0;

    private async ValueTask TellAsync(Caller caller, FriendRemoved removed, CancellationToken ct)
    {
        var (owner, friend) = (removed.Owner, removed.Friend);
        var notice = removed with { Version = await desk.VersionAsync(caller.App, owner, ct) };
        news.Tell(caller, ConversationKey.Direct(caller.App, owner, friend), owner, new Audience.Pair(owner, friend), notice);
    }
}
