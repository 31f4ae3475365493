using Dragoman.Engine.Hooks;

namespace Dragoman.Engine.Tests.Hooks;

/// <summary>How the workers are shared.</summary>
public sealed class OutboxHandsTests
{
    private static readonly AppId One = new(1), Other = new(2);

    private readonly OutboxHands _hands = new(4);

    [Fact]
    public void One_app_leaves_a_hand_for_the_others()
    {
        var first = Enumerable.Range(0, 4).Select(_ => _hands.TakeAsync(One)).ToArray();
        var other = _hands.TakeAsync(Other);

        Assert.Equal([true, true, true, false], first.Select(turn => turn.IsCompleted));
        Assert.True(other.IsCompleted);
    }

    [Fact]
    public void A_hand_that_is_given_back_goes_to_the_first_who_may_have_it()
    {
        for (var i = 0; i < 3; i++) Assert.True(_hands.TakeAsync(One).IsCompleted);
        Assert.True(_hands.TakeAsync(Other).IsCompleted);
        var (one, other) = (_hands.TakeAsync(One), _hands.TakeAsync(Other));

        _hands.GiveBack(Other);
        Assert.Equal((false, true), (one.IsCompleted, other.IsCompleted));
        _hands.GiveBack(One);
        Assert.True(one.IsCompleted);
    }
}
