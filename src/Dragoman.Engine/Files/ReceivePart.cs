using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Files;

/// <summary>Takes the bytes of a part from whoever holds its signed link. They are on disk when this returns.</summary>
public sealed class ReceivePart(IFileStore store, IFileBytes bytes, FileLinks links, FileDesk desk)
{
    /// <param name="body">Read once, to its end or to one byte past what is allowed.</param>
    /// <param name="length">How long the body is, when that is known.</param>
    /// <param name="md5">What the sender says its MD5 is, lower case hex; null when he does not.</param>
    /// <returns>The part; or LinkInvalid, UploadNotFound, UploadExpired, LinkExpired, PartTooLarge, PartChecksumMismatch.</returns>
    public async ValueTask<Result<UploadPart>> RunAsync(SignedLink signed, Stream body, long? length, string? md5, CancellationToken ct)
    {
        var link = signed.Link;
        var state = links.Check(signed);
        if (state == Condition.LinkInvalid || link.Verb is not (LinkVerb.PutPart or LinkVerb.PostForm)) return Condition.LinkInvalid;

        // That the upload is over says more than that the link is, which ends with it at the latest.
        var upload = await store.FindUploadAsync(link.App, new UploadId(link.Id), ct);
        if (upload is null) return state == Condition.None ? Condition.UploadNotFound : state;
        if (upload.IsOver(desk.Now)) return Condition.UploadExpired;
        if (state != Condition.None) return state;
        if (upload.State != UploadState.Open) return Condition.UploadNotFound;
        if (length > upload.PartSize) return Condition.PartTooLarge;

        return await bytes.PutPartAsync(upload, link.Part, body, length, md5, ct);
    }

    /// <summary>From its uploader himself, who needs no link.</summary>
    /// <param name="number">From 1.</param>
    /// <returns>The part; or UploadNotFound, NotPermitted, UploadExpired, UploadPartsInvalid (a number that is none of its parts), PartTooLarge.</returns>
    public async ValueTask<Result<UploadPart>> RunAsync(Caller caller, UploadId id, int number, Stream body, long? length, CancellationToken ct)
    {
        var found = await desk.FindUploadAsync(caller, id, ct);
        if (!found.TryGet(out var upload, out var refusal)) return refusal;
        if (upload.State != UploadState.Open) return Condition.UploadNotFound;
        if (number < 1 || number > upload.PartCount) return Condition.UploadPartsInvalid;
        if (length > upload.PartSize) return Condition.PartTooLarge;

        return await bytes.PutPartAsync(upload, number, body, length, md5: null, ct);
    }
}
