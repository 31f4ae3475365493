using Dragoman.Engine.Rates;

namespace Dragoman.Engine.Tests;

public sealed class RateDeskTests
{
    private static readonly RateKey Alice = new(new AppId(1), RateName.Send, "alice");
    private readonly ManualClock _clock = new();
    private readonly RateDesk _desk;

    public RateDeskTests() => _desk = new RateDesk(_clock);

    [Fact]
    public void A_burst_passes_and_one_more_does_not()
    {
        for (var i = 0; i < 5; i++) Assert.Null(_desk.Take(Alice, new Rate(2, 5)));

        var refusal = _desk.Take(Alice, new Rate(2, 5));

        Assert.Equal(Condition.SendRateExceeded, refusal?.Condition);
        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromSeconds(0.5), refusal?.Until);
    }

    [Fact]
    public void It_may_happen_again_when_it_was_said()
    {
        for (var i = 0; i < 5; i++) _desk.Take(Alice, new Rate(2, 5));
        _clock.Advance(TimeSpan.FromSeconds(0.5));

        Assert.Null(_desk.Take(Alice, new Rate(2, 5)));
        Assert.NotNull(_desk.Take(Alice, new Rate(2, 5)));
    }

    [Fact]
    public void A_pause_gives_no_more_than_a_burst()
    {
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(3, Enumerable.Range(0, 10).Count(_ => _desk.Take(Alice, Rate.Of(3)) is null));
    }

    [Fact]
    public void A_rate_of_a_minute_refills_in_a_minute()
    {
        for (var i = 0; i < 10; i++) Assert.Null(_desk.Take(Alice with { Name = RateName.FailedLogin }, Rate.OfMinute(10)));

        var refusal = _desk.Take(Alice with { Name = RateName.FailedLogin }, Rate.OfMinute(10));

        Assert.Equal(Condition.TooManyFailures, refusal?.Condition);
        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromSeconds(6), refusal?.Until);
        Assert.Equal(Condition.LoginRateExceeded, Exhaust(Alice with { Name = RateName.Login })?.Condition);
    }

    [Fact]
    public void What_is_given_back_may_be_taken_again()
    {
        Assert.Null(_desk.Take(Alice, Rate.OfMinute(1)));
        _desk.GiveBack(Alice, Rate.OfMinute(1));

        Assert.Null(_desk.Take(Alice, Rate.OfMinute(1)));
        Assert.NotNull(_desk.Take(Alice, Rate.OfMinute(1)));
        _desk.GiveBack(Alice with { Subject = "nobody" }, Rate.OfMinute(1));
        _desk.GiveBack(Alice, Rate.OfMinute(0));
    }

    [Fact]
    public void Keys_do_not_share()
    {
        Assert.Null(_desk.Take(Alice, Rate.Of(1)));
        Assert.NotNull(_desk.Take(Alice, Rate.Of(1)));

        Assert.Null(_desk.Take(Alice with { App = new AppId(2) }, Rate.Of(1)));
        Assert.Null(_desk.Take(Alice with { Name = RateName.Caller }, Rate.Of(1)));
        Assert.Null(_desk.Take(Alice with { Subject = "bob" }, Rate.Of(1)));
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Null(_desk.Take(Alice, Rate.Of(0))));
    }

    [Fact]
    public void Who_is_quiet_is_forgotten()
    {
        for (var i = 0; i < 1000; i++) _desk.Take(Alice with { Subject = $"{i}" }, Rate.Of(1));
        _clock.Advance(TimeSpan.FromMinutes(1));

        _desk.Take(Alice, Rate.Of(1));

        Assert.Equal(1, _desk.Count);
    }

    private Refusal? Exhaust(RateKey key)
    {
        _desk.Take(key, Rate.OfMinute(1));
        return _desk.Take(key, Rate.OfMinute(1));
    }
}
