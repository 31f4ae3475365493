using System.Security.Cryptography;
using System.Text;
using Dragoman.Engine.Caching;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Files;

/// <param name="Name">Null for the one that was announced; so for the others.</param>
/// <param name="PartChecksums">The MD5 of each part, in order; null takes the parts as they came, which is for uploads without a checksum.</param>
public sealed record UploadCompletion(
    IReadOnlyList<string>? PartChecksums, string? Name = null, string? ContentType = null, string? Label = null)
{
    /// <summary>What was announced was a bound: what came is the file.</summary>
    public bool MayBeSmaller { get; init; }

    /// <inheritdoc cref="StoredFile.ExpiresAt"/>
    public long ExpiresAt { get; init; }
}

/// <summary>Makes a file of an upload whose parts are all there.</summary>
/// <remarks>Called again with the same parts it answers the same file. Bytes that the app has already are not stored a second time.</remarks>
public sealed class CompleteUpload(IFileStore store, IFileBytes bytes, FileDesk desk, LogWriter journal, KeyedGate gate)
{
    /// <returns>
    /// The file, which is on disk; or NotPermitted, FileNameInvalid, UploadNotFound, UploadExpired, FileChecksumMismatch (the parts'
    /// checksums are not those of the upload), UploadSizeMismatch, PartChecksumMismatch (a part is not what its sender thinks).
    /// </returns>
    public async ValueTask<Result<StoredFile>> RunAsync(Caller caller, UploadId id, UploadCompletion completion, CancellationToken ct)
    {
        if (completion.Name is { } name)
        {
            if (!FileNames.MayWrite(caller, name)) return Condition.NotPermitted;
            if (!FileNames.IsValid(name)) return Condition.FileNameInvalid;
        }

        using var turn = await gate.EnterAsync((caller.App, id), ct);
        var found = await desk.FindUploadAsync(caller, id, ct);
        if (!found.TryGet(out var upload, out var refusal)) return refusal;
        if (upload.State == UploadState.Open && upload.Checksum.Kind == ChecksumKind.PartsMd5 && !IsSumOf(upload.Checksum, completion.PartChecksums))
            return Condition.FileChecksumMismatch;

        var known = upload.Checksum.Kind == ChecksumKind.None ? null : await store.FindContentAsync(upload.App, upload.Checksum, upload.Size, ct);
        if (known is not null) return await ShareAsync(caller, upload, completion, known);
        if (upload.State != UploadState.Open) return Condition.UploadNotFound;
        return await StoreAsync(caller, upload, completion, ct);
    }

    /// <summary>The bytes are there: from an earlier call, or because somebody else was faster with the same file.</summary>
    private async ValueTask<Result<StoredFile>> ShareAsync(Caller caller, Upload upload, UploadCompletion completion, FileContent content)
    {
        var file = FileOf(caller, upload, completion, content);
        if (upload.State != UploadState.Open) return await desk.ShareAsync(file);

        var refusal = await journal.CommitAsync(new WriteUnit(
        [
            new PutFile(upload.App, file, IsNewContent: false),
            new EndUpload(upload.App, upload.Id, UploadState.Done, upload.Checksum),
        ]));
        if (refusal is not null) return refusal;
        await bytes.AbortAsync(upload, CancellationToken.None);
        return file;
    }

    private async ValueTask<Result<StoredFile>> StoreAsync(Caller caller, Upload upload, UploadCompletion completion, CancellationToken ct)
    {
        var stored = await bytes.ListPartsAsync(upload, ct);
        var parts = Choose(stored, upload, completion.PartChecksums);
        var size = parts.Sum(p => p.Size);
        if (completion.MayBeSmaller ? !IsWhole(parts, upload) : size != upload.Size) return Condition.UploadSizeMismatch;
        if (completion.PartChecksums is { } wanted && !parts.Select(p => p.Md5).SequenceEqual(wanted)) return Condition.PartChecksumMismatch;

        // From here on a client that hangs up must not leave half of it behind.
        if (!await bytes.CompleteAsync(upload, parts, CancellationToken.None)) return Condition.PartChecksumMismatch;

        var checksum = upload.Checksum.Kind == ChecksumKind.None && parts.Count == 1 ? new(ChecksumKind.Md5, parts[0].Md5) : upload.Checksum;
        var file = FileOf(caller, upload, completion, new FileContent(upload.Location, size, checksum));
        var refusal = await journal.CommitAsync(new WriteUnit(
        [
            new EndUpload(upload.App, upload.Id, UploadState.Done, checksum),
            new PutFile(upload.App, file, IsNewContent: true),
        ]));
        return refusal is null ? file : refusal;
    }

    /// <summary>One part for each number that there is: the one that the sender means when a part was sent more than once.</summary>
    private static List<UploadPart> Choose(IReadOnlyList<UploadPart> stored, Upload upload, IReadOnlyList<string>? wanted)
    {
        var parts = new List<UploadPart>();
        foreach (var same in stored.Where(p => p.Number <= upload.PartCount).GroupBy(p => p.Number).OrderBy(g => g.Key))
        {
            var meant = wanted is not null && same.Key <= wanted.Count ? wanted[same.Key - 1] : null;
            parts.Add(same.FirstOrDefault(p => p.Md5 == meant) ?? same.Last());
        }

        return parts;
    }

    /// <summary>Every part from the first one on, of which only the last may be small.</summary>
    private static bool IsWhole(List<UploadPart> parts, Upload upload) =>
        parts.Count > 0 && parts[^1].Number == parts.Count && parts[^1].Size > 0 && parts.Take(parts.Count - 1).All(p => p.Size == upload.PartSize);

    private static bool IsSumOf(FileChecksum checksum, IReadOnlyList<string>? parts) =>
        parts is not null && Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(string.Join(',', parts)))) == checksum.Value;

    private StoredFile FileOf(Caller caller, Upload upload, UploadCompletion completion, FileContent content) => new()
    {
        App = upload.App,
        Id = new FileId(FileDesk.NewId()),
        Owner = caller.User,
        Name = completion.Name ?? upload.Name,
        Content = content,
        ContentType = completion.ContentType ?? upload.ContentType,
        Label = completion.Label ?? upload.Label,
        CreatedAt = desk.Now.ToUnixTimeMilliseconds(),
        ExpiresAt = completion.ExpiresAt,
    };
}
