using System.Security.Cryptography;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Files;

/// <summary>What the operations on files have in common.</summary>
public sealed class FileDesk(IFileStore store, IFileBytes bytes, FileLinks links, FileLimits limits, LogWriter journal, TimeProvider clock)
{
    private const int IdBytes = 16;

    public DateTimeOffset Now => clock.GetUtcNow();

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    /// <summary>An upload that the caller may act on and whose time has not come.</summary>
    /// <returns>It; or UploadNotFound, NotPermitted, UploadExpired.</returns>
    internal async ValueTask<Result<Upload>> FindUploadAsync(Caller caller, UploadId id, CancellationToken ct)
    {
        var upload = id.IsWellFormed ? await store.FindUploadAsync(caller.App, id, ct) : null;
        if (upload is null) return Condition.UploadNotFound;
        if (!caller.MayActFor(upload.Owner)) return new Refusal(Condition.NotPermitted, upload.Owner.Value);
        if (upload.IsOver(Now)) return Condition.UploadExpired;
        return upload;
    }

    /// <summary>Where the parts go; for those of a form always here.</summary>
    internal IReadOnlyList<PartAddress> Sign(Upload upload, IEnumerable<int> numbers)
    {
        var until = Earlier(Now + limits.PartLinkLife, DateTimeOffset.FromUnixTimeMilliseconds(upload.ExpiresAt));
        return [.. numbers.Select(number => new PartAddress(number, bytes.SignPart(upload, number, until) is { } direct
            ? new FileAddress(direct, default)
            : new FileAddress(Direct: null, links.Sign(LinkVerb.PutPart, upload.App, upload.Id.Value, number, until))))];
    }

    /// <summary>Gives a content that is there a name.</summary>
    /// <returns>The file; or FileNotFound when the content was discarded meanwhile, or what the journal refuses.</returns>
    internal async ValueTask<Result<StoredFile>> ShareAsync(StoredFile file)
    {
        var refusal = await journal.CommitAsync(new WriteUnit([new PutFile(file.App, file, IsNewContent: false)]));
        return refusal is null ? file : refusal;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}

/// <param name="Number">From 1.</param>
public readonly record struct PartAddress(int Number, FileAddress Address);
