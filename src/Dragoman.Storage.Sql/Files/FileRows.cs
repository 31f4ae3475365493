using Dragoman.Engine;
using Dragoman.Engine.Files;
using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Files;

/// <summary>Writes of files and of what they share, inside the log writer's transaction.</summary>
internal static class FileRows
{
    public static Condition Put(SqlSession db, PutFile change)
    {
        var (app, file) = (change.App, change.File);
        if (change.IsNewContent) AddContent(db, app, file.Content);
        else if (!Refer(db, app, file.Content.Location)) return Condition.FileNotFound;

        // After the new one has its content: a file may be replaced by itself.
        Remove(db, app, file.Name);
        db.Prepare("INSERT INTO files (app, name, id, owner, location, content_type, label, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .Bind(app.Value).Bind(file.Name).Bind(file.Id.Value).Bind(file.Owner.Value)
            .Bind(file.Content.Location).Bind(file.ContentType).Bind(file.Label).Bind(file.CreatedAt).Bind(file.ExpiresAt)
            .Run();
        return Condition.None;
    }

    public static void Remove(SqlSession db, AppId app, string name)
    {
        var removed = db.Prepare("DELETE FROM files WHERE app = ? AND name = ? RETURNING location").Bind(app.Value).Bind(name);
        var location = removed.Step() ? removed.Text(0) : null;
        removed.Reset();
        if (location is not null) Release(db, app, location);
    }

    public static void ForgetDiscarded(SqlSession db, ForgetDiscarded change)
    {
        foreach (var location in change.Locations)
            db.Prepare("DELETE FROM discarded_files WHERE app = ? AND location = ?").Bind(change.App.Value).Bind(location).Run();
    }

    public static void KeepKey(SqlSession db, KeepFileKey change) =>
        db.Prepare("INSERT INTO file_keys (number, secret) VALUES (1, ?) ON CONFLICT (number) DO NOTHING").Bind(change.Key).Run();

    /// <summary>Counts bytes in or, when negative, out.</summary>
    /// <returns>What the app uses with them.</returns>
    public static long Use(SqlSession db, AppId app, long bytes) =>
        db.Prepare(
            """
            INSERT INTO file_usage (app, bytes) VALUES (?, ?)
            ON CONFLICT (app) DO UPDATE SET bytes = file_usage.bytes + excluded.bytes RETURNING bytes
            """)
            .Bind(app.Value).Bind(bytes).ScalarOr(0);

    private static void AddContent(SqlSession db, AppId app, FileContent content)
    {
        db.Prepare("INSERT INTO file_contents (app, location, size, checksum_kind, checksum, refs) VALUES (?, ?, ?, ?, ?, 1)")
            .Bind(app.Value).Bind(content.Location).Bind(content.Size).Bind((long)content.Checksum.Kind).Bind(content.Checksum.Value)
            .Run();
        Use(db, app, content.Size);
    }

    /// <returns>False when the content is gone.</returns>
    private static bool Refer(SqlSession db, AppId app, string location)
    {
        var counted = db.Prepare("UPDATE file_contents SET refs = refs + 1 WHERE app = ? AND location = ? RETURNING refs").Bind(app.Value).Bind(location);
        var isThere = counted.Step();
        counted.Reset();
        return isThere;
    }

    private static void Release(SqlSession db, AppId app, string location)
    {
        var counted = db.Prepare("UPDATE file_contents SET refs = refs - 1 WHERE app = ? AND location = ? RETURNING refs, size")
            .Bind(app.Value).Bind(location);
        var (refs, size) = counted.Step() ? (counted.Int64(0), counted.Int64(1)) : (1, 0);
        counted.Reset();
        if (refs > 0) return;

        db.Prepare("DELETE FROM file_contents WHERE app = ? AND location = ?").Bind(app.Value).Bind(location).Run();
        db.Prepare("INSERT INTO discarded_files (app, location) VALUES (?, ?) ON CONFLICT (app, location) DO NOTHING")
            .Bind(app.Value).Bind(location).Run();
        Use(db, app, -size);
    }
}
