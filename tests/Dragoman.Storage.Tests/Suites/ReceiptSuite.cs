using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Files;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests.Suites;

public abstract class ReceiptSuite(TestStorage storage) : StorageSuite(storage)
{
    private static readonly ConversationKey Group = ConversationKey.Group(App, new GroupId("g"));

    [Fact]
    public async Task Readers_are_kept_once_and_in_order()
    {
        await WriteAsync(
            new PutReceipt(App, Group, 3, new(new("carol"), 5)), new PutReceipt(App, Group, 3, new(Bob, 6)), new PutReceipt(App, Group, 3, new(Bob, 9)), new PutReceipt(App, Group, 4, new(Alice, 7)));
        await RestartAsync();

        var store = Get<IReceiptStore>();
        Assert.Equal((2, true), await store.CountAsync(Group, 3, Bob, Ct));
        Assert.Equal((1, false), await store.CountAsync(Group, 4, Bob, Ct));
        Assert.Equal((0, false), await store.CountAsync(Group with { App = new(2) }, 3, Bob, Ct));
        Assert.Equal([new(Bob, 6), new GroupReceipt(new("carol"), 5)], await store.PageAsync(Group, 3, "", 10, Ct));
        Assert.Equal([new GroupReceipt(new("carol"), 5)], await store.PageAsync(Group, 3, "bob", 10, Ct));
        Assert.Single(await store.PageAsync(Group, 3, "", 1, Ct));
    }

    [Fact]
    public async Task What_counts_as_unread_is_counted()
    {
        foreach (var words in new[] { "1", "2", "3" }) await WriteAsync(new WriteUnit(Said(words)));
        await WriteAsync(new EraseEntries(App, Pair, [2]));

        Assert.Equal(2, await Get<IEntryStore>().CountUnreadAsync(Pair, 1, 3, Ct));
        Assert.Equal(1, await Get<IEntryStore>().CountUnreadAsync(Pair, 2, 3, Ct));
        Assert.Equal(0, await Get<IEntryStore>().CountUnreadAsync(Group, 1, 3, Ct));
    }

    [Fact]
    public async Task Files_whose_time_is_over_are_found()
    {
        await WriteAsync(new PutFile(App, FileOf("late", 300), IsNewContent: true), new PutFile(App, FileOf("soon", 100), IsNewContent: true), new PutFile(App, FileOf("ever", 0), IsNewContent: true));

        var store = Get<IFileStore>();
        Assert.Equal([(App, "soon")], await store.ExpiredFilesAsync(100, 10, Ct));
        Assert.Equal([(App, "soon"), (App, "late")], await store.ExpiredFilesAsync(1_000, 10, Ct));
        Assert.Equal(300, (await store.FindAsync(App, "late", Ct))!.ExpiresAt);
    }

    private static StoredFile FileOf(string name, long expiresAt) => new()
    {
        App = App,
        Id = new(name.PadLeft(32, '0')),
        Owner = Alice,
        Name = name,
        Content = new(name, 1, FileChecksum.None),
        ExpiresAt = expiresAt,
    };
}
