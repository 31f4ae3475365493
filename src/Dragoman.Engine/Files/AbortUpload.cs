using Dragoman.Engine.Caching;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Files;

/// <summary>Gives up an upload before its time: what was reserved for it is free again.</summary>
public sealed class AbortUpload(IFileBytes bytes, FileDesk desk, LogWriter journal, KeyedGate gate)
{
    /// <returns>Done; or UploadNotFound, NotPermitted, UploadExpired.</returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, UploadId id, CancellationToken ct)
    {
        using var turn = await gate.EnterAsync((caller.App, id), ct);
        var found = await desk.FindUploadAsync(caller, id, ct);
        if (!found.TryGet(out var upload, out var refusal)) return refusal;
        if (upload.State != UploadState.Open) return Condition.UploadNotFound;

        // First the row, as when its time ends.
        refusal = await journal.CommitAsync(new WriteUnit([new EndUpload(upload.App, upload.Id, UploadState.Expired, upload.Checksum)]));
        if (refusal is not null) return refusal;
        await bytes.AbortAsync(upload, CancellationToken.None);
        return default(Done);
    }
}
