using Dragoman.Engine;
using Dragoman.Engine.Files;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Groups;

internal sealed class GroupFileStore(ISqlReaders readers) : IGroupFileStore
{
    public ValueTask<GroupFile?> FindAsync(AppId app, GroupId group, FileId file, CancellationToken ct) =>
        readers.ReadAsync((app, group, file), static (db, q) =>
        {
            var statement = db.Prepare($"SELECT {GroupFileRows.Columns} FROM group_files WHERE app = ? AND grp = ? AND id = ?")
                .Bind(q.app.Value).Bind(q.group.Value).Bind(q.file.Value);
            var found = statement.Step() ? GroupFileRows.Read(statement) : null;
            statement.Reset();
            return found;
        }, ct);

    public ValueTask<IReadOnlyList<GroupFile>> PageAsync(AppId app, GroupId group, long skip, int take, CancellationToken ct) =>
        readers.ReadAsync<(AppId App, GroupId Group, long Skip, int Take), IReadOnlyList<GroupFile>>((app, group, skip, take), static (db, q) =>
        {
            var statement = db.Prepare(
                $"SELECT {GroupFileRows.Columns} FROM group_files WHERE app = ? AND grp = ? ORDER BY shared_at DESC, id DESC LIMIT ? OFFSET ?")
                .Bind(q.App.Value).Bind(q.Group.Value).Bind(q.Take).Bind(q.Skip);
            var files = new List<GroupFile>();
            while (statement.Step()) files.Add(GroupFileRows.Read(statement));
            return files;
        }, ct);

    public ValueTask<int> CountAsync(AppId app, GroupId group, CancellationToken ct) =>
        readers.ReadAsync((app, group), static (db, q) => (int)db.Prepare("SELECT count(*) FROM group_files WHERE app = ? AND grp = ?")
            .Bind(q.app.Value).Bind(q.group.Value).ScalarOr(0), ct);
}
