using Dragoman.Engine.Files;

namespace Dragoman.Engine.Ports;

/// <summary>Where the bytes of files are: a disk, an object storage. Knows locations and uploads, neither names nor rights.</summary>
/// <remarks>
/// Every method may be called again after a crash at any point. A fault of the storage is a <see cref="StorageException"/> (a
/// <see cref="StorageAwayException"/> when it cannot be reached); what goes wrong while the client's stream is read is thrown
/// as it came.
/// </remarks>
public interface IFileBytes
{
    /// <summary>Makes ready for the parts of an upload.</summary>
    /// <returns>What is to be kept as <see cref="Upload.Handle"/>.</returns>
    ValueTask<string> BeginAsync(Upload upload, CancellationToken ct);

    /// <summary>Stores one part, streaming. A part that is sent again replaces the one before at the latest when it is whole.</summary>
    /// <param name="length">How long the stream is, when that is known.</param>
    /// <param name="md5">What its MD5 has to be, lower case hex; null when the client did not say.</param>
    /// <returns>The part, which is on disk now; or PartTooLarge (over <see cref="Upload.PartSize"/>), PartChecksumMismatch, UploadNotFound.</returns>
    ValueTask<Result<UploadPart>> PutPartAsync(Upload upload, int number, Stream body, long? length, string? md5, CancellationToken ct);

    /// <summary>The parts that are there. A number may occur several times, with different bytes.</summary>
    ValueTask<IReadOnlyList<UploadPart>> ListPartsAsync(Upload upload, CancellationToken ct);

    /// <summary>Makes these parts the content at <see cref="Upload.Location"/>, durably. They were listed, numbered 1, 2, 3 …</summary>
    /// <returns>False when they are not what is there now.</returns>
    ValueTask<bool> CompleteAsync(Upload upload, IReadOnlyList<UploadPart> parts, CancellationToken ct);

    /// <summary>Removes the parts of an upload, and its content if it was completed.</summary>
    ValueTask AbortAsync(Upload upload, CancellationToken ct);

    /// <summary>Opens a range of a content for reading from its beginning; the caller disposes it.</summary>
    /// <returns>Null when there is no such content.</returns>
    ValueTask<Stream?> OpenAsync(FileContent content, long offset, long length, CancellationToken ct);

    ValueTask DeleteAsync(string location, CancellationToken ct);

    /// <summary>An address at which a client may put the part without us; null when parts come through this server.</summary>
    string? SignPart(Upload upload, int number, DateTimeOffset until);

    /// <summary>An address at which a client may read the file without us; null when files are read through this server.</summary>
    string? SignRead(StoredFile file, DateTimeOffset until);

    /// <summary>Removes what a crash has left lying around.</summary>
    ValueTask TidyAsync(CancellationToken ct);
}
