using Dragoman.Engine.Sessions;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Sessions;

public sealed class ActiveUsersTests : EngineTest
{
    [Fact]
    public async Task A_user_too_many_on_a_day_waits_for_the_next_one()
    {
        var quota = new ActivityQuota(Daily: 2, Monthly: 0, Online: 0);
        Assert.Equal([Condition.None, Condition.None, Condition.DailyUsersReached, Condition.None], await EnterAsync(quota, "a", "b", "c", "a"));

        await RestartAsync();
        Assert.Equal([Condition.DailyUsersReached, Condition.None], await EnterAsync(quota, "c", "b"));
        Engine.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal([Condition.None, Condition.None, Condition.DailyUsersReached], await EnterAsync(quota, "c", "a", "b"));
    }

    [Fact]
    public async Task A_user_too_many_in_a_month_waits_for_the_next_one()
    {
        var now = Engine.Clock.GetUtcNow();
        Engine.Clock.Advance(new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1) - now);
        var quota = new ActivityQuota(Daily: 0, Monthly: 1, Online: 0);
        Assert.Equal([Condition.None, Condition.MonthlyUsersReached], await EnterAsync(quota, "a", "b"));
        Engine.Clock.Advance(TimeSpan.FromDays(20));
        Assert.Equal([Condition.MonthlyUsersReached, Condition.None], await EnterAsync(quota, "b", "a"));

        Engine.Clock.Advance(TimeSpan.FromDays(12));
        Assert.Equal([Condition.None, Condition.MonthlyUsersReached], await EnterAsync(quota, "b", "a"));
    }

    [Fact]
    public async Task Whoever_is_online_already_may_bring_another_device()
    {
        var quota = new ActivityQuota(Daily: 0, Monthly: 0, Online: 1);
        Engine.Sessions.Online[new UserId("a")] = [new SessionInfo(new SessionId(1), new DeviceSlot(new DialectId(9), 1), default)];

        Assert.Equal([Condition.None, Condition.OnlineUsersReached], await EnterAsync(quota, "a", "b"));
    }

    [Fact]
    public async Task Of_many_at_once_no_more_than_the_quota_come_in()
    {
        var quota = new ActivityQuota(Daily: 3, Monthly: 0, Online: 0);
        var entered = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Task.Run(async () => ConditionOf(await Engine.Get<ActiveUsers>().EnterAsync(App, new UserId($"u{i}"), quota, Ct)), Ct)));

        Assert.Equal(3, entered.Count(condition => condition == Condition.None));
    }

    private async Task<List<Condition>> EnterAsync(ActivityQuota quota, params string[] users)
    {
        var conditions = new List<Condition>();
        foreach (var user in users) conditions.Add(ConditionOf(await Engine.Get<ActiveUsers>().EnterAsync(App, new UserId(user), quota, Ct)));
        return conditions;
    }
}
