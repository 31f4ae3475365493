using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests.Suites;

public abstract class ConversationSuite(TestStorage storage) : StorageSuite(storage)
{
    [Fact]
    public async Task The_first_word_puts_a_pair_on_both_lists()
    {
        await WriteAsync(new WriteUnit(Said("hello")));

        foreach (var user in new[] { Alice, Bob })
        {
            var state = Assert.Single(await Get<IUserConversationStore>().ListAsync(App, user, Ct));
            Assert.Equal((Pair, 0L, 0L), (state.Conversation, state.ReadSequence, state.MaxSequence));
        }
    }

    [Fact]
    public async Task A_conversation_looks_as_it_was_opened()
    {
        var look = new ConversationLook { Receive = ReceiveOption.Silent, IsPinned = true, Mention = MentionMark.Me, Extra = "extra", Settings = "{}" };
        await WriteAsync(new WriteUnit([new SetConversationLook(App, Pair, [Bob], look)], Said("hello")));

        var bobs = Assert.Single(await Get<IUserConversationStore>().ListAsync(App, Bob, Ct));
        Assert.Equal((look.Receive, look.IsPinned, look.Mention, look.Extra, look.Settings), (bobs.Receive, bobs.IsPinned, bobs.Mention, bobs.Extra, bobs.Settings));
        var alices = Assert.Single(await Get<IUserConversationStore>().ListAsync(App, Alice, Ct));
        Assert.Equal((ReceiveOption.Notify, false, ""), (alices.Receive, alices.IsPinned, alices.Extra));
    }

    [Fact]
    public async Task A_talk_with_oneself_is_on_one_list()
    {
        var self = TestEngine.Direct("alice", "alice");
        await WriteAsync(new WriteUnit(Said("note", self)));

        Assert.Equal(self, Assert.Single(await Get<IUserConversationStore>().ListAsync(App, Alice, Ct)).Conversation);
    }

    [Fact]
    public async Task What_a_user_keeps_comes_back_whole()
    {
        var group = ConversationKey.Group(App, new GroupId("g"));
        var state = new UserConversation
        {
            User = Alice,
            Conversation = group,
            ReadSequence = 3,
            MinSequence = 2,
            MaxSequence = 9,
            Receive = ReceiveOption.Silent,
            IsPinned = true,
            PinnedAt = 7,
            Marks = 1L << 40,
            Mention = MentionMark.Me | MentionMark.Everybody,
            Extra = "extra",
            Settings = """{"a":1}""",
            CreatedAt = 5,
        };
        await WriteAsync(new PutUserConversation(App, state));

        Assert.Equal(state, await FindAsync(Alice, group));
        Assert.Null(await FindAsync(Bob, group));
        await WriteAsync(new PutUserConversation(App, state with { IsPinned = false, ReadSequence = 1 }));
        Assert.Equal(state with { IsPinned = false }, await FindAsync(Alice, group)); // read positions never move back
    }

    [Fact]
    public async Task Read_positions_move_forward_only()
    {
        await WriteAsync(new WriteUnit(Said("1")), new WriteUnit(Said("2")));
        await WriteAsync(new AdvanceRead(App, Alice, Pair, 2), new AdvanceRead(App, Bob, Pair, 1));
        await WriteAsync(new AdvanceRead(App, Alice, Pair, 1));

        Assert.Equal(2, (await FindAsync(Alice, Pair))!.ReadSequence);
        Assert.Equal(1, (await FindAsync(Bob, Pair))!.ReadSequence);
    }

    [Fact]
    public async Task Thousands_of_read_positions_are_one_unit()
    {
        var keys = Enumerable.Range(0, 2_000).Select(i => TestEngine.Direct("alice", $"peer{i:d4}")).ToArray();
        await Task.WhenAll(keys.Select(key => WriteAsync(new WriteUnit(Said("hello", key)))));
        await WriteAsync([.. keys.Select(key => new AdvanceRead(App, Alice, key, 1)), .. keys.Take(5).Select(key => new AdvanceRead(App, Alice, key, 1))]);

        var list = await Get<IUserConversationStore>().ListAsync(App, Alice, Ct);
        Assert.Equal(2_000, list.Count);
        Assert.All(list, item => Assert.Equal(1, item.ReadSequence));
    }

    [Fact]
    public async Task Mentions_add_up()
    {
        await WriteAsync(new WriteUnit(Said("hello")));
        await WriteAsync(new MarkMentioned(App, Pair, [Alice], MentionMark.Me));
        await WriteAsync(new MarkMentioned(App, Pair, [Alice, Bob], MentionMark.Everybody));

        Assert.Equal(MentionMark.Me | MentionMark.Everybody, (await FindAsync(Alice, Pair))!.Mention);
        Assert.Equal(MentionMark.Everybody, (await FindAsync(Bob, Pair))!.Mention);
    }

    [Fact]
    public async Task Lists_are_the_users_and_the_apps_own()
    {
        var foreign = ConversationKey.Direct(new AppId(2), Alice, Bob);
        await WriteAsync(new WriteUnit(Said("here")));
        await WriteAsync(new WriteUnit(Said("there", foreign)));
        await WriteAsync(new WriteUnit(Said("and here", TestEngine.Direct("alice", "carol"))));

        Assert.Equal(2, (await Get<IUserConversationStore>().ListAsync(App, Alice, Ct)).Count);
        Assert.Equal(foreign, Assert.Single(await Get<IUserConversationStore>().ListAsync(new AppId(2), Alice, Ct)).Conversation);
        Assert.Empty(await Get<IUserConversationStore>().ListAsync(App, new UserId("nobody"), Ct));
    }

    private ValueTask<UserConversation?> FindAsync(UserId user, ConversationKey key) => Get<IUserConversationStore>().FindAsync(user, key, Ct);

    private Task WriteAsync(WriteUnit first, WriteUnit second) => Task.WhenAll(WriteAsync(first), WriteAsync(second));
}
