using Dragoman.Engine.Caching;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Sessions;

/// <summary>How many different users may log in; 0 is without limit.</summary>
/// <param name="Daily">On a day, by UTC.</param>
/// <param name="Monthly">In a calendar month.</param>
/// <param name="Online">At the same time.</param>
public readonly record struct ActivityQuota(int Daily, int Monthly, int Online);

/// <summary>Counts an app's active users where its edition limits them; elsewhere nothing is counted.</summary>
public sealed class ActiveUsers(IAccountStore store, LogWriter journal, ISessionDirectory sessions, KeyedGate gate, TimeProvider clock)
{
    /// <summary>Counts a user in, once a day. To be asked before he is let in.</summary>
    /// <returns>Done; or OnlineUsersReached, DailyUsersReached, MonthlyUsersReached.</returns>
    public async ValueTask<Result<Done>> EnterAsync(AppId app, UserId user, ActivityQuota quota, CancellationToken ct)
    {
        if (quota.Online > 0 && sessions.OnlineUsers(app) >= quota.Online && sessions.SessionsOf(app, user).Count == 0) return Condition.OnlineUsersReached;
        if (quota is { Daily: 0, Monthly: 0 }) return default(Done);

        using var turn = await gate.EnterAsync((app, nameof(ActiveUsers)), ct);
        var now = clock.GetUtcNow();
        var today = DayOf(now);
        var month = DayOf(now.AddDays(1 - now.Day));
        var last = await store.LastActiveDayAsync(app, user, ct);
        if (last == today) return default(Done);
        if (quota.Daily > 0 && await store.CountActiveAsync(app, today, ct) >= quota.Daily) return Condition.DailyUsersReached;
        if (quota.Monthly > 0 && !(last >= month) && await store.CountActiveAsync(app, month, ct) >= quota.Monthly) return Condition.MonthlyUsersReached;

        var refusal = await journal.CommitAsync(new WriteUnit([new PutActiveDay(app, user, today)]));
        return refusal is null ? default(Done) : refusal;
    }

    private static int DayOf(DateTimeOffset at) => (int)(at.ToUnixTimeSeconds() / (24 * 3600));
}
