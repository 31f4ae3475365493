using System.Collections.Concurrent;
using Dragoman.Dialects.Agora.Frames;
using Microsoft.Extensions.Hosting;

namespace Dragoman.Dialects.Agora.Gateway;

/// <summary>
/// Hears from clients to which something was pushed quietly and nothing after it: they are told that the queue has something, ask for it, and
/// so show that they have read as far.
/// </summary>
/// <remarks>One timer for all connections, which looks at those alone to which something was pushed quietly.</remarks>
internal sealed class AckProbes(TimeProvider clock) : BackgroundService
{
    private readonly ConcurrentQueue<AgoraSession> _watched = new();

    /// <summary>A connection was pushed something quietly.</summary>
    public void Watch(AgoraSession session)
    {
        if (Volatile.Read(ref session.IsWatched) == 0 && Interlocked.Exchange(ref session.IsWatched, 1) == 0) _watched.Enqueue(session);
    }

    /// <summary>Asks all whose time has come.</summary>
    public void Sweep()
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        for (var left = _watched.Count; left > 0 && _watched.TryDequeue(out var session); left--)
        {
            // Before it is looked at: what is pushed quietly from now on is watched anew.
            Volatile.Write(ref session.IsWatched, 0);
            var due = session.Queues.Unasked(now, out var isLeft);
            foreach (var conversation in due ?? [])
                session.Send(Downlink.Notice(Jids.QueueOf(session.VendorApp.Key, conversation, session.User)));
            if (isLeft) Watch(session);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(SessionQueues.AckInterval), clock);
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
