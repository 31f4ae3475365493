using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Messages;

public sealed class ReadHistoryTests : EngineTest
{
    private static readonly ConversationKey Pair = Direct("alice", "bob");

    [Theory]
    [InlineData(false, "5 4 3 2 1")]
    [InlineData(true, "1 2 3 4 5")]
    public async Task Pages_of_any_size_make_up_the_whole(bool isOldestFirst, string expected)
    {
        for (var i = 1; i <= 5; i++) await Engine.SayAsync("alice", "bob", $"{i}");

        for (var size = 1; size <= 6; size++)
        {
            var all = new List<string>();
            HistoryPage page;
            long? after = null;
            do
            {
                page = await PageAsync("bob", new(after, size, isOldestFirst));
                Assert.InRange(page.Entries.Count, 1, size);
                all.AddRange(page.Entries.Select(TextOf));
                after = page.Next;
            }
            while (!page.IsLast);
            Assert.Equal(expected, string.Join(' ', all));
        }
    }

    [Fact]
    public async Task What_was_taken_back_hidden_or_erased_is_not_there()
    {
        for (var i = 1; i <= 5; i++) await Engine.SayAsync("alice", "bob", $"{i}");
        await Engine.Get<RecallMessage>().RunAsync(As("alice"), new("alice"), Pair, 2, Ct);
        await Engine.Get<RemoveFromSight>().HideAsync(As("bob"), new("bob"), Pair, [3], tellDevices: false, Ct);
        await Engine.Get<RemoveFromSight>().EraseAsync(As("alice"), new("alice"), Pair, [4], Ct);

        Assert.Equal(["5", "1"], (await PageAsync("bob", new(null, 10, false))).Entries.Select(TextOf));
        Assert.Equal(["5", "3", "1"], (await PageAsync("alice", new(null, 10, false))).Entries.Select(TextOf));
        Assert.Equal(Condition.ConversationNotFound, ConditionOf(await Engine.Get<ReadHistory>().RunAsync(new("carol"), Pair, new(null, 10, false), Ct)));
    }

    [Fact]
    public async Task A_time_a_sender_and_kinds_choose()
    {
        var times = new List<long>();
        for (var i = 1; i <= 4; i++)
        {
            await Engine.SayAsync(i % 2 == 0 ? "bob" : "alice", i % 2 == 0 ? "alice" : "bob", $"{i}");
            times.Add(Engine.Clock.GetUtcNow().ToUnixTimeMilliseconds());
            Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var all = new HistoryQuery(null, 10, IsOldestFirst: true);
        Assert.Equal(["2", "3"], (await PageAsync("bob", all with { From = times[1], To = times[2] })).Entries.Select(TextOf));
        Assert.Equal(["3", "2"], (await PageAsync("bob", all with { IsOldestFirst = false, From = times[1], To = times[2] })).Entries.Select(TextOf));
        Assert.Equal(["2", "4"], (await PageAsync("bob", all with { Sender = new UserId("bob") })).Entries.Select(TextOf));
        Assert.Empty((await PageAsync("bob", all with { Kinds = new HashSet<ContentKind> { ContentKind.Image } })).Entries);
    }

    [Fact]
    public async Task Notices_are_no_messages_and_a_page_of_nothing_else_is_the_last()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob");
        Assert.Equal(([], true), await GroupPageAsync() is var empty ? (empty.Entries.Select(TextOf).ToArray(), empty.IsLast) : default);
        await Engine.SayAsync("alice", group, "hello");
        Assert.Equal(["hello"], (await GroupPageAsync()).Entries.Select(TextOf));

        async Task<HistoryPage> GroupPageAsync() =>
            Value(await Engine.Get<ReadHistory>().RunAsync(new("bob"), ConversationKey.Group(App, group), new(null, 10, false), Ct));
    }

    [Fact]
    public async Task A_conversation_is_cleared_up_to_a_time()
    {
        var times = new List<long>();
        for (var i = 1; i <= 5; i++)
        {
            await Engine.SayAsync("alice", "bob", $"{i}");
            times.Add(Engine.Clock.GetUtcNow().ToUnixTimeMilliseconds());
            Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var clear = Engine.Get<ClearConversations>();
        foreach (var (before, left) in new[] { (times[0], "1 2 3 4 5"), (times[2], "3 4 5"), (times[1], "3 4 5"), (times[4] + 1, "") })
        {
            Value(await clear.RunAsync(As("bob"), new("bob"), [Pair], tellDevices: false, forEverybody: false, Ct, before));
            Assert.Equal(left, string.Join(' ', (await PageAsync("bob", new(null, 10, true))).Entries.Select(TextOf)));
        }

        Assert.Equal(5, (await PageAsync("alice", new(null, 10, true))).Entries.Count);
    }

    private async Task<HistoryPage> PageAsync(string reader, HistoryQuery query) => Value(await Engine.Get<ReadHistory>().RunAsync(new(reader), Pair, query, Ct));
}
