using Dragoman.Engine.Conversations;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Messages;

public sealed class RecallAndReadTests : EngineTest
{
    private static readonly ConversationKey Pair = Direct("alice", "bob");

    [Fact]
    public async Task A_recalled_message_is_marked_and_both_sides_are_told_also_later()
    {
        await Engine.SayAsync("alice", "bob", "oops", key: "k1");
        Value(await RecallAsync("alice", 1));

        var entry = Value(await Engine.PullAsync("bob", Pair)).Entries[0];
        Assert.True(entry.IsRecalled);
        Assert.Equal("alice", entry.Recall!.By);
        var told = Assert.IsType<MessageRecalled>(Assert.Single(Value(await Engine.PullAsync("bob", Pair, LogChannel.Changes)).Entries).Notice);
        Assert.Equal(("k1", 1L), (told.ClientKey, told.Sequence));
    }

    [Fact]
    public async Task A_message_is_recalled_once()
    {
        await Engine.SayAsync("alice", "bob", "oops");
        await RecallAsync("alice", 1);

        Assert.Equal(Condition.MessageAlreadyRecalled, ConditionOf(await RecallAsync("alice", 1)));
    }

    [Theory]
    [InlineData("bob", 1, Condition.RecallNotPermitted)]
    [InlineData("carol", 1, Condition.RecallNotPermitted)]
    [InlineData("alice", 2, Condition.MessageNotFound)]
    public async Task Only_the_sender_takes_back_what_there_is(string user, long sequence, Condition expected)
    {
        await Engine.SayAsync("alice", "bob", "oops");

        Assert.Equal(expected, ConditionOf(await RecallAsync(user, sequence)));
    }

    [Fact]
    public async Task The_owner_of_a_group_takes_back_what_a_member_said_but_not_the_other_way_round()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob");
        await Engine.SayAsync("bob", group, "2");
        await Engine.SayAsync("alice", group, "3");
        var key = ConversationKey.Group(App, group);

        Assert.Equal(Condition.RecallNotPermitted, ConditionOf(await RecallAsync("bob", 3, key)));
        Assert.Equal(Condition.None, ConditionOf(await RecallAsync("alice", 2, key)));
    }

    [Fact]
    public async Task Reading_moves_forward_only_and_tells_the_other_side()
    {
        for (var i = 0; i < 3; i++) await Engine.SayAsync("alice", "bob", "hello");
        Value(await ReadAsync("bob", 2));
        Value(await ReadAsync("bob", 1));

        Assert.Equal(2, (await Engine.Get<UserConversations>().FindAsync(new UserId("bob"), Pair, Ct))!.ReadSequence);
        var told = Assert.IsType<MessagesRead>(Assert.Single(Value(await Engine.PullAsync("alice", Pair, LogChannel.Changes)).Entries).Notice);
        Assert.Equal(("bob", 2L), (told.Reader.Value, told.UpTo));
        Assert.Equal([1L, 2L], told.Sequences);
    }

    [Fact]
    public async Task What_was_not_said_yet_cannot_be_read()
    {
        await Engine.SayAsync("alice", "bob", "hello");

        Assert.Equal(Condition.SequenceOutOfRange, ConditionOf(await ReadAsync("bob", 2)));
        Assert.Equal(Condition.ConversationNotFound, ConditionOf(await ReadAsync("carol", 1)));
    }

    [Fact]
    public async Task Who_speaks_has_read_his_own_words_also_after_a_restart()
    {
        await Engine.SayAsync("alice", "bob", "hello");
        Assert.Equal(1, (await Engine.Get<UserConversations>().FindAsync(new UserId("alice"), Pair, Ct))!.ReadSequence);

        await Engine.Get<ReadCursors>().FlushAsync();
        await RestartAsync();

        Assert.Equal(1, (await Engine.Get<UserConversations>().FindAsync(new UserId("alice"), Pair, Ct))!.ReadSequence);
        Assert.Equal(0, (await Engine.Get<UserConversations>().FindAsync(new UserId("bob"), Pair, Ct))!.ReadSequence);
    }

    private async Task<Result<Done>> RecallAsync(string user, long sequence, ConversationKey? conversation = null) =>
        await Engine.Get<RecallMessage>().RunAsync(As(user), new UserId(user), conversation ?? Pair, sequence, Ct);

    private async Task<Result<Done>> ReadAsync(string user, long upTo) =>
        await Engine.Get<MarkRead>().RunAsync(As(user), new UserId(user), Pair, upTo, [], isQuiet: false, Ct);
}
