using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests.Suites;

public abstract class TextSuite(TestStorage storage) : StorageSuite(storage)
{
    [Theory]
    [InlineData("")]
    [InlineData("'; DROP TABLE accounts; -- $1 ? ?? :x @y")]
    [InlineData("你好 🙂 \u202e \u0001 \t\r\n \ufeff")]
    [InlineData("\\ \\x00 E'\\n' \"quoted\"")]
    public async Task Text_comes_back_as_it_went_in(string text)
    {
        Assert.Equal(text, await RoundTripAsync(text));
    }

    // Not a theory: attributes cannot hold half characters.
    [Fact]
    public async Task What_no_database_can_keep_becomes_the_replacement_character()
    {
        Assert.Equal("a\ufffdb", await RoundTripAsync("a\0b"));
        Assert.Equal("\ufffd", await RoundTripAsync("\0"));
        Assert.Equal("half \ufffd", await RoundTripAsync("half \ud83d"));
        Assert.Equal("\ufffd half", await RoundTripAsync("\ude42 half"));
        Assert.Equal("🙂\ufffd\ufffd🙂", await RoundTripAsync("🙂\0\ud83d🙂"));
    }

    [Fact]
    public async Task Long_text_comes_back_whole()
    {
        var text = string.Concat(Enumerable.Repeat("长🙂x", 100_000));
        Assert.Equal(text, await RoundTripAsync(text));
    }

    [Fact]
    public async Task Odd_keys_find_what_was_stored_under_them()
    {
        const string odd = "a\0\ud83d?";
        var key = new ConversationKey(App, ConversationKind.Group, odd, "");
        await WriteAsync(new WriteUnit(Said("1", key, sender: odd)));
        await RestartAsync();
        await WriteAsync(new WriteUnit(Said("2", key, sender: odd)));

        Assert.Equal([1L, 2], (await EntriesAsync(key)).Select(e => e.Sequence));
    }

    private async Task<string> RoundTripAsync(string text)
    {
        await WriteAsync(new CreateAccount(App, new Account { App = App, Id = Alice, Nickname = "before" }));
        await WriteAsync(new PutAccount(App, new Account { App = App, Id = Alice, Nickname = text }));
        Assert.Equal(Dragoman.Engine.Condition.None, await WriteAsync(new WriteUnit(Said("still writes"))));
        return (await Get<IAccountStore>().FindAsync(App, Alice, Ct))!.Nickname;
    }
}
