using Dragoman.Engine.Files;
using Dragoman.Engine.Groups;

namespace Dragoman.Engine.Ports;

/// <summary>Reads of what is on the shelves of groups.</summary>
public interface IGroupFileStore
{
    ValueTask<GroupFile?> FindAsync(AppId app, GroupId group, FileId file, CancellationToken ct);

    /// <summary>The newest first.</summary>
    ValueTask<IReadOnlyList<GroupFile>> PageAsync(AppId app, GroupId group, long skip, int take, CancellationToken ct);

    ValueTask<int> CountAsync(AppId app, GroupId group, CancellationToken ct);
}
