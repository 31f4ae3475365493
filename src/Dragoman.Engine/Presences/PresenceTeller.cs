using Dragoman.Engine.Caching;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Sessions;
using Microsoft.Extensions.Logging;

namespace Dragoman.Engine.Presences;

/// <summary>Tells subscribers who are connected how somebody appears now. What came and went within a second is told once, as it ended.</summary>
public sealed partial class PresenceTeller(
    PresenceWatch watch,
    PresenceBook book,
    PresenceSubscribers subscribers,
    ISessionDirectory sessions,
    OnlineNews news,
    EngineLimits limits,
    TimeProvider clock,
    ILogger<PresenceTeller> logger) : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);
    private readonly BoundedCache<(AppId, UserId), string> _told = new(limits.CachedAccounts);
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private int _isDisposed;

    public void Start() => _loop = Task.Run(LoopAsync);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    /// <summary>Tells what has settled by now.</summary>
    public async Task TellAsync(CancellationToken ct)
    {
        foreach (var (app, user, cameOrWent) in watch.TakeSettled())
        {
            try
            {
                if (cameOrWent) book.Seen(app, user);
                await TellAsync(app, user, ct);
            }
            catch (StorageAwayException)
            {
                // Whoever noticed has reported it; the next change is told again.
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.Failed(logger, e);
            }
        }
    }

    private async ValueTask TellAsync(AppId app, UserId user, CancellationToken ct)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var listening = (await subscribers.OfAsync(app, user, ct)).Where(s => s.ExpiresAt > now && sessions.SessionsOf(app, s.User).Count > 0).ToArray();
        if (listening.Length == 0)
        {
            _told.Remove((app, user));
            return;
        }

        var view = await book.ViewAsync(app, user, ct);
        var look = string.Join('\n', view.Devices.Select(d => $"{d.Name} {d.Kind} {d.State}").Order(StringComparer.Ordinal).Prepend(view.Text));
        if (_told.TryGet((app, user), out var last) && last == look) return;

        _told.Put((app, user), look);
        var caller = new Caller(app, user, IsAdministrator: false);
        foreach (var subscriber in listening)
        {
            var notice = new PresenceTold(view, subscriber.ExpiresAt) { At = now };
            news.Tell(caller, ConversationKey.Inbox(app, subscriber.User), user, new Audience.Users([subscriber.User]), notice);
        }
    }

    private async Task LoopAsync()
    {
        using var timer = new PeriodicTimer(Tick, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token)) await TellAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopping: nobody is connected any more.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A presence could not be told")]
        public static partial void Failed(ILogger logger, Exception e);
    }
}
