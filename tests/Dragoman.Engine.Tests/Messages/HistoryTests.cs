using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Messages;

public sealed class HistoryTests : EngineTest
{
    private static readonly ConversationKey Pair = Direct("alice", "bob");

    [Fact]
    public async Task Somebody_elses_conversation_cannot_be_read()
    {
        await Engine.SayAsync("alice", "bob", "secret");

        Assert.Equal(Condition.ConversationNotFound, ConditionOf(await Engine.PullAsync("carol", Pair)));
    }

    [Fact]
    public async Task A_pull_brings_the_newest_of_a_range_in_ascending_order()
    {
        for (var i = 1; i <= 10; i++) await Engine.SayAsync("alice", "bob", $"{i}");

        var pulled = Value(await Engine.PullAsync("bob", Pair, from: 2, to: 8, limit: 3));

        Assert.Equal(["6", "7", "8"], pulled.Entries.Select(TextOf));
        Assert.Equal(new VisibleRange(1, 10), pulled.Range);
    }

    [Fact]
    public async Task A_cleared_conversation_shows_only_what_comes_after()
    {
        await Engine.SayAsync("alice", "bob", "before");
        await Engine.Get<ClearConversations>().RunAsync(As("bob"), new UserId("bob"), [Pair], tellDevices: false, forEverybody: false, Ct);
        await Engine.SayAsync("alice", "bob", "after");

        Assert.Equal(["after"], Value(await Engine.PullAsync("bob", Pair)).Entries.Select(TextOf));
        Assert.Equal(["before", "after"], Value(await Engine.PullAsync("alice", Pair)).Entries.Select(TextOf));
    }

    [Fact]
    public async Task Only_who_may_erase_for_all_clears_a_group_for_everybody()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob");
        await Engine.SayAsync("bob", group, "before");
        var conversation = ConversationKey.Group(App, group);
        var clear = Engine.Get<ClearConversations>();

        Assert.Equal(Condition.NotPermitted, ConditionOf(await clear.RunAsync(As("bob"), new UserId("bob"), [conversation], tellDevices: false, forEverybody: true, Ct)));
        Assert.Equal(Condition.None, ConditionOf(await clear.RunAsync(As("alice"), new UserId("alice"), [conversation], tellDevices: false, forEverybody: true, Ct)));
        Assert.Empty(Value(await Engine.PullAsync("bob", conversation)).Entries);
    }

    [Fact]
    public async Task A_hidden_entry_is_hidden_from_one_user_only()
    {
        await Engine.SayAsync("alice", "bob", "1");
        await Engine.Get<RemoveFromSight>().HideAsync(As("bob"), new UserId("bob"), Pair, [1], tellDevices: false, Ct);

        Assert.Equal([1L], Value(await Engine.PullAsync("bob", Pair)).Hidden);
        Assert.Empty(Value(await Engine.PullAsync("alice", Pair)).Hidden);
    }

    [Fact]
    public async Task Nobody_erases_the_words_of_another()
    {
        await Engine.SayAsync("alice", "bob", "1");

        Assert.Equal(Condition.NotPermitted, ConditionOf(await Engine.Get<RemoveFromSight>().EraseAsync(As("bob"), new UserId("bob"), Pair, [1], Ct)));
        Assert.Equal(Condition.None, ConditionOf(await Engine.Get<RemoveFromSight>().EraseAsync(As("alice"), new UserId("alice"), Pair, [1], Ct)));
        Assert.Equal(EntryFlags.Erased, Value(await Engine.PullAsync("bob", Pair)).Entries[0].Flags & EntryFlags.Erased);
    }

    [Fact]
    public async Task Who_was_kicked_reads_up_to_his_removal_and_nothing_after()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob");
        await Engine.SayAsync("alice", group, "while he was there");
        Value(await Engine.KickAsync(As("alice"), group, "bob"));
        await Engine.SayAsync("alice", group, "after he was gone");

        var seen = Value(await Engine.PullAsync("bob", ConversationKey.Group(App, group))).Entries;

        Assert.IsType<GroupCreated>(seen[0].Notice);
        Assert.Equal("while he was there", TextOf(seen[1]));
        Assert.IsType<MembersRemoved>(seen[2].Notice);
        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public async Task Who_comes_back_sees_everything_again()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob");
        await Engine.KickAsync(As("alice"), group, "bob");
        await Engine.SayAsync("alice", group, "meanwhile");
        Value(await Engine.InviteAsync(As("alice"), group, "bob"));

        Assert.Equal(4, Value(await Engine.PullAsync("bob", ConversationKey.Group(App, group))).Entries.Count);
    }

    [Fact]
    public async Task A_notice_reads_the_same_after_a_restart()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob");
        await RestartAsync();

        var entry = Assert.Single(Value(await Engine.PullAsync("bob", ConversationKey.Group(App, group))).Entries);
        var notice = Assert.IsType<GroupCreated>(entry.Notice);

        Assert.Equal(["alice", "bob"], notice.Members.Select(m => m.Id.Value));
        Assert.Equal("nick alice", notice.Operator.Nickname);
        Assert.Equal(2, notice.Group.MemberCount);
    }
}
