using Dragoman.Engine;
using Dragoman.Engine.Files;
using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Files;

/// <summary>Writes of uploads, inside the log writer's transaction.</summary>
internal static class UploadRows
{
    public static Condition Open(SqlSession db, OpenUpload change, long now)
    {
        var upload = change.Upload;
        // First, because it holds other nodes' uploads of this app back: nobody else can use what is counted here.
        var used = FileRows.Use(db, change.App, upload.Size);
        var open = db.Prepare("SELECT count(*) FROM uploads WHERE app = ? AND owner = ? AND state = 0 AND expires_at > ?")
            .Bind(change.App.Value).Bind(upload.Owner.Value).Bind(now).ScalarOr(0);
        if (open >= change.MaxOpen) return Condition.UploadLimitReached;
        if (used > change.MaxAppBytes) return Condition.StorageQuotaReached;

        db.Prepare(
            """
            INSERT INTO uploads (app, id, owner, name, size, part_size, checksum_kind, checksum, content_type, label, handle, created_at, expires_at, state)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
            .Bind(change.App.Value).Bind(upload.Id.Value).Bind(upload.Owner.Value).Bind(upload.Name).Bind(upload.Size).Bind(upload.PartSize)
            .Bind((long)upload.Checksum.Kind).Bind(upload.Checksum.Value).Bind(upload.ContentType).Bind(upload.Label).Bind(upload.Handle)
            .Bind(upload.CreatedAt).Bind(upload.ExpiresAt).Bind((long)upload.State)
            .Run();
        return Condition.None;
    }

    public static Condition End(SqlSession db, EndUpload change)
    {
        var ended = db.Prepare(
            "UPDATE uploads SET state = ?, checksum_kind = ?, checksum = ? WHERE app = ? AND id = ? AND state = 0 RETURNING size")
            .Bind((long)change.State).Bind((long)change.Checksum.Kind).Bind(change.Checksum.Value).Bind(change.App.Value).Bind(change.Upload.Value);
        var size = ended.ScalarOr(-1);
        if (size < 0) return Condition.UploadNotFound;

        FileRows.Use(db, change.App, -size);
        return Condition.None;
    }

    public static void Forget(SqlSession db, ForgetUploads change)
    {
        foreach (var upload in change.Uploads)
            db.Prepare("DELETE FROM uploads WHERE app = ? AND id = ? AND state <> 0").Bind(change.App.Value).Bind(upload.Value).Run();
    }
}
