using Dragoman.Engine.Caching;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Relations;

/// <summary>What one user has noted about another one.</summary>
[Flags]
public enum Relation : byte
{
    None = 0,

    /// <summary>Has him on the list of friends.</summary>
    HasFriend = 1,

    Blocks = 2,
}

/// <summary>Relations as a send asks for them: from memory, from the store on a miss.</summary>
/// <remarks>
/// Kept for each direction of a pair that was asked for, "nothing" included, and never as a user's whole lists: a pair costs the
/// same whether a user has blocked nobody or ten thousand, and a hit allocates nothing.
/// </remarks>
public sealed class RelationDirectory(IRelationStore store, RelationLimits limits)
{
    private readonly BoundedCache<(AppId, UserId Owner, UserId Other), Relation> _cache = new(limits.CachedRelations);

    public ValueTask<Relation> FindAsync(AppId app, UserId owner, UserId other, CancellationToken ct) =>
        _cache.GetAsync((app, owner, other), store, static (store, key, ct) => store.FindAsync(key.Item1, key.Owner, key.Other, ct), ct);

    /// <summary>To be called after what the owner noted about the other one was written.</summary>
    public void Changed(AppId app, UserId owner, UserId other) => _cache.Remove((app, owner, other));
}
