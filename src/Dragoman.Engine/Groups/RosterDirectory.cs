using Dragoman.Engine.Caching;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Groups with their members: from memory, from the store on a miss.</summary>
public sealed class RosterDirectory(IGroupStore store, EngineLimits limits)
{
    // "There is none" is not kept: it is asked just before a group is founded.
    private readonly BoundedCache<(AppId, GroupId), Roster?> _cache =
        new(limits.CachedGroups, mayKeep: static roster => roster is not null);

    public ValueTask<Roster?> FindAsync(AppId app, GroupId group, CancellationToken ct) =>
        _cache.GetAsync((app, group), store, static (store, key, ct) => store.FindRosterAsync(key.Item1, key.Item2, ct), ct);

    /// <summary>To be called after the group or its members have been written.</summary>
    public void Changed(Roster roster) => _cache.Put((roster.Group.App, roster.Group.Id), roster);

    /// <summary>To be called after something was written that the next use has to read.</summary>
    public void Forget(AppId app, GroupId group) => _cache.Remove((app, group));

    /// <summary>To be called after a group was created: the store gave it a number that is read on the next use.</summary>
    public void Created(AppId app, GroupId group) => _cache.Remove((app, group));
}
