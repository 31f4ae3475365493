using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Topics;
using Microsoft.Extensions.DependencyInjection;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Topics;

/// <summary>That something was said in a thread, the group is told once a second.</summary>
public sealed class TopicNewsTests : TopicTest
{
    private readonly TickingClock _clock = new();

    protected override void Customize(IServiceCollection services) => services.AddSingleton<TimeProvider>(_clock);

    [Fact]
    public async Task The_first_is_told_at_once_and_the_rest_when_the_second_is_over()
    {
        var topic = await GivenThreadAsync(await GivenGroupAsync());
        Value(await SayAsync("alice", topic, "one"));
        await MovedAsync(topic, 1);
        foreach (var text in new[] { "two", "three", "four" }) Value(await SayAsync("bob", topic, text));
        Assert.Single(Moves(topic));

        await _clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        await MovedAsync(topic, 2);

        var moves = Moves(topic).ToArray();
        Assert.Equal([("one", 1), ("four", 4)], moves.Select(moved => (TextOf(moved.Last!), (int)moved.Count)));
        var told = Heard<TopicMoved>(topic).First();
        Assert.Equal((0L, ConversationKey.Group(App, topic.Parent)), (told.Sequence, told.Conversation));
        Assert.Equal(3, Assert.IsType<Audience.Members>(told.Audience).Roster.Count);
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        Value(await SayAsync("bob", topic, "five"));
        await MovedAsync(topic, 3);
    }

    [Fact]
    public async Task When_the_last_message_is_taken_back_the_one_before_is_told()
    {
        var topic = await GivenThreadAsync(await GivenGroupAsync());
        Value(await SayAsync("alice", topic, "one"));
        await MovedAsync(topic, 1);
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        Value(await SayAsync("bob", topic, "two"));
        await MovedAsync(topic, 2);
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(1));

        Value(await RecallAsync("bob", topic, 2));
        await MovedAsync(topic, 3);
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        Value(await RecallAsync("alice", topic, 1));
        await MovedAsync(topic, 4);

        var moves = Moves(topic).ToArray();
        Assert.Equal([("one", 1), ("two", 2), ("one", 1), ("", 0)], moves.Select(moved => (moved.Last is null ? "" : TextOf(moved.Last), (int)moved.Count)));
    }

    private IEnumerable<TopicMoved> Moves(Topic topic) => Heard<TopicMoved>(topic).Select(entry => (TopicMoved)entry.Notice!);

    private async Task MovedAsync(Topic topic, int times)
    {
        var deadline = DateTime.UtcNow.AddSeconds(10);
        while (Moves(topic).Count() < times)
        {
            Assert.True(DateTime.UtcNow < deadline, $"{Moves(topic).Count()} of {times} were told");
            await Task.Yield();
        }
    }

    /// <summary>A clock whose timers go when a test moves it.</summary>
    private sealed class TickingClock : TimeProvider
    {
        private readonly Lock _gate = new();
        private readonly List<Timer> _timers = [];
        private DateTimeOffset _now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow()
        {
            lock (_gate) return _now;
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            // What repeats is somebody's own business and goes by the real clock.
            if (period != Timeout.InfiniteTimeSpan && period != TimeSpan.Zero) return TimeProvider.System.CreateTimer(callback, state, dueTime, period);
            var timer = new Timer(this, () => callback(state));
            timer.Change(dueTime, period);
            return timer;
        }

        /// <summary>Waits for somebody to wait before it moves.</summary>
        public async Task AdvanceAsync(TimeSpan by)
        {
            var deadline = DateTime.UtcNow.AddSeconds(10);
            while (!IsAwaited())
            {
                Assert.True(DateTime.UtcNow < deadline, "nobody waits for the clock");
                await Task.Yield();
            }

            Timer[] due;
            lock (_gate)
            {
                _now += by;
                due = [.. _timers.Where(timer => timer.DueAt <= _now)];
                foreach (var timer in due) _timers.Remove(timer);
            }

            foreach (var timer in due) timer.Fire();
        }

        private bool IsAwaited()
        {
            lock (_gate) return _timers.Exists(timer => timer.DueAt <= _now + TimeSpan.FromSeconds(1));
        }

        private sealed class Timer(TickingClock clock, Action fire) : ITimer
        {
            public DateTimeOffset DueAt { get; private set; }

            public void Fire() => fire();

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                lock (clock._gate)
                {
                    clock._timers.Remove(this);
                    if (dueTime == Timeout.InfiniteTimeSpan) return true;
                    DueAt = clock._now + dueTime;
                    clock._timers.Add(this);
                    return true;
                }
            }

            public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
