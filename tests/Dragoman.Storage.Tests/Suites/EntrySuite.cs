using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests.Suites;

public abstract class EntrySuite(TestStorage storage) : StorageSuite(storage)
{
    [Fact]
    public async Task An_entry_comes_back_as_it_was_written()
    {
        var entry = new Entry
        {
            Conversation = Pair,
            Sender = Alice,
            Origin = new DialectId(3),
            Content = ContentKind.Custom,
            Flags = EntryFlags.NoPush | EntryFlags.NoUnread,
            Body = new byte[] { 0, 255, 128, 0 },
            ClientKey = new byte[] { 1, 0, 2 },
        };
        await WriteAsync(new WriteUnit(entry));

        var stored = (await Get<IEntryStore>().FindAsync(Pair, LogChannel.Timeline, 1, Ct))!;
        Assert.Equal(
            (entry.Conversation, entry.Channel, entry.Sender, entry.Origin, entry.Content, entry.Flags, entry.Sequence, entry.Id, entry.SentAt),
            (stored.Conversation, stored.Channel, stored.Sender, stored.Origin, stored.Content, stored.Flags, stored.Sequence, stored.Id, stored.SentAt));
        Assert.Equal(entry.Body.ToArray(), stored.Body.ToArray());
        Assert.Equal(entry.ClientKey.ToArray(), stored.ClientKey.ToArray());
        Assert.Null(stored.Recall);
    }

    [Fact]
    public async Task Ranges_are_read_from_either_end()
    {
        for (var i = 1; i <= 10; i++) await WriteAsync(new WriteUnit(Said($"{i}")));

        Assert.Equal([3L, 4, 5], await SequencesAsync(3, 8, 3, newestFirst: false));
        Assert.Equal([6L, 7, 8], await SequencesAsync(3, 8, 3, newestFirst: true));
        Assert.Equal([9L, 10], await SequencesAsync(9, long.MaxValue, 100, newestFirst: true));
        Assert.Empty(await SequencesAsync(11, 20, 100, newestFirst: false));
        Assert.Null(await Get<IEntryStore>().FindAsync(Pair, LogChannel.Timeline, 11, Ct));
        Assert.Null(await Get<IEntryStore>().FindAsync(TestEngine.Direct("no", "body"), LogChannel.Timeline, 1, Ct));
    }

    [Fact]
    public async Task The_two_logs_of_a_conversation_count_on_their_own()
    {
        await WriteAsync(new WriteUnit([], Said("1"), Said("a", channel: LogChannel.Changes), Said("2")));

        Assert.Equal(["1", "2"], (await EntriesAsync(Pair)).Select(TestEngine.TextOf));
        Assert.Equal(["a"], (await EntriesAsync(Pair, LogChannel.Changes)).Select(TestEngine.TextOf));
        Assert.Equal((2L, 1L), await EndsAsync(Pair));
    }

    [Fact]
    public async Task Ends_come_in_the_order_in_which_they_were_asked_for()
    {
        var keys = Enumerable.Range(0, 5).Select(i => TestEngine.Direct("alice", $"peer{i}")).ToArray();
        for (var i = 0; i < keys.Length; i++)
        {
            for (var said = 0; said < i; said++) await WriteAsync(new WriteUnit(Said("word", keys[i])));
        }

        await WriteAsync(new CutConversation(App, keys[3], 3));
        var ends = await Get<IEntryStore>().EndsAsync([keys[3], keys[0], keys[4], keys[1], keys[2]], Ct);

        Assert.Equal([3L, 0, 4, 1, 2], ends.Select(e => e.Timeline));
        Assert.Equal([3L, 1, 1, 1, 1], ends.Select(e => e.First));
        Assert.Equal(new ConversationEnds(0, 0, 0), ends[1]);
        Assert.Equal((await EntriesAsync(keys[4]))[^1].SentAt, ends[2].TimelineAt);
        Assert.Empty(await Get<IEntryStore>().EndsAsync([], Ct));
    }

