using System.Text;
using Dragoman.Engine.Caching;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Relations;
using Dragoman.Testing;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Messages;

public sealed class EditTests : EngineTest
{
    private static readonly ConversationKey Pair = Direct("alice", "bob");

    [Fact]
    public async Task The_sender_edits_and_both_read_the_newest()
    {
        var said = Value(await Engine.SayAsync("alice", "bob", "helo"));
        Value(await Engine.SayAsync("alice", "bob", "after it"));
        Engine.Clock.Advance(TimeSpan.FromMinutes(5));

        var edited = Value(await EditAsync("alice", said.Id, "hello"));

        Assert.Equal((said.Id, said.Sequence, said.SentAt, 1), (edited.Id, edited.Sequence, edited.SentAt, edited.Edit!.Version));
        var read = Value(await Engine.PullAsync("bob", Pair)).Entries;
        Assert.Equal(["hello", "after it"], read.Select(TextOf));
        Assert.Equal(new EditMark(1, "alice", said.SentAt + 300_000, new DialectId(9)), read[0].Edit);
        var history = Value(await Engine.Get<ReadHistory>().RunAsync(new("bob"), Pair, new(null, 10, IsOldestFirst: true), Ct));
        Assert.Equal(["hello", "after it"], history.Entries.Select(TextOf));

        var told = Assert.Single(Told, entry => entry.Notice is MessageEdited);
        Assert.Equal((said.Id.Value, 1, new UserId("alice"), "hello"), told.Notice is MessageEdited notice ? (notice.MessageId, notice.Version, notice.Editor, TextOf(told.About!)) : default);
    }

    [Fact]
    public async Task The_last_message_of_a_list_is_the_edited_one()
    {
        var said = Value(await Engine.SayAsync("alice", "bob", "helo"));
        Assert.Equal("helo", TextOf(Assert.Single(await Engine.Get<LastEntries>().RunAsync(new("bob"), [Pair], Ct)).Entry));

        Value(await EditAsync("alice", said.Id, "hello"));

        Assert.Equal("hello", TextOf(Assert.Single(await Engine.Get<LastEntries>().RunAsync(new("bob"), [Pair], Ct)).Entry));
    }

    [Fact]
    public async Task Who_was_away_learns_of_it_with_the_message_as_it_is_then()
    {
        var said = Value(await Engine.SayAsync("alice", "bob", "1"));
        for (var i = 2; i <= 3; i++) Value(await EditAsync("alice", said.Id, $"{i}", version: i - 2));

        var changes = Value(await Engine.PullAsync("bob", Pair, LogChannel.Changes)).Entries;
        Assert.Equal(["3", "3"], changes.Select(entry => TextOf(entry.About!)));

        Value(await Engine.Get<RecallMessage>().RunAsync(As("alice"), new("alice"), Pair, said.Sequence, Ct));
        Assert.All(Value(await Engine.PullAsync("bob", Pair, LogChannel.Changes)).Entries, entry => Assert.Null(entry.About));
        Assert.Equal(Condition.MessageNotFound, ConditionOf(await EditAsync("alice", said.Id, "4", version: 2)));
    }

