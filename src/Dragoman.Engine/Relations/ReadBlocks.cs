using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Relations;

/// <summary>Reads whom a user has blocked, on behalf of the user himself or of the app.</summary>
public sealed class ReadBlocks(IBlockStore blocks, RelationLimits limits)
{
    /// <summary>Who was blocked earlier first.</summary>
    /// <returns>The page; or NotPermitted.</returns>
    public async ValueTask<Result<Page<Block>>> PageAsync(Caller caller, UserId owner, long skip, int take, CancellationToken ct)
    {
        if (!caller.MayActFor(owner)) return new Refusal(Condition.NotPermitted, owner.Value);

        var total = await blocks.CountAsync(caller.App, owner, ct);
        return new Page<Block>(skip >= total ? [] : await blocks.ListAsync(caller.App, owner, skip, take, ct), total);
    }

    /// <summary>Those of the named users who are blocked, in the order in which they are named.</summary>
    /// <returns>The blocks; or NotPermitted, RelationBatchTooLarge.</returns>
    public async ValueTask<Result<IReadOnlyList<Block>>> FindAsync(
        Caller caller, UserId owner, IReadOnlyList<UserId> users, CancellationToken ct)
    {
        if (!caller.MayActFor(owner)) return new Refusal(Condition.NotPermitted, owner.Value);
        if (users.Count > limits.MaxBatch) return Condition.RelationBatchTooLarge;

        var found = (await blocks.FindAsync(caller.App, owner, users, ct)).ToDictionary(b => b.Blocked);
        return users.Select(user => found.GetValueOrDefault(user)).OfType<Block>().ToArray();
    }
}
