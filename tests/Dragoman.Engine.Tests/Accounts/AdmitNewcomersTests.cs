using Dragoman.Engine.Accounts;
using Dragoman.Engine.Rates;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Accounts;

public sealed class AdmitNewcomersTests : EngineTest
{
    [Fact]
    public async Task An_edition_that_is_full_takes_nobody_not_even_in_part()
    {
        var room = await CountAsync() + 2;
        Assert.Equal(Condition.None, await AdmitAsync(new(room, default), "n1"));

        Assert.Equal(Condition.AccountQuotaReached, await AdmitAsync(new(room, default), "n2", "n3"));
        Assert.Equal(Condition.None, await AdmitAsync(new(room, default), "n2"));
        Assert.Equal(Condition.AccountQuotaReached, await AdmitAsync(new(room, default), "n3"));
        Assert.Equal(Condition.None, await AdmitAsync(default, "n3"));
    }

    [Fact]
    public async Task Of_many_at_once_no_more_than_there_is_room_for_come_in()
    {
        var room = await CountAsync() + 3;
        var admitted = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => AdmitAsync(new(room, default), $"m{i}"), Ct)));

        Assert.Equal(3, admitted.Count(condition => condition == Condition.None));
        Assert.Equal(room, await CountAsync());
    }

    [Fact]
    public async Task Accounts_that_come_too_fast_wait()
    {
        var quota = new AccountQuota(0, Rate.Of(2));
        Assert.Equal(Condition.RegistrationRateExceeded, await AdmitAsync(quota, "r1", "r2", "r3"));
        Engine.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(Condition.None, await AdmitAsync(quota, "r1", "r2"));
    }

    private async Task<int> CountAsync() => (int)(await Engine.Get<Ports.IAccountStore>().PageIdsAsync(App, 0, 0, Ct)).Total;

    private async Task<Condition> AdmitAsync(AccountQuota quota, params string[] users) =>
        ConditionOf(await Engine.Get<AdmitNewcomers>().RunAsync(
            Admin, [.. users.Select(user => new Newcomer(new Account { App = App, Id = new UserId(user) }))], quota, Ct));
}