    [Fact]
    public async Task In_a_pair_only_the_sender_edits()
    {
        var said = Value(await Engine.SayAsync("alice", "bob", "hello"));

        Assert.Equal(Condition.EditNotPermitted, ConditionOf(await EditAsync("bob", said.Id, "mine")));
        Assert.Equal(Condition.MessageNotFound, ConditionOf(await EditAsync("carol", said.Id, "mine")));
        Assert.Equal(Condition.MessageNotFound, ConditionOf(await EditAsync("alice", new(77), "none")));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Engine.Get<EditMessage>().RunAsync(As("bob"), new("alice"), said.Id, Draft("x"), Ct)));
        Assert.Equal("app", TextOf(Value(await Engine.Get<EditMessage>().RunAsync(Admin, Admin.User, said.Id, Draft("app"), Ct))));
    }

    [Fact]
    public async Task Who_is_blocked_cannot_write_to_the_other_in_an_old_message()
    {
        var said = Value(await Engine.SayAsync("alice", "bob", "hello"));
        Value(await Engine.Get<BlockUser>().RunAsync(As("bob"), new("bob"), new("alice"), "", endsFriendship: false, Ct));

        Assert.Equal(Condition.BlockedByPeer, ConditionOf(await EditAsync("alice", said.Id, "hello again")));
    }

    [Fact]
    public async Task In_a_group_ranks_decide()
    {
        await Engine.GivenUsersAsync("dave");
        var group = await Engine.GivenGroupAsync(g => g, members: ["carol", "dave"], managers: ["bob"]);
        var ofCarol = Value(await Engine.SayAsync("carol", group, "carol's"));
        var ofBob = Value(await Engine.SayAsync("bob", group, "bob's"));
        var ofAlice = Value(await Engine.SayAsync("alice", group, "alice's"));

        Assert.Equal(Condition.EditNotPermitted, ConditionOf(await EditAsync("dave", ofCarol.Id, "x")));
        Assert.Equal(Condition.EditNotPermitted, ConditionOf(await EditAsync("bob", ofAlice.Id, "x")));
        Value(await EditAsync("carol", ofCarol.Id, "1"));
        Value(await EditAsync("bob", ofCarol.Id, "2", version: 1));
        Value(await EditAsync("alice", ofBob.Id, "3"));

        Value(await Engine.KickAsync(As("alice"), group, "dave"));
        Assert.Equal(Condition.EditNotPermitted, ConditionOf(await EditAsync("dave", ofCarol.Id, "x", version: 2)));
        Value(await Engine.MuteAsync(As("alice"), group, "carol"));
        Assert.Equal(Condition.SenderMuted, ConditionOf(await EditAsync("carol", ofCarol.Id, "x", version: 2)));
        Value(await Engine.MuteAsync(As("alice"), group, "carol", until: 0));
        Value(await Engine.MuteAsync(As("alice"), group));
        Assert.Equal(Condition.GroupMuted, ConditionOf(await EditAsync("carol", ofCarol.Id, "x", version: 2)));
        Value(await EditAsync("alice", ofAlice.Id, "4"));
    }

    [Fact]
    public async Task Who_came_later_learns_nothing_of_what_was_said_before()
    {
        var group = await Engine.GivenGroupAsync(g => g with { NewcomersSeeHistory = false }, members: ["bob"]);
        var said = Value(await Engine.SayAsync("alice", group, "secret"));
        Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        Value(await Engine.InviteAsync(As("alice"), group, "carol"));
        Value(await EditAsync("alice", said.Id, "still secret"));

        var told = Assert.Single(Told, entry => entry.Notice is MessageEdited);
        Assert.Equal(["alice", "bob"], Assert.IsType<Audience.Users>(told.Audience).List.Select(user => user.Value).Order());
        var key = ConversationKey.Group(App, group);
        Assert.Null(Assert.Single(Value(await Engine.PullAsync("carol", key, LogChannel.Changes)).Entries, entry => entry.Notice is MessageEdited).About);
        Assert.NotNull(Assert.Single(Value(await Engine.PullAsync("bob", key, LogChannel.Changes)).Entries, entry => entry.Notice is MessageEdited).About);
    }

    [Fact]
    public async Task Ten_times_and_no_more()
    {
        var said = Value(await Engine.SayAsync("alice", "bob", "0"));
        for (var i = 0; i < 10; i++) Value(await EditAsync("alice", said.Id, $"{i + 1}", version: i));

        Assert.Equal(Condition.EditLimitReached, ConditionOf(await EditAsync("alice", said.Id, "11", version: 10)));
        Assert.Equal("10", TextOf(Assert.Single(Value(await Engine.PullAsync("bob", Pair)).Entries)));
    }

    [Fact]
    public async Task Of_two_who_edit_at_once_one_is_refused()
    {
        var said = Value(await Engine.SayAsync("alice", "bob", "0"));
        Task<Result<Entry>> one, other;
        using (await Engine.Get<KeyedGate>().EnterAsync(Pair, Ct))
        {
            (one, other) = (EditAsync("alice", said.Id, "one"), EditAsync("alice", said.Id, "other"));
        }

        Condition[] ends = [ConditionOf(await one), ConditionOf(await other)];
        Assert.Equal([Condition.None, Condition.EditConflict], ends.Order());
        Assert.Equal(Condition.EditConflict, ConditionOf(await EditAsync("alice", said.Id, "late", version: 0)));
        Value(await EditAsync("alice", said.Id, "next", version: 1));
    }

    [Fact]
    public async Task Kind_and_size_are_looked_at()
    {
        var said = Value(await Engine.SayAsync("alice", "bob", "0"));
        var edit = Engine.Get<EditMessage>();

        Assert.Equal(Condition.EditKindForbidden, ConditionOf(await edit.RunAsync(As("alice"), new("alice"), said.Id, Draft("x", kinds: [ContentKind.Custom]), Ct)));
        Assert.Equal(Condition.MessageTooLarge, ConditionOf(await edit.RunAsync(As("alice"), new("alice"), said.Id, Draft(new string('x', 70_000)), Ct)));
    }

    private Task<Result<Entry>> EditAsync(string user, MessageId message, string words, int version = 0) =>
        Engine.Get<EditMessage>().RunAsync(As(user), new(user), message, Draft(words, version), Ct).AsTask();

    private static EditDraft Draft(string words, int version = 0, HashSet<ContentKind>? kinds = null) => new()
    {
        Origin = new DialectId(9),
        Content = ContentKind.Text,
        Body = Encoding.UTF8.GetBytes(words),
        ExpectedVersion = version,
        Kinds = kinds,
        MaxEdits = 10,
    };
}
