using Dragoman.Engine.Files;

namespace Dragoman.Engine.Ports;

/// <summary>Reads of what is known about files and uploads; the bytes are <see cref="IFileBytes"/>.</summary>
public interface IFileStore
{
    ValueTask<StoredFile?> FindAsync(AppId app, string name, CancellationToken ct);

    ValueTask<StoredFile?> FindAsync(AppId app, FileId file, CancellationToken ct);

    /// <summary>Bytes of the app that were verified to have this checksum and size.</summary>
    ValueTask<FileContent?> FindContentAsync(AppId app, FileChecksum checksum, long size, CancellationToken ct);

    ValueTask<Upload?> FindUploadAsync(AppId app, UploadId upload, CancellationToken ct);

    /// <summary>Uploads of all apps that are in this state and whose time ended before, oldest first.</summary>
    ValueTask<IReadOnlyList<Upload>> EndedUploadsAsync(UploadState state, long before, int limit, CancellationToken ct);

    /// <summary>Bytes of all apps that no file has any more.</summary>
    ValueTask<IReadOnlyList<(AppId App, string Location)>> DiscardedAsync(int limit, CancellationToken ct);

    /// <summary>Names of files of all apps whose time ended before, oldest first.</summary>
    ValueTask<IReadOnlyList<(AppId App, string Name)>> ExpiredFilesAsync(long before, int limit, CancellationToken ct);

    /// <summary>The key that signs links; null before the first start.</summary>
    ValueTask<byte[]?> FindKeyAsync(CancellationToken ct);
}
