using System.Text;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests.Suites;

/// <summary>Edits, reactions and pins.</summary>
public abstract class MessageStateSuite(TestStorage storage) : StorageSuite(storage)
{
    private static readonly UserId Carol = new("carol");

    [Fact]
    public async Task An_edit_replaces_the_body_and_keeps_the_place()
    {
        var first = await SayAsync("one");
        var second = await SayAsync("two");

        Assert.Equal(Condition.None, await WriteAsync(EditOf(first, "ONE", 1)));
        Assert.Equal(Condition.EditConflict, await WriteAsync(EditOf(first, "eins", 1)));
        Assert.Equal(Condition.None, await WriteAsync(EditOf(first, "uno", 2)));
        await RestartAsync();

        var stored = await EntriesAsync(Pair);
        Assert.Equal(["uno", "two"], stored.Select(TestEngine.TextOf));
        Assert.Equal((first.Id, first.SentAt, new EditMark(2, "bob", 200, new(9))), (stored[0].Id, stored[0].SentAt, stored[0].Edit));
        Assert.Equal((EntryFlags.Edited, ContentKind.Custom, 7, new DialectId(8)), (stored[0].Flags, stored[0].Content, stored[0].Type, stored[0].Origin));
        Assert.Null(stored[1].Edit);

        var store = Get<IEntryStore>();
        Assert.Equal("uno", TestEngine.TextOf((await store.FindByIdAsync(App, first.Id, Ct))!));
        Assert.Equal(["uno", "two"], (await store.FindManyAsync(Pair, [1, 2, 9], Ct)).Select(TestEngine.TextOf));
        Assert.Empty(await store.FindManyAsync(Pair with { App = new(2) }, [1, 2], Ct));
        Assert.Equal(["two", "uno"], (await Get<IEntrySearchStore>().SearchAsync(App, new EntryQuery(), 0, 10, Ct)).Page.Select(TestEngine.TextOf));
        Assert.Equal("two", TestEngine.TextOf(Assert.Single(await store.LastAsync(Alice, [Pair], Ct)).Entry));
        Assert.Equal(Condition.None, await WriteAsync(EditOf(second, "zwei", 1)));
        Assert.Equal(new EditMark(1, "bob", 100, new(9)), Assert.Single(await store.LastAsync(Alice, [Pair], Ct)).Entry.Edit);
    }

    [Fact]
    public async Task What_is_gone_cannot_be_edited()
    {
        var (recalled, erased) = (await SayAsync("one"), await SayAsync("two"));
        await WriteAsync(new MarkRecalled(App, Pair, recalled.Sequence, new("alice", "", default, 5, ByAdministrator: false)), new EraseEntries(App, Pair, [erased.Sequence]));

        Assert.Equal(Condition.EditConflict, await WriteAsync(EditOf(recalled, "ONE", 1)));
        Assert.Equal(Condition.EditConflict, await WriteAsync(EditOf(erased, "TWO", 1)));
        Assert.Null((await EntriesAsync(Pair))[0].Edit);
    }

    [Fact]
    public async Task Reactions_are_counted_by_kind()
    {
        var said = await SayAsync("one");
        Assert.Equal(Condition.None, await WriteAsync(ReactionOf(said, "like", Bob, 20)));
        Assert.Equal(Condition.ReactionExists, await WriteAsync(ReactionOf(said, "like", Bob, 30)));
        foreach (var (kind, user, at) in new[] { ("like", Alice, 10L), ("like", Carol, 30L), ("❤️", Carol, 5L) }) await WriteAsync(ReactionOf(said, kind, user, at));
        await RestartAsync();

        var store = Get<IReactionStore>();
        var tallies = await store.TallyAsync(Pair, [said.Sequence, 99], Bob, users: 2, Ct);
        Assert.Equal([("❤️", 1, false, 5L), ("like", 3, true, 10L)], tallies[0].Select(t => (t.Reaction, t.Count, t.IsOwn, t.Since)));
        Assert.Equal([[Carol], [Alice, Bob]], tallies[0].Select(t => t.Users));
        Assert.Empty(tallies[1]);
        Assert.Empty((await store.TallyAsync(Pair with { App = new(2) }, [said.Sequence], Bob, 2, Ct))[0]);
        Assert.Equal([Bob, Carol], await store.PageAsync(Pair, said.Sequence, "like", skip: 1, take: 5, Ct));
        Assert.Equal(EntryFlags.Reacted, (await EntriesAsync(Pair))[0].Flags);

        await WriteAsync(new TakeReaction(App, Pair, said.Sequence, "like", Bob));
        Assert.Equal([Alice, Carol], await store.PageAsync(Pair, said.Sequence, "like", skip: 0, take: 5, Ct));
    }

