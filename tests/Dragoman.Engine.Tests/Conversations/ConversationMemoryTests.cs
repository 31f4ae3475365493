using System.Text;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Conversations;

/// <summary>Lists of conversations and their ends are answered from memory; it must never say anything but what the store says.</summary>
public sealed class ConversationMemoryTests : EngineTest
{
    private static readonly string[] Users = ["alice", "bob", "carol"];

    // Small enough for both tables to turn over during a test.
    protected override void Customize(IServiceCollection services) =>
        services.AddSingleton(new EngineLimits { CachedConversationEnds = 8, CachedListRows = 24, CachedLastEntries = 8 });

    [Fact]
    public async Task Memory_says_what_the_store_says_after_whatever_happened()
    {
        var random = new Random(20_261_121);
        var group = await Engine.GivenGroupAsync("alice", "bob");
        for (var i = 0; i < 400; i++)
        {
            await ActAsync(random, group);
            foreach (var user in Users) await CompareAsync(user);
        }
    }

    [Fact]
    public async Task Memory_says_what_the_store_says_after_readers_and_writers_met()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob");
        var isOver = false;
        var readers = Users.Select(user => Task.Run(async () =>
        {
            var seen = new Dictionary<ConversationKey, long>();
            while (!Volatile.Read(ref isOver))
            {
                foreach (var (state, ends) in await ListAsync(user))
                {
                    Assert.True(ends.Timeline >= seen.GetValueOrDefault(state.Conversation), "a conversation became shorter");
                    seen[state.Conversation] = ends.Timeline;
                }
            }
        })).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            for (var i = 0; i < 200; i++) await ActAsync(random, group);
        })));
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(readers);

        foreach (var user in Users) await CompareAsync(user);
    }

    [Fact]
    public async Task Who_was_told_of_a_message_finds_it_on_the_list_at_once()
    {
        for (var i = 1; i <= 50; i++)
        {
            var peer = $"peer{i % 5}";
            if (i <= 5) await Engine.GivenUsersAsync(peer);
            var sent = Value(await Engine.SayAsync("alice", peer, "hello"));

            var (_, ends) = (await ListAsync("alice")).Single(item => item.State.Conversation == Direct("alice", peer));
            Assert.Equal(sent.Sequence, ends.Timeline);
            Assert.Equal(sent.Sequence, (await Engine.Get<ConversationHeads>().EndsAsync(Direct("alice", peer), Ct)).Timeline);
        }
    }

    private async Task ActAsync(Random random, GroupId group)
    {
        var user = Users[random.Next(3)];
        var peer = Users[random.Next(3)];
        var pair = Direct(user, peer);
        var where = random.Next(2) == 0 ? pair : ConversationKey.Group(App, group);
        switch (random.Next(15))
        {
            case 0 or 1 or 2:
                await Engine.SayAsync(user, peer, "word");
                break;
            case 3 or 4:
                await Engine.SayAsync(user, group, "word");
                break;
            case 5:
                await MentionAsync(user, group);
                break;
            case 6:
                await Engine.Get<MarkRead>().RunAsync(As(user), new(user), where, await EndAsync(where), [], isQuiet: random.Next(2) == 0, Ct);
                break;
            case 7:
                var pinned = new ConversationSettings { IsPinned = random.Next(2) == 0 };
                await Engine.Get<ConfigureConversation>().RunAsync(As(user), new(user), where, pinned, Ct);
                break;
            case 8:
                await Engine.Get<ForgetConversations>().RunAsync(As(user), new(user), [where], Ct);
                break;
            case 9:
                await Engine.Get<ClearConversations>().RunAsync(As(user), new(user), [where], tellDevices: true, forEverybody: random.Next(2) == 0, Ct);
                break;
            case 10:
                await Engine.Get<RecallMessage>().RunAsync(Admin, new(user), where, await EndAsync(where), Ct);
                break;
            case 11:
                await Engine.Get<RemoveFromSight>().HideAsync(As(user), new(user), where, [await EndAsync(where)], tellDevices: true, Ct);
                break;
            case 12:
                await Engine.Get<RemoveFromSight>().EraseAsync(Admin, new(user), where, [await EndAsync(where)], Ct);
                break;
            case 13:
                if (!(await Engine.InviteAsync(Admin, group, "carol")).TryGet(out _, out _)) await Engine.KickAsync(Admin, group, "carol");
                break;
            default:
                await Engine.UpdateAsync(Admin, group, new GroupChange { Announcement = "news" });
                break;
        }
    }

    private async Task<long> EndAsync(ConversationKey key) => (await Engine.Get<ConversationHeads>().EndsAsync(key, Ct)).Timeline;

    private async Task MentionAsync(string user, GroupId group)
    {
        var draft = new MessageDraft
        {
            Origin = new DialectId(9),
            Content = ContentKind.Text,
            Body = Encoding.UTF8.GetBytes("hear"),
            ClientKey = default,
            Mentions = new([new("bob")], Everybody: true),
        };
        await Engine.Get<SendGroupMessage>().RunAsync(As(user), new(user), group, draft, Ct);
    }

    private async Task CompareAsync(string user)
    {
        await Engine.Get<ReadCursors>().FlushAsync();
        var stored = (await Engine.Get<IUserConversationStore>().ListAsync(App, new(user), Ct)).OrderBy(state => state.Conversation.Element).ToArray();
        var known = (await ListAsync(user)).OrderBy(item => item.State.Conversation.Element).ToArray();
        Assert.Equal(stored, known.Select(item => item.State));
        ConversationKey[] keys = [.. stored.Select(state => state.Conversation)];
        Assert.Equal(await Engine.Get<IEntryStore>().EndsAsync(keys, Ct), known.Select(item => item.Ends));
        Assert.Equal(
            Said(await Engine.Get<IEntryStore>().LastAsync(new(user), keys, Ct)),
            Said(await Engine.Get<LastEntries>().RunAsync(new(user), keys, Ct)));
    }

    private static string[] Said(IEnumerable<LastEntry> last) =>
        [.. last.Select(l => $"{l.Entry.Conversation} {l.Entry.Sequence} {l.Entry.Flags} {l.Read} {l.PeerRead}").Order()];

    private async Task<IReadOnlyList<(UserConversation State, ConversationEnds Ends)>> ListAsync(string user) =>
        await Engine.Get<UserConversations>().ListAsync(App, new(user), Ct);
}
