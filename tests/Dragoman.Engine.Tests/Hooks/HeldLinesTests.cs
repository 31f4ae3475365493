using Dragoman.Engine.Conversations;
using Dragoman.Engine.Hooks;

namespace Dragoman.Engine.Tests.Hooks;

/// <summary>What has to wait because an app's own server did not hear what came before it.</summary>
public sealed class HeldLinesTests
{
    private static readonly AppId One = new(1), Other = new(2);

    private readonly HeldLines _held = new();

    [Fact]
    public void A_line_waits_until_its_time()
    {
        _held.Hold(LineOf(One, "alice"), until: 10);

        Assert.Equal(10, _held.UntilOf(LineOf(One, "alice")));
        Assert.Null(_held.UntilOf(LineOf(One, "bob")));
        Assert.False(_held.Release(9));
        Assert.True(_held.Release(10));
        Assert.Null(_held.UntilOf(LineOf(One, "alice")));
    }

    [Fact]
    public void An_app_with_very_many_of_them_waits_as_a_whole_until_the_last_one_may_go_on()
    {
        _held.Hold(LineOf(Other, "alice"), until: 5);
        for (var i = 1; i <= 1_024; i++) _held.Hold(LineOf(One, $"user {i}"), until: i);

        Assert.Equal(1_024, _held.UntilOf(LineOf(One, "user 1")));
        Assert.Equal(1_024, _held.UntilOf(LineOf(One, "nobody yet")));
        Assert.Equal(5, _held.UntilOf(LineOf(Other, "alice")));
        Assert.Null(_held.UntilOf(LineOf(Other, "bob")));
        Assert.True(_held.Release(1_024));
        Assert.Null(_held.UntilOf(LineOf(One, "user 1")));
    }

    private static OutboxLine LineOf(AppId app, string user) => new(new DialectId(9), ConversationKey.Inbox(app, new UserId(user)));
}