    [Fact]
    public async Task Pins_are_listed_by_when_they_were_made()
    {
        var said = new List<Entry>();
        for (var i = 1; i <= 3; i++) said.Add(await SayAsync($"{i}"));
        await WriteAsync(PinOf(said[1], 10), PinOf(said[0], 20), PinOf(said[2], 30), PinOf(said[1], 40, Bob));

        var store = Get<IPinStore>();
        var page = await store.PageAsync(Pair, 1, long.MaxValue, skip: 0, take: 10, Ct);
        Assert.Equal([("2", Bob, 40L), ("3", Alice, 30L), ("1", Alice, 20L)], page.Select(pin => (TestEngine.TextOf(pin.Message), pin.By, pin.At)));
        Assert.Equal(["3"], (await store.PageAsync(Pair, 2, 3, skip: 1, take: 1, Ct)).Select(pin => TestEngine.TextOf(pin.Message)));
        Assert.Equal((3, true), await store.CountAsync(Pair, said[0].Sequence, Ct));

        await WriteAsync(new TakePin(App, Pair, said[0].Sequence));
        Assert.Equal((2, false), await store.CountAsync(Pair, said[0].Sequence, Ct));
        Assert.Equal((0, false), await store.CountAsync(Pair with { App = new(2) }, said[1].Sequence, Ct));
    }

    [Fact]
    public async Task All_of_it_goes_with_the_message()
    {
        var (recalled, erased) = (await SayAsync("one"), await SayAsync("two"));
        foreach (var entry in new[] { recalled, erased })
        {
            await WriteAsync(EditOf(entry, "other", 1));
            await WriteAsync(ReactionOf(entry, "like", Bob, 1), PinOf(entry, 1));
        }

        await WriteAsync(new MarkRecalled(App, Pair, recalled.Sequence, new("alice", "", default, 5, ByAdministrator: false)));
        await WriteAsync(new EraseEntries(App, Pair, [erased.Sequence]));

        Assert.All(await Get<IReactionStore>().TallyAsync(Pair, [1, 2], Bob, 3, Ct), Assert.Empty);
        Assert.Equal((0, false), await Get<IPinStore>().CountAsync(Pair, 1, Ct));
    }

    [Fact]
    public async Task And_with_the_account_of_whom_did_it()
    {
        var said = await SayAsync("one");
        await WriteAsync(ReactionOf(said, "like", Bob, 1), ReactionOf(said, "like", Alice, 2), PinOf(said, 1, Bob));
        await WriteAsync(new EraseAccount(App, Bob, 99));

        Assert.Equal([Alice], await Get<IReactionStore>().PageAsync(Pair, said.Sequence, "like", 0, 10, Ct));
        Assert.Equal((0, false), await Get<IPinStore>().CountAsync(Pair, said.Sequence, Ct));
    }

    private async Task<Entry> SayAsync(string words)
    {
        var entry = Said(words);
        Assert.Equal(Condition.None, await WriteAsync(new WriteUnit(entry)));
        return entry;
    }

    private static EditEntry EditOf(Entry entry, string words, int version)
    {
        var edited = new Entry
        {
            Conversation = entry.Conversation,
            Sender = entry.Sender,
            Origin = new DialectId(8),
            Content = ContentKind.Custom,
            Type = 7,
            Body = Encoding.UTF8.GetBytes(words),
            Edit = new(version, "bob", version * 100, new(9)),
        };
        edited.Place(entry.Sequence, entry.Id, entry.SentAt);
        return new(App, edited, new(version - 1, "alice", entry.SentAt, new(9)));
    }

    private static PutReaction ReactionOf(Entry entry, string kind, UserId user, long at) => new(App, entry.Conversation, entry.Sequence, kind, user, at);

    private static PutPin PinOf(Entry entry, long at, UserId? by = null) => new(App, entry.Conversation, entry.Sequence, by ?? Alice, at);
}
