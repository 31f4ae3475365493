using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Files;

/// <summary>Takes a whole file in one go, whose size is known only when it has come.</summary>
public sealed class StoreFile(BeginUpload begin, ReceivePart receive, CompleteUpload complete, AbortUpload abort)
{
    /// <summary>What was cut off is given up soon: nobody can go on with it.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <param name="draft">Its size is a bound, which the file may not reach.</param>
    /// <param name="expiresAt">As <see cref="StoredFile.ExpiresAt"/>.</param>
    /// <param name="body">Read once, to its end or to one byte past what is allowed.</param>
    /// <returns>The file, which is on disk; or what <see cref="BeginUpload"/> refuses, FileTooLarge, UploadSizeMismatch (it is empty).</returns>
    public async ValueTask<Result<StoredFile>> RunAsync(Caller caller, FileDraft draft, long expiresAt, Stream body, CancellationToken ct)
    {
        var begun = await begin.RunAsync(caller, draft with { IsForm = true, Checksum = FileChecksum.None, Life = Life }, ct);
        if (!begun.TryGet(out var opened, out var refusal)) return refusal;

        var upload = opened.Upload!.Id;
        var isDone = false;
        try
        {
            var received = await receive.RunAsync(caller, upload, number: 1, body, length: null, ct);
            if (!received.TryGet(out _, out refusal)) return refusal.Condition == Condition.PartTooLarge ? Condition.FileTooLarge : refusal;

            var completed = await complete.RunAsync(caller, upload, new(PartChecksums: null) { MayBeSmaller = true, ExpiresAt = expiresAt }, ct);
            isDone = completed.TryGet(out _, out _);
            return completed;
        }
        finally
        {
            if (!isDone) await abort.RunAsync(caller, upload, CancellationToken.None);
        }
    }
}
