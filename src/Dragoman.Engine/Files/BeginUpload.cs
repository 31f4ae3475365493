using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Files;

/// <summary>A file that somebody wants to upload.</summary>
public sealed record FileDraft
{
    public required string Name { get; init; }

    /// <summary>Bytes, at least 1.</summary>
    public required long Size { get; init; }

    /// <summary>Also decides whether the bytes are there already.</summary>
    public FileChecksum Checksum { get; init; } = FileChecksum.None;

    public string ContentType { get; init; } = "";
    public string Label { get; init; } = "";

    /// <summary>How many parts, from the first one, get their address at once; more than there are is all.</summary>
    public int SignedParts { get; init; }

    /// <summary>It comes as the field of a form, whole.</summary>
    public bool IsForm { get; init; }

    /// <summary>How long it may take; the server's own bound when null.</summary>
    public TimeSpan? Life { get; init; }

    /// <summary>The app's own bounds; the server's hold too.</summary>
    public long MaxBytes { get; init; } = long.MaxValue;

    /// <inheritdoc cref="MaxBytes"/>
    public long MaxAppBytes { get; init; } = long.MaxValue;
}

/// <summary>What became of the wish.</summary>
/// <param name="Existing">The file, when its bytes were there; nothing needs to be sent.</param>
/// <param name="Upload">Else the upload that was opened.</param>
/// <param name="Parts">Where its first parts go.</param>
/// <param name="Form">Where the form goes, when it is one.</param>
public sealed record BegunUpload(StoredFile? Existing, Upload? Upload, IReadOnlyList<PartAddress> Parts, SignedLink Form);

/// <summary>Announces a file. When the app has bytes with the same checksum and size, that is all there is to do.</summary>
public sealed class BeginUpload(IFileStore store, IFileBytes bytes, FileDesk desk, FileLinks links, FileLimits limits, LogWriter journal)
{
    private const int MaxTypeLength = 255;

    /// <returns>
    /// The file or its upload; or NotPermitted, FileNameInvalid, FileTooLarge, UploadPartsInvalid (a size below 1, or a form
    /// that is larger than a part), FileChecksumInvalid, UploadLimitReached, StorageQuotaReached.
    /// </returns>
    public async ValueTask<Result<BegunUpload>> RunAsync(Caller caller, FileDraft draft, CancellationToken ct)
    {
        if (!FileNames.MayWrite(caller, draft.Name)) return Condition.NotPermitted;
        if (!FileNames.IsValid(draft.Name) || draft.ContentType.Length > MaxTypeLength || draft.Label.Length > MaxTypeLength) return Condition.FileNameInvalid;
        if (draft.Size > Math.Min(limits.LargestFile, draft.MaxBytes)) return Condition.FileTooLarge;
        if (draft.Size < 1 || (draft.IsForm && draft.Size > limits.MaxPart)) return Condition.UploadPartsInvalid;
        if (!draft.Checksum.IsValid) return Condition.FileChecksumInvalid;

        if (draft.Checksum.Kind != ChecksumKind.None && await store.FindContentAsync(caller.App, draft.Checksum, draft.Size, ct) is { } content)
        {
            var shared = await desk.ShareAsync(FileOf(caller, draft, content));
            if (shared.TryGet(out var file, out var refusal)) return new BegunUpload(file, Upload: null, [], default);
            if (refusal.Condition != Condition.FileNotFound) return refusal;
        }

        return await OpenAsync(caller, draft, ct);
    }

    private async ValueTask<Result<BegunUpload>> OpenAsync(Caller caller, FileDraft draft, CancellationToken ct)
    {
        var life = draft.Life is { } own && own < limits.UploadLife ? own : limits.UploadLife;
        var upload = new Upload
        {
            App = caller.App,
            Id = new UploadId(FileDesk.NewId()),
            Owner = caller.User,
            Name = draft.Name,
            Size = draft.Size,
            PartSize = draft.IsForm ? draft.Size : limits.PartSizeOf(draft.Size),
            Checksum = draft.Checksum,
            ContentType = draft.ContentType,
            Label = draft.Label,
            CreatedAt = desk.Now.ToUnixTimeMilliseconds(),
            ExpiresAt = (desk.Now + life).ToUnixTimeMilliseconds(),
        };
        upload = upload with { Handle = await bytes.BeginAsync(upload, ct) };
        var refusal = await journal.CommitAsync(new WriteUnit(
            [new OpenUpload(caller.App, upload, limits.MaxOpenUploads, Math.Min(limits.MaxAppBytes, draft.MaxAppBytes))]));
        if (refusal is not null)
        {
            await bytes.AbortAsync(upload, CancellationToken.None);
            return refusal;
        }

        if (draft.IsForm)
        {
            var until = DateTimeOffset.FromUnixTimeMilliseconds(upload.ExpiresAt);
            return new BegunUpload(Existing: null, upload, [], links.Sign(LinkVerb.PostForm, upload.App, upload.Id.Value, part: 1, until));
        }

        return new BegunUpload(Existing: null, upload, desk.Sign(upload, Enumerable.Range(1, Math.Clamp(draft.SignedParts, 0, upload.PartCount))), default);
    }

    private StoredFile FileOf(Caller caller, FileDraft draft, FileContent content) => new()
    {
        App = caller.App,
        Id = new FileId(FileDesk.NewId()),
        Owner = caller.User,
        Name = draft.Name,
        Content = content,
        ContentType = draft.ContentType,
        Label = draft.Label,
        CreatedAt = desk.Now.ToUnixTimeMilliseconds(),
    };
}
