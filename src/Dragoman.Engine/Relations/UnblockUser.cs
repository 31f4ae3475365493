using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Relations;

/// <summary>Somebody lets another one write to him again.</summary>
public sealed class UnblockUser(RelationDesk desk, RelationDirectory relations, OnlineNews news, TimeProvider clock)
{
    /// <returns>Done; or NotPermitted, NotBlocked.</returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, UserId owner, UserId blocked, CancellationToken ct)
    {
        if (!caller.MayActFor(owner)) return new Refusal(Condition.NotPermitted, owner.Value);

        using var turn = await desk.EnterAsync(caller.App, owner, ct);
        if ((await relations.FindAsync(caller.App, owner, blocked, ct) & Relation.Blocks) == 0)
            return new Refusal(Condition.NotBlocked, blocked.Value);

        var notice = new UserUnblocked(owner, blocked) { At = clock.GetUtcNow().ToUnixTimeMilliseconds() };
        var refusal = await desk.CommitAsync(caller, [new RemoveBlock(caller.App, owner, blocked)], [(owner, blocked)], [notice]);
        if (refusal is not null) return refusal;

        news.Tell(caller, ConversationKey.Direct(caller.App, owner, blocked), owner, new Audience.Pair(owner, blocked), notice);
        return default(Done);
    }
}
