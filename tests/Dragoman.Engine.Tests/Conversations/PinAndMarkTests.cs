using Dragoman.Engine.Conversations;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Conversations;

public sealed class PinAndMarkTests : EngineTest
{
    private static readonly ConversationKey Pair = Direct("alice", "bob");

    [Fact]
    public async Task A_pin_is_one_of_so_many_and_marks_are_bits()
    {
        var configure = Engine.Get<ConfigureConversation>();
        await Engine.SayAsync("alice", "bob", "hello");
        await Engine.SayAsync("alice", "carol", "hello");
        var other = Direct("alice", "carol");

        Value(await configure.RunAsync(As("alice"), new("alice"), Pair, new(IsPinned: true) { MaxPinned = 1, SetMarks = 0b110 }, Ct));
        Value(await configure.RunAsync(As("alice"), new("alice"), Pair, new(IsPinned: true) { MaxPinned = 1, ClearMarks = 0b010 }, Ct));
        Assert.Equal(Condition.PinnedConversationLimitReached, ConditionOf(await configure.RunAsync(As("alice"), new("alice"), other, new(IsPinned: true) { MaxPinned = 1 }, Ct)));

        var state = (await Engine.Get<UserConversations>().FindAsync(new("alice"), Pair, Ct))!;
        Assert.Equal((true, 0b100L), (state.IsPinned, state.Marks));
        Assert.Equal(Engine.Clock.GetUtcNow().ToUnixTimeMilliseconds(), state.PinnedAt);
        Value(await configure.RunAsync(As("alice"), new("alice"), Pair, new(IsPinned: false), Ct));
        Assert.Equal(0, (await Engine.Get<UserConversations>().FindAsync(new("alice"), Pair, Ct))!.PinnedAt);
    }
}
