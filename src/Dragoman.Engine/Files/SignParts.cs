namespace Dragoman.Engine.Files;

/// <param name="Parts">In the order of the numbers that were asked for.</param>
public sealed record SignedParts(Upload Upload, IReadOnlyList<PartAddress> Parts);

/// <summary>Gives the addresses of further parts of an upload, or of the same ones again.</summary>
public sealed class SignParts(FileDesk desk, FileLimits limits)
{
    /// <returns>The addresses; or UploadNotFound, NotPermitted, UploadExpired, UploadPartsInvalid (a number that is none of its parts, or too many).</returns>
    public async ValueTask<Result<SignedParts>> RunAsync(Caller caller, UploadId id, IReadOnlyList<int> numbers, CancellationToken ct)
    {
        if (numbers.Count > limits.MaxParts) return Condition.UploadPartsInvalid;

        var found = await desk.FindUploadAsync(caller, id, ct);
        if (!found.TryGet(out var upload, out var refusal)) return refusal;
        if (upload.State != UploadState.Open) return Condition.UploadNotFound;
        if (numbers.Any(n => n < 1 || n > upload.PartCount)) return Condition.UploadPartsInvalid;
        return new SignedParts(upload, desk.Sign(upload, numbers));
    }
}