    [Fact]
    public async Task Times_and_ids_grow_with_the_sequence_though_the_clock_stands_still()
    {
        for (var i = 0; i < 5; i++) await WriteAsync(new WriteUnit([], Said("a"), Said("b")));
        await RestartAsync();
        Engine.Clock.Advance(TimeSpan.FromHours(-3));
        await WriteAsync(new WriteUnit(Said("later")));

        var entries = await EntriesAsync(Pair);
        Assert.Equal(11, entries.Count);
        for (var i = 1; i < entries.Count; i++)
        {
            Assert.True(entries[i].Id.Value > entries[i - 1].Id.Value);
            Assert.True(entries[i].SentAt > entries[i - 1].SentAt);
        }
    }

    [Fact]
    public async Task A_recalled_entry_says_who_did_it()
    {
        await WriteAsync(new WriteUnit([], Said("1"), Said("2")));
        var mark = new RecallMark("bob", "Bob", GroupRole.Manager, 77, ByAdministrator: true);
        await WriteAsync(new MarkRecalled(App, Pair, 2, mark));

        var entries = await EntriesAsync(Pair);
        Assert.Null(entries[0].Recall);
        Assert.Equal(mark, entries[1].Recall);
        Assert.True(entries[1].IsRecalled);
    }

    [Fact]
    public async Task A_change_finds_the_entry_that_was_written_just_before_it()
    {
        var recall = new WriteUnit([new MarkRecalled(App, Pair, 1, new RecallMark("alice", "", GroupRole.None, 1, ByAdministrator: false))]);
        await Task.WhenAll(WriteAsync(new WriteUnit(Said("1"))), WriteAsync(recall), WriteAsync(new WriteUnit(Said("2"))));

        Assert.Equal([true, false], (await EntriesAsync(Pair)).Select(e => e.IsRecalled));
    }

    [Fact]
    public async Task Erased_entries_keep_their_places_and_lose_their_bodies()
    {
        await WriteAsync(new WriteUnit([], Said("1"), Said("2"), Said("3")));
        await WriteAsync(new EraseEntries(App, Pair, [1, 3, 4]));

        var entries = await EntriesAsync(Pair);
        Assert.Equal(["", "2", ""], entries.Select(TestEngine.TextOf));
        Assert.Equal([true, false, true], entries.Select(e => (e.Flags & EntryFlags.Erased) != 0));
    }

    [Fact]
    public async Task Hidden_entries_are_hidden_from_one_user()
    {
        await WriteAsync(new WriteUnit([], Said("1"), Said("2"), Said("3")));
        await WriteAsync(new HideEntries(App, Alice, Pair, [1, 3]));
        await WriteAsync(new HideEntries(App, Alice, Pair, [3]));

        Assert.Equal([1L, 3], (await HiddenAsync(Alice, 1, 3)).Order());
        Assert.Equal([3L], await HiddenAsync(Alice, 2, 9));
        Assert.Empty(await HiddenAsync(Bob, 1, 3));
    }

    [Fact]
    public async Task A_large_body_is_stored_whole()
    {
        var body = new byte[3 * 1024 * 1024];
        Random.Shared.NextBytes(body);
        var units = Enumerable.Range(0, 5).Select(_ => new WriteUnit(new Entry { Conversation = Pair, Sender = Alice, Origin = new DialectId(9), Body = body })).ToArray();
        await Task.WhenAll(units.Select(WriteAsync));

        Assert.Equal(5, (await EntriesAsync(Pair)).Count);
        Assert.Equal(body, (await Get<IEntryStore>().FindAsync(Pair, LogChannel.Timeline, 5, Ct))!.Body.ToArray());
    }

    private async Task<IEnumerable<long>> SequencesAsync(long from, long to, int limit, bool newestFirst) =>
        (await Get<IEntryStore>().ReadAsync(Pair, LogChannel.Timeline, from, to, limit, newestFirst, Ct)).Select(e => e.Sequence);

    private ValueTask<IReadOnlySet<long>> HiddenAsync(UserId user, long from, long to) => Get<IEntryStore>().HiddenAsync(Pair, user, from, to, Ct);

    private async Task<(long, long)> EndsAsync(ConversationKey key)
    {
        var ends = (await Get<IEntryStore>().EndsAsync([key], Ct))[0];
        return (ends.Timeline, ends.Changes);
    }
}
