using Dragoman.Engine.Ports;
using Microsoft.Extensions.Logging;

namespace Dragoman.Files.S3;

/// <summary>
/// Whether the object storage can be reached: says once when it cannot, asks until it can again, and says that once. Meanwhile
/// nobody waits for it.
/// </summary>
internal sealed partial class S3Reach(Func<CancellationToken, Task<bool>> answers, ILogger<S3Reach> logger) : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private bool _isAway;
    private Task _watch = Task.CompletedTask;

    /// <exception cref="StorageAwayException">It could not be reached a moment ago.</exception>
    public void ThrowIfAway()
    {
        if (Volatile.Read(ref _isAway)) throw Away();
    }

    /// <summary>To be called when it did not answer, or that it cannot work.</summary>
    /// <returns>What to throw.</returns>
    public StorageAwayException Lost(string problem)
    {
        lock (_lock)
        {
            if (_isAway || _stop.IsCancellationRequested) return Away();
            _isAway = true;
            Log.WentAway(logger, problem);
            _watch = Task.Run(WatchAsync);
        }

        return Away();
    }

    public async ValueTask DisposeAsync()
    {
        Task watch;
        lock (_lock)
        {
            _stop.Cancel();
            watch = _watch;
        }

        await watch;
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        while (true)
        {
            await Task.WhenAny(Task.Delay(Beat, _stop.Token));
            if (_stop.IsCancellationRequested) return;
            if (!await answers(_stop.Token)) continue;
            lock (_lock)
            {
                _isAway = false;
                Log.CameBack(logger);
            }

            return;
        }
    }

    private static StorageAwayException Away() => new("The object storage is away.");

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The object storage is away, files are refused until it is back: {Problem}")]
        public static partial void WentAway(ILogger logger, string problem);

        [LoggerMessage(Level = LogLevel.Information, Message = "The object storage is back")]
        public static partial void CameBack(ILogger logger);
    }
}
