using Dragoman.Engine.Messages;
using Dragoman.Testing;

namespace Dragoman.Engine.Tests.Messages;

public sealed class MessageIdsTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void Ids_grow_when_the_clock_steps_back()
    {
        var ids = new MessageIds(_clock);
        var before = ids.Next();
        _clock.Advance(TimeSpan.FromHours(-1));

        Assert.True(ids.Next().Value > before.Value);
    }

    [Fact]
    public void Ids_grow_past_the_counter_of_one_second()
    {
        var ids = new MessageIds(_clock);
        var all = Enumerable.Range(0, 200_000).Select(_ => ids.Next().Value).ToArray();

        Assert.Equal(all.Order().Distinct(), all);
    }

    [Fact]
    public void Ids_stay_below_2_to_the_53_for_sixty_years()
    {
        _clock.Advance(TimeSpan.FromDays(60 * 365));

        Assert.InRange(new MessageIds(_clock, node: 63).Next().Value, 1, (1L << 53) - 1);
    }

    [Fact]
    public void A_restart_goes_on_after_the_last_id_on_disk()
    {
        var last = new MessageIds(_clock).Next();
        var restarted = new MessageIds(_clock);
        restarted.StartAfter(last);

        Assert.True(restarted.Next().Value > last.Value);
    }
}
