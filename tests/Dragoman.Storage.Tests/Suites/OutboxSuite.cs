using Dragoman.Engine;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests.Suites;

public abstract class OutboxSuite(TestStorage storage) : StorageSuite(storage)
{
    private static readonly DialectId Sink = new(9);

    private long Now => Engine.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    [Fact]
    public async Task Events_come_back_whole_in_the_order_in_which_they_were_put_in()
    {
        await WriteAsync(Enqueue(1), Enqueue(2));
        await WriteAsync(Enqueue(3));

        var due = await DueAsync();
        Assert.Equal([1, 2, 3], due.Select(ConnectionOf));
        Assert.Equal((App, Sink, 0, Now), (due[0].App, due[0].Sink, due[0].Tries, due[0].CreatedAt));
        Assert.Equal((Alice, "op", "/a/route"), (due[0].Event.Actor, due[0].Event.Operation, due[0].Event.Route));
        Assert.Equal([1, 2], (await Get<IOutboxStore>().DueAsync(Now, after: 0, limit: 2, Ct)).Select(ConnectionOf));
        Assert.Equal([3], (await Get<IOutboxStore>().DueAsync(Now, after: due[1].Id, limit: 2, Ct)).Select(ConnectionOf));
        Assert.Empty(await Get<IOutboxStore>().DueAsync(Now - 1, after: 0, limit: 10, Ct));
    }

    [Fact]
    public async Task What_was_heard_goes_and_the_rest_waits_as_long_as_it_has_to()
    {
        await WriteAsync(Enqueue(1), Enqueue(2), Enqueue(3), Enqueue(4));
        var due = await DueAsync();

        await WriteAsync(new SettleHooks(App, [due[0].Id], Again: [(due[1].Id, Now + 10)], PutOff: [(due[2].Id, Now + 20)]));

        Assert.Equal([4], (await DueAsync()).Select(ConnectionOf));
        Assert.Equal(Now + 10, await Get<IOutboxStore>().NextDueAsync(Now, Ct));
        Assert.Equal(Now + 20, await Get<IOutboxStore>().NextDueAsync(Now + 10, Ct));
        Assert.Null(await Get<IOutboxStore>().NextDueAsync(Now + 20, Ct));
        var later = await Get<IOutboxStore>().DueAsync(Now + 20, after: 0, limit: 10, Ct);
        Assert.Equal([(2, 1), (3, 0), (4, 0)], later.Select(item => (ConnectionOf(item), item.Tries)));
    }

    [Fact]
    public async Task Everything_is_due_again_when_it_is_recalled()
    {
        await WriteAsync(Enqueue(1), Enqueue(2));
        var due = await DueAsync();
        await WriteAsync(new SettleHooks(App, Done: [], Again: [(due[0].Id, Now + 1_000_000)], PutOff: []));
        await RestartAsync();

        await WriteAsync(new RecallHooks(Now));

        Assert.Equal([(1, 1), (2, 0)], (await DueAsync()).Select(item => (ConnectionOf(item), item.Tries)));
    }

    private static EnqueueHook Enqueue(long connection)
    {
        var notice = new SignedOut(Alice, new DeviceSlot(new DialectId(3), 1), connection) { At = 7 };
        return new(App, Sink, new HookEvent { Actor = Alice, Operation = "op", Route = "/a/route", Notice = notice }, Entry: null);
    }

    private static long ConnectionOf(OutboxItem item) => Assert.IsType<SignedOut>(item.Event.Notice).Connection;

    private ValueTask<IReadOnlyList<OutboxItem>> DueAsync() => Get<IOutboxStore>().DueAsync(Now, after: 0, limit: 10, Ct);
}
