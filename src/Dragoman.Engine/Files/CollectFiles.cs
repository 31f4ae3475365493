using Dragoman.Engine.Caching;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;
using Microsoft.Extensions.Logging;

namespace Dragoman.Engine.Files;

/// <summary>Gives space back, now and then: of uploads that were not completed in time, of files whose time is over, and of bytes that no file has any more.</summary>
/// <remarks>Every step can be repeated, after a crash and by another node: rows go when their bytes are gone.</remarks>
public sealed partial class CollectFiles(
    IFileStore store, IFileBytes bytes, FileLimits limits, LogWriter journal, KeyedGate gate, TimeProvider clock, ILogger<CollectFiles> logger) : IAsyncDisposable
{
    private const int PageSize = 200;
    private readonly CancellationTokenSource _stop = new();
    private int _isDisposed;
    private Task _loop = Task.CompletedTask;

    public void Start() => _loop = Task.Run(LoopAsync);

    /// <summary>Does everything that there is to do now.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await EachAsync(UploadState.Open, now, ExpireAsync, ct);
        await EachAsync(UploadState.Done, now - limits.UploadMemory, ForgetAsync, ct);
        await EachAsync(UploadState.Expired, now - limits.UploadMemory, ForgetAsync, ct);
        await RemoveExpiredAsync(now - limits.ExpiredFileMemory, ct);
        await DeleteDiscardedAsync(ct);
        await bytes.TidyAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task EachAsync(UploadState state, DateTimeOffset before, Func<Upload, CancellationToken, Task> end, CancellationToken ct)
    {
        while (true)
        {
            var page = await store.EndedUploadsAsync(state, before.ToUnixTimeMilliseconds(), PageSize, ct);
            foreach (var upload in page) await end(upload, ct);
            if (page.Count < PageSize) return;
        }
    }

    private async Task ExpireAsync(Upload upload, CancellationToken ct)
    {
        using var turn = await gate.EnterAsync((upload.App, upload.Id), ct);

        // First the row: a completion on another node that comes after it finds the upload expired, and one that came before
        // makes this a conflict. What a crash leaves between the two goes when the upload is forgotten.
        var refusal = await journal.CommitAsync(new WriteUnit([new EndUpload(upload.App, upload.Id, UploadState.Expired, upload.Checksum)]));
        if (refusal is null) await bytes.AbortAsync(upload, ct);
        else if (refusal.Condition != Condition.UploadNotFound) throw new StorageException($"An upload could not be ended: {refusal.Condition}.");
    }

    private async Task ForgetAsync(Upload upload, CancellationToken ct)
    {
        // Not for those that were completed: their content is at the same place.
        if (upload.State == UploadState.Expired) await bytes.AbortAsync(upload, ct);
        var refusal = await journal.CommitAsync(new WriteUnit([new ForgetUploads(upload.App, [upload.Id])]));
        if (refusal is not null) throw new StorageException($"An upload could not be forgotten: {refusal.Condition}.");
    }

    private async Task RemoveExpiredAsync(DateTimeOffset before, CancellationToken ct)
    {
        while (true)
        {
            var page = await store.ExpiredFilesAsync(before.ToUnixTimeMilliseconds(), PageSize, ct);
            foreach (var (app, name) in page)
            {
                if (await journal.CommitAsync(new WriteUnit([new RemoveFile(app, name)])) is { } refusal)
                    throw new StorageException($"An expired file could not be removed: {refusal.Condition}.");
            }

            if (page.Count < PageSize) return;
        }
    }

    private async Task DeleteDiscardedAsync(CancellationToken ct)
    {
        while (true)
        {
            var page = await store.DiscardedAsync(PageSize, ct);
            foreach (var (_, location) in page) await bytes.DeleteAsync(location, ct);
            var changes = page.GroupBy(d => d.App).Select(app => new ForgetDiscarded(app.Key, [.. app.Select(d => d.Location)])).ToArray();
            if (changes.Length > 0 && await journal.CommitAsync(new WriteUnit(changes)) is { } refusal)
                throw new StorageException($"Deleted files could not be forgotten: {refusal.Condition}.");
            if (page.Count < PageSize) return;
        }
    }

    private async Task LoopAsync()
    {
        using var timer = new PeriodicTimer(limits.SweepInterval, clock);
        while (true)
        {
            try
            {
                if (!await timer.WaitForNextTickAsync(_stop.Token)) return;
                await RunAsync(_stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (StorageAwayException)
            {
                // Reported already; it is tried again.
            }
            catch (Exception e)
            {
                Log.Failed(logger, e);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Unused files could not be removed; it is tried again")]
        public static partial void Failed(ILogger logger, Exception e);
    }
}
