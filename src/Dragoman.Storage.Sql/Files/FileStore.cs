using Dragoman.Engine;
using Dragoman.Engine.Files;
using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Files;

internal sealed class FileStore(ISqlReaders readers) : IFileStore
{
    private const string FileColumns =
        """
        SELECT f.id, f.owner, f.name, f.content_type, f.label, f.created_at, c.location, c.size, c.checksum_kind, c.checksum, f.expires_at
        FROM files f JOIN file_contents c ON c.app = f.app AND c.location = f.location
        """;

    private const string UploadColumns =
        """
        SELECT app, id, owner, name, size, part_size, checksum_kind, checksum, content_type, label, handle, created_at, expires_at, state
        FROM uploads
        """;

    public ValueTask<StoredFile?> FindAsync(AppId app, string name, CancellationToken ct) =>
        readers.ReadAsync((app, name), static (db, key) =>
            OneFile(db.Prepare($"{FileColumns} WHERE f.app = ? AND f.name = ?").Bind(key.app.Value).Bind(key.name), key.app), ct);

    public ValueTask<StoredFile?> FindAsync(AppId app, FileId file, CancellationToken ct) =>
        readers.ReadAsync((app, file), static (db, key) =>
            OneFile(db.Prepare($"{FileColumns} WHERE f.app = ? AND f.id = ?").Bind(key.app.Value).Bind(key.file.Value), key.app), ct);

    public ValueTask<FileContent?> FindContentAsync(AppId app, FileChecksum checksum, long size, CancellationToken ct) =>
        readers.ReadAsync((app, checksum, size), static (db, key) =>
        {
            var row = db.Prepare("SELECT location FROM file_contents WHERE app = ? AND checksum = ? AND checksum_kind = ? AND size = ? LIMIT 1")
                .Bind(key.app.Value).Bind(key.checksum.Value).Bind((long)key.checksum.Kind).Bind(key.size);
            var content = row.Step() ? new FileContent(row.Text(0), key.size, key.checksum) : null;
            row.Reset();
            return content;
        }, ct);

    public ValueTask<Upload?> FindUploadAsync(AppId app, UploadId upload, CancellationToken ct) =>
        readers.ReadAsync((app, upload), static (db, key) =>
        {
            var row = db.Prepare($"{UploadColumns} WHERE app = ? AND id = ?").Bind(key.app.Value).Bind(key.upload.Value);
            var found = row.Step() ? ReadUpload(row) : null;
            row.Reset();
            return found;
        }, ct);

    public ValueTask<IReadOnlyList<Upload>> EndedUploadsAsync(UploadState state, long before, int limit, CancellationToken ct) =>
        readers.ReadAsync<(UploadState State, long Before, int Limit), IReadOnlyList<Upload>>((state, before, limit), static (db, q) =>
        {
            var row = db.Prepare($"{UploadColumns} WHERE state = ? AND expires_at <= ? ORDER BY expires_at LIMIT ?")
                .Bind((long)q.State).Bind(q.Before).Bind(q.Limit);
            var uploads = new List<Upload>();
            while (row.Step()) uploads.Add(ReadUpload(row));
            return uploads;
        }, ct);

    public ValueTask<IReadOnlyList<(AppId App, string Location)>> DiscardedAsync(int limit, CancellationToken ct) =>
        readers.ReadAsync<int, IReadOnlyList<(AppId, string)>>(limit, static (db, limit) =>
        {
            var row = db.Prepare("SELECT app, location FROM discarded_files LIMIT ?").Bind(limit);
            var locations = new List<(AppId, string)>();
            while (row.Step()) locations.Add((new AppId(row.Int32(0)), row.Text(1)));
            return locations;
        }, ct);

    public ValueTask<IReadOnlyList<(AppId App, string Name)>> ExpiredFilesAsync(long before, int limit, CancellationToken ct) =>
        readers.ReadAsync<(long Before, int Limit), IReadOnlyList<(AppId, string)>>((before, limit), static (db, q) =>
        {
            var row = db.Prepare("SELECT app, name FROM files WHERE expires_at > 0 AND expires_at <= ? ORDER BY expires_at LIMIT ?").Bind(q.Before).Bind(q.Limit);
            var names = new List<(AppId, string)>();
            while (row.Step()) names.Add((new AppId(row.Int32(0)), row.Text(1)));
            return names;
        }, ct);

    public ValueTask<byte[]?> FindKeyAsync(CancellationToken ct) =>
        readers.ReadAsync(0, static (db, _) =>
        {
            var row = db.Prepare("SELECT secret FROM file_keys ORDER BY number LIMIT 1");
            var key = row.Step() ? row.Bytes(0) : null;
            row.Reset();
            return key;
        }, ct);

    private static StoredFile? OneFile(SqlStatement row, AppId app)
    {
        StoredFile? file = null;
        if (row.Step())
        {
            file = new StoredFile
            {
                App = app,
                Id = new FileId(row.Text(0)),
                Owner = new UserId(row.Text(1)),
                Name = row.Text(2),
                ContentType = row.Text(3),
                Label = row.Text(4),
                CreatedAt = row.Int64(5),
                ExpiresAt = row.Int64(10),
                Content = new FileContent(row.Text(6), row.Int64(7), new FileChecksum((ChecksumKind)row.Int32(8), row.Text(9))),
            };
        }

        row.Reset();
        return file;
    }

    private static Upload ReadUpload(SqlStatement row) => new()
    {
        App = new AppId(row.Int32(0)),
        Id = new UploadId(row.Text(1)),
        Owner = new UserId(row.Text(2)),
        Name = row.Text(3),
        Size = row.Int64(4),
        PartSize = row.Int64(5),
        Checksum = new FileChecksum((ChecksumKind)row.Int32(6), row.Text(7)),
        ContentType = row.Text(8),
        Label = row.Text(9),
        Handle = row.Text(10),
        CreatedAt = row.Int64(11),
        ExpiresAt = row.Int64(12),
        State = (UploadState)row.Int32(13),
    };
}
