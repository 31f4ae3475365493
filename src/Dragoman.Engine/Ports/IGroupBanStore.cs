using Dragoman.Engine.Groups;

namespace Dragoman.Engine.Ports;

/// <summary>Reads of who may not come into a group.</summary>
public interface IGroupBanStore
{
    /// <summary>The first of these users who is shut out; null when nobody is.</summary>
    /// <param name="now">Unix milliseconds; what ended before is none.</param>
    ValueTask<UserId?> FindBannedAsync(AppId app, GroupId group, IReadOnlyCollection<UserId> users, long now, CancellationToken ct);

    /// <summary>All that have not ended, the newest first.</summary>
    /// <inheritdoc cref="FindBannedAsync" path="/param"/>
    ValueTask<IReadOnlyList<GroupBan>> ListAsync(AppId app, GroupId group, long now, CancellationToken ct);
}
