using Microsoft.Extensions.Hosting;

namespace Dragoman.Gateway.Connections;

/// <summary>Pings every connection now and then and ends those that have been silent for too long, or whose time is over.</summary>
/// <remarks>One timer for all: a timer for each connection would cost more than the connection.</remarks>
public sealed class Heartbeat(SessionRegistry registry, GatewayOptions options, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>Looks at every connection once.</summary>
    public void Sweep()
    {
        var now = clock.GetTimestamp();
        var date = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var connection in registry.Connections)
        {
            if (clock.GetElapsedTime(connection.LastHeard, now) > connection.SilenceLimit)
            {
                connection.Abort();
            }
            else if (connection.ExpiresAt <= date)
            {
                connection.Close(1008);
            }
            else if (clock.GetElapsedTime(connection.LastPinged, now) >= options.PingInterval)
            {
                connection.LastPinged = now;
                connection.TrySend(connection.PingFrame);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) Sweep();
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }
}
