using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Relations;

/// <summary>Somebody does not want to hear from another one: from now on his messages are refused.</summary>
public sealed class BlockUser(
    RelationDesk desk,
    RelationDirectory relations,
    IBlockStore blocks,
    HookDesk hooks,
    OnlineNews news,
    RelationLimits limits,
    TimeProvider clock)
{
    /// <param name="endsFriendship">Each also comes off the other's list of friends.</param>
    /// <param name="maxBlocks">What the app's edition allows a user; 0 is what the server does.</param>
    /// <returns>
    /// Done; or NotPermitted, CannotBlockSelf, RelationTextTooLong, AccountNotFound, PeerNotFound, AlreadyBlocked, BlockLimitReached.
    /// </returns>
    public async ValueTask<Result<Done>> RunAsync(
        Caller caller, UserId owner, UserId blocked, string extra, bool endsFriendship, CancellationToken ct, int maxBlocks = 0)
    {
        if (!caller.MayActFor(owner)) return new Refusal(Condition.NotPermitted, owner.Value);
        if (owner == blocked) return new Refusal(Condition.CannotBlockSelf, owner.Value);
        if (limits.CheckExtra(extra) is { } tooLong) return tooLong;
        if (hooks.Asks<BlockingUser>(caller.App) && await hooks.AskAsync(new BlockingUser(caller, owner, blocked), ct) is { } forbidden)
            return forbidden;

        using var turn = await desk.EnterAsync(caller.App, owner, ct);
        if (await desk.FindMissingAsync(caller.App, owner, blocked, ct) is { } missing) return missing;
        if ((await relations.FindAsync(caller.App, owner, blocked, ct) & Relation.Blocks) != 0)
            return new Refusal(Condition.AlreadyBlocked, blocked.Value);
        if (await blocks.CountAsync(caller.App, owner, ct) >= (maxBlocks > 0 ? Math.Min(maxBlocks, limits.MaxBlocks) : limits.MaxBlocks)) return new Refusal(Condition.BlockLimitReached, owner.Value);

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var block = new Block { Owner = owner, Blocked = blocked, Extra = extra, Operator = caller.User.Value, BlockedAt = now };
        StoreChange[] changes = endsFriendship
            ? [new AddBlock(caller.App, block), new RemoveFriendship(caller.App, owner, blocked), new RemoveFriendship(caller.App, blocked, owner)]
            : [new AddBlock(caller.App, block)];
        var notice = new UserBlocked(owner, blocked) { At = now };
        var refusal = await desk.CommitAsync(caller, changes, [(owner, blocked)], [notice]);
        if (refusal is not null) return refusal;

        var conversation = ConversationKey.Direct(caller.App, owner, blocked);
        news.Tell(caller, conversation, owner, new Audience.Pair(owner, blocked), notice);
        return default(Done);
    }
}
