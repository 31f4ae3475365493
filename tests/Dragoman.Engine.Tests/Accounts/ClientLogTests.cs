using Dragoman.Engine.Accounts;
using Dragoman.Testing;

namespace Dragoman.Engine.Tests.Accounts;

public sealed class ClientLogTests : EngineTest
{
    [Fact]
    public async Task Logs_are_listed_newest_first_and_by_page()
    {
        await StoreAsync("alice", "1", "2");
        Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        await StoreAsync("bob", "3");

        var page = await ListAsync(new("", 0, long.MaxValue, Skip: 0, Take: 1));

        Assert.Equal((3, "3", "bob"), (page.Total, page.Logs.Single().Url, page.Logs.Single().User.Value));
        Assert.Equal(2, (await ListAsync(new("", 0, long.MaxValue, Skip: 1, Take: 10))).Logs.Count);
    }

    [Fact]
    public async Task Logs_are_found_by_user_and_time()
    {
        var start = Engine.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        await StoreAsync("alice", "1");
        Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        await StoreAsync("alice", "2");
        await StoreAsync("bob", "3");

        Assert.Equal(["2", "1"], (await ListAsync(new("lic", 0, long.MaxValue, 0, 10))).Logs.Select(l => l.Url));
        Assert.Equal(["1"], (await ListAsync(new("", start, start + 999, 0, 10))).Logs.Select(l => l.Url));
        Assert.Empty((await ListAsync(new("%", 0, long.MaxValue, 0, 10))).Logs);
    }

    [Fact]
    public async Task The_oldest_logs_of_a_user_make_room()
    {
        Engine.Get<EngineLimits>().ClientLogsPerUser = 2;
        foreach (var url in new[] { "1", "2", "3" })
        {
            await StoreAsync("alice", url);
            Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await StoreAsync("bob", "4");

        Assert.Equal(["4", "3", "2"], (await ListAsync(new("", 0, long.MaxValue, 0, 10))).Logs.Select(l => l.Url));
    }

    [Fact]
    public async Task Logs_are_deleted_all_or_none()
    {
        await StoreAsync("alice", "1", "2");
        string[] ids = [.. (await ListAsync(new("", 0, long.MaxValue, 0, 10))).Logs.Select(l => l.Id)];
        var delete = Engine.Get<DeleteClientLogs>();

        Assert.Equal(Condition.ClientLogNotFound, TestEngine.ConditionOf(await delete.RunAsync(TestEngine.Admin, [ids[0], "none"], Ct)));
        Assert.Equal(2, (await ListAsync(new("", 0, long.MaxValue, 0, 10))).Total);
        TestEngine.Value(await delete.RunAsync(TestEngine.Admin, ids, Ct));
        Assert.Equal(0, (await ListAsync(new("", 0, long.MaxValue, 0, 10))).Total);
    }

    [Fact]
    public async Task Only_administrators_look_and_delete()
    {
        Assert.Equal(Condition.NotPermitted, TestEngine.ConditionOf(await Engine.Get<ListClientLogs>().RunAsync(TestEngine.As("alice"), new("", 0, 1, 0, 1), Ct)));
        Assert.Equal(Condition.NotPermitted, TestEngine.ConditionOf(await Engine.Get<DeleteClientLogs>().RunAsync(TestEngine.As("alice"), [], Ct)));
    }

    private async Task StoreAsync(string user, params string[] urls) => TestEngine.Value(await Engine.Get<StoreClientLogs>().RunAsync(
        TestEngine.As(user), [.. urls.Select(url => new ClientLog { Device = new DeviceSlot(new DialectId(9), 5), Url = url })], Ct));

    private async Task<ClientLogPage> ListAsync(ClientLogQuery query) =>
        TestEngine.Value(await Engine.Get<ListClientLogs>().RunAsync(TestEngine.Admin, query, Ct));
}
