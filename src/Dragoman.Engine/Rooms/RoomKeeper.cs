using Microsoft.Extensions.Logging;

namespace Dragoman.Engine.Rooms;

/// <summary>Lets those leave who have been away for too long; whoever is on a room's allow list stays in.</summary>
public sealed partial class RoomKeeper(
    Absentees absentees, Occupancy occupancy, RoomDirectory rooms, LeaveRoom leave, RoomLimits limits, TimeProvider clock, ILogger<RoomKeeper> logger)
    : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private int _isDisposed;

    public void Start() => _loop = LoopAsync();

    /// <summary>Looks once.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        foreach (var (app, user) in absentees.Take(limits.OfflineLeave))
        {
            foreach (var room in occupancy.RoomsOf(app, user))
            {
                if (await rooms.FindAsync(app, room, ct) is { } sheet && sheet.Has(RoomStanding.Allowed, user)) continue;
                await leave.OutAsync(new Caller(app, user, IsAdministrator: true), room, user, ct);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                try
                {
                    await SweepAsync(_stop.Token);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    Log.Failed(logger, e);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Rooms could not be swept")]
        public static partial void Failed(ILogger logger, Exception e);
    }
}
