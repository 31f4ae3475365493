using Dragoman.Engine.Hooks;
using Dragoman.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Hooks;

/// <summary>In which order an app's own server hears what happened.</summary>
public sealed class OutboxTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Each_conversation_is_told_in_its_order_while_the_server_is_slow_and_deaf_now_and_then()
    {
        var calls = 0;
        var server = new AppServer(_ => ++calls % 7 != 0);
        await using var engine = await StartAsync(server);
        await engine.GivenUsersAsync("alice", "bob", "carol");
        for (var i = 0; i < 100; i++)
        {
            Value(await engine.SayAsync("alice", "bob", $"to bob {i}"));
            Value(await engine.SayAsync("alice", "carol", $"to carol {i}"));
        }

        await EventuallyAsync(engine, () => server.HeardOf(Direct("alice", "bob")).Length == 100 && server.HeardOf(Direct("alice", "carol")).Length == 100);

        var inOrder = Enumerable.Range(1, 100).Select(i => (long)i);
        Assert.Equal(inOrder, server.HeardOf(Direct("alice", "bob")));
        Assert.Equal(inOrder, server.HeardOf(Direct("alice", "carol")));
        Assert.Equal(2, server.MostAtOnce);
    }

    [Fact]
    public async Task Many_conversations_are_told_by_all_hands_that_one_app_may_have()
    {
        var server = new AppServer(_ => true);
        await using var engine = await StartAsync(server);
        string[] crowd = [.. Enumerable.Range(0, 500).Select(i => $"u{i}")];
        await engine.GivenUsersAsync(["alice", .. crowd]);
        await Task.WhenAll(crowd.Select(user => engine.SayAsync("alice", user, "hello")));

        await EventuallyAsync(engine, () => crowd.All(user => server.HeardOf(Direct("alice", user)).Length > 0));

        Assert.All(crowd, user => Assert.Equal([1], server.HeardOf(Direct("alice", user))));
        Assert.Equal(6, server.MostAtOnce);
    }

    [Fact]
    public async Task What_is_not_heard_holds_back_its_own_conversation_alone()
    {
        var bob = Direct("alice", "bob");
        var hearsOfBob = false;
        var server = new AppServer(happened => hearsOfBob || happened.Conversation != bob);
        await using var engine = await StartAsync(server);
        await engine.GivenUsersAsync("alice", "bob", "carol");
        for (var i = 0; i < 10; i++)
        {
            Value(await engine.SayAsync("alice", "bob", $"to bob {i}"));
            Value(await engine.SayAsync("alice", "carol", $"to carol {i}"));
        }

        await EventuallyAsync(engine, () => server.HeardOf(Direct("alice", "carol")).Length == 10);
        Assert.Empty(server.HeardOf(bob));
        hearsOfBob = true;

        await EventuallyAsync(engine, () => server.HeardOf(bob).Length == 10);
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i), server.HeardOf(bob));
    }

    [Fact]
    public async Task What_waits_for_another_try_is_still_told_first_after_a_restart()
    {
        var bob = Direct("alice", "bob");
        var tries = 0;
        var deaf = new AppServer(_ => ++tries < 0);
        await using (var engine = await StartAsync(deaf, retry: TimeSpan.FromHours(1)))
        {
            await engine.GivenUsersAsync("alice", "bob");
            Value(await engine.SayAsync("alice", "bob", "before"));
            await EventuallyAsync(engine, () => tries == 1, step: TimeSpan.Zero);
            await engine.Get<Outbox>().DisposeAsync();
        }

        var server = new AppServer(_ => true);
        await using var again = await StartAsync(server, retry: TimeSpan.FromHours(1));
        Value(await again.SayAsync("alice", "bob", "after"));

        await EventuallyAsync(again, () => server.HeardOf(bob).Length == 2, step: TimeSpan.Zero);
        Assert.Equal([1, 2], server.HeardOf(bob));
    }

    private async Task<TestEngine> StartAsync(AppServer server, TimeSpan? retry = null)
    {
        var options = new OutboxOptions { FirstRetry = retry ?? TimeSpan.FromMilliseconds(1), LongestRetry = retry ?? TimeSpan.FromMilliseconds(5) };
        var engine = await TestEngine.StartAsync(_directory.File("engine.db"), services => services.AddSingleton<IHookSink>(server).AddSingleton(options));
        engine.Get<Outbox>().Start();
        return engine;
    }

    /// <summary>Waits for the condition while the engine's clock goes on.</summary>
    private static async Task EventuallyAsync(TestEngine engine, Func<bool> condition, TimeSpan? step = null)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Deadline, "it did not come true in time");
            engine.Clock.Advance(step ?? TimeSpan.FromMilliseconds(2));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }
}
