using Dragoman.Engine;
using Dragoman.Engine.Files;
using Dragoman.Engine.Groups;

namespace Dragoman.Storage.Sql.Groups;

/// <summary>Shelves of groups as rows.</summary>
internal static class GroupFileRows
{
    public const string Columns = "grp, id, file, name, size, owner, shared_at";

    public static void Put(SqlSession db, AppId app, GroupFile file) =>
        db.Prepare(
            """
            INSERT INTO group_files (app, grp, id, file, name, size, owner, shared_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (app, grp, id) DO NOTHING
            """)
            .Bind(app.Value).Bind(file.Group.Value).Bind(file.Id.Value).Bind(file.Stored).Bind(file.Name).Bind(file.Size)
            .Bind(file.Owner.Value).Bind(file.SharedAt)
            .Run();

    public static void Remove(SqlSession db, AppId app, GroupId group, FileId file) =>
        db.Prepare("DELETE FROM group_files WHERE app = ? AND grp = ? AND id = ?").Bind(app.Value).Bind(group.Value).Bind(file.Value).Run();

    /// <summary>Reads the row that the statement stands on; it selected <see cref="Columns"/>.</summary>
    public static GroupFile Read(SqlStatement row) => new()
    {
        Group = new(row.Text(0)),
        Id = new(row.Text(1)),
        Stored = row.Text(2),
        Name = row.Text(3),
        Size = row.Int64(4),
        Owner = new(row.Text(5)),
        SharedAt = row.Int64(6),
    };
}
