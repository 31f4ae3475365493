using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Topics;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests.Suites;

public abstract class TopicSuite(TestStorage storage) : StorageSuite(storage)
{
    private static readonly GroupId Parent = new("g");
    private static readonly TopicId Id = new("t");

    private static Topic Facts(string id = "t", string group = "g", long root = 3) => new()
    {
        App = App,
        Parent = new(group),
        Id = new(id),
        Kind = TopicKind.Thread,
        RootSequence = root,
        RootMessage = 77,
        Name = "name",
        Avatar = "avatar",
        Introduction = "introduction",
        Announcement = "announcement",
        Extra = "extra",
        Owner = Alice,
        CreatedAt = 5,
    };

    private ITopicStore Store => Get<ITopicStore>();

    [Fact]
    public async Task A_topic_reads_as_it_was_written()
    {
        await WriteAsync(new AddTopic(App, Facts()), new AddTopicMembers(App, Parent, Id, [Alice, Bob], 9));
        var changed = Facts() with { Name = "other", MutedUntil = 8 };
        await WriteAsync(new PutTopic(App, changed), new CountWithdrawn(App, Parent, Id), new CountWithdrawn(App, Parent, Id));
        await RestartAsync();

        var roster = (await Store.FindAsync(App, Id, Ct))!;

        Assert.Equal(changed with { Number = roster.Topic.Number, Withdrawn = 2 }, roster.Topic);
        Assert.True(roster.Topic.Number > 0);
        Assert.Equal([Alice, Bob], roster.Members);
        Assert.Null(await Store.FindAsync(new AppId(2), Id, Ct));
        Assert.NotNull(await Get<IUserConversationStore>().FindAsync(Bob, changed.Conversation, Ct));
    }

    [Fact]
    public async Task A_message_has_one_living_thread_and_an_id_is_used_once()
    {
        await WriteAsync(new AddTopic(App, Facts()));

        Assert.Equal(Condition.TopicExists, await WriteAsync(new AddTopic(App, Facts("t", root: 4))));
        Assert.Equal(Condition.TopicExists, await WriteAsync(new AddTopic(App, Facts("u"))));
        Assert.Equal(Condition.None, await WriteAsync(new AddTopic(App, Facts("v", group: "h"))));
        await WriteAsync(new EndTopic(App, Parent, Id, []));
        Assert.Equal(Condition.TopicExists, await WriteAsync(new AddTopic(App, Facts())));
        Assert.Equal(Condition.None, await WriteAsync(new AddTopic(App, Facts("u"))));
    }

    [Fact]
    public async Task Topics_are_listed_of_the_app_a_group_and_a_member_in_both_directions()
    {
        string[] ids = ["a", "b", "c", "d"];
        for (var i = 0; i < ids.Length; i++) await WriteAsync(new AddTopic(App, Facts(ids[i], group: i < 3 ? "g" : "h", root: i + 1)));
        await WriteAsync(new AddTopicMembers(App, Parent, new("a"), [Bob], 1), new AddTopicMembers(App, Parent, new("c"), [Bob], 1), new AddTopicMembers(App, new("h"), new("d"), [Bob], 1));

        Assert.Equal("d c b a", await ListAsync(new(null, 10, IsOldestFirst: false)));
        Assert.Equal("a b", await ListAsync(new(null, 2, IsOldestFirst: true)));
        Assert.Equal("c b a", await ListAsync(new(null, 10, IsOldestFirst: false) { Group = Parent }));
        Assert.Equal("d c a", await ListAsync(new(null, 10, IsOldestFirst: false) { Member = Bob }));
        Assert.Equal("a c", await ListAsync(new(null, 10, IsOldestFirst: true) { Member = Bob, Group = Parent }));
        var first = (await Store.PageAsync(App, new(null, 1, IsOldestFirst: false) { Group = Parent }, Ct))[0];
        Assert.Equal("b a", await ListAsync(new(first.Number, 10, IsOldestFirst: false) { Group = Parent }));
        Assert.Equal((4, 3, 0), (await Store.CountAsync(App, Ct), await Store.CountJoinedAsync(App, Bob, Ct), await Store.CountJoinedAsync(App, Alice, Ct)));
        Assert.Equal(["b", "c"], (await Store.UnderAsync(App, Parent, 2, 3, Ct)).Select(topic => topic.Id.Value).Order());
    }

    [Fact]
    public async Task Who_leaves_reads_up_to_there_and_who_comes_back_reads_on()
    {
        await WriteAsync(new AddTopic(App, Facts()), new AddTopicMembers(App, Parent, Id, [Alice, Bob], 1));
        var key = Facts().Conversation;
        await WriteAsync(new WriteUnit(Said("one", key)));
        await WriteAsync(new RemoveTopicMembers(App, Parent, Id, [Bob]));
        await WriteAsync(new WriteUnit(Said("two", key)));

        Assert.Equal(1, (await Get<IUserConversationStore>().FindAsync(Bob, key, Ct))!.MaxSequence);
        Assert.Equal([Alice], (await Store.FindAsync(App, Id, Ct))!.Members);
        await WriteAsync(new AddTopicMembers(App, Parent, Id, [Bob], 2));
        Assert.Equal(0, (await Get<IUserConversationStore>().FindAsync(Bob, key, Ct))!.MaxSequence);
    }

    [Fact]
    public async Task Who_leaves_a_thread_in_which_nothing_was_said_keeps_nothing()
    {
        await WriteAsync(new AddTopic(App, Facts()), new AddTopicMembers(App, Parent, Id, [Bob], 1));
        await WriteAsync(new RemoveTopicMembers(App, Parent, Id, [Bob]));

        Assert.Null(await Get<IUserConversationStore>().FindAsync(Bob, Facts().Conversation, Ct));
    }

    [Fact]
    public async Task Who_leaves_the_group_leaves_its_threads()
    {
        await WriteAsync(new CreateGroup(App, NewGroup()), new AddMembers(App, Parent, [NewMember("alice", GroupRole.Owner), NewMember("bob")], 1, HidesHistory: false));
        await WriteAsync(new AddTopic(App, Facts()), new AddTopicMembers(App, Parent, Id, [Alice, Bob], 1));
        await WriteAsync(new AddTopic(App, Facts("u", group: "h")), new AddTopicMembers(App, new("h"), new("u"), [Bob], 1));
        await WriteAsync(new WriteUnit(Said("one", Facts().Conversation)));
        Assert.Equal([Id], await Store.JoinedAsync(App, Parent, [Alice, Bob], Ct));

        await WriteAsync(new RemoveMembers(App, Parent, [Bob], 2));

        Assert.Equal([Alice], (await Store.FindAsync(App, Id, Ct))!.Members);
        Assert.Equal([Bob], (await Store.FindAsync(App, new("u"), Ct))!.Members);
        Assert.Equal(1, (await Get<IUserConversationStore>().FindAsync(Bob, Facts().Conversation, Ct))!.MaxSequence);
    }

    [Fact]
    public async Task An_ended_topic_takes_what_was_said_with_it()
    {
        await WriteAsync(new AddTopic(App, Facts()), new AddTopicMembers(App, Parent, Id, [Alice, Bob], 1));
        await WriteAsync(new WriteUnit(Said("one", Facts().Conversation)));

        await WriteAsync(new EndTopic(App, Parent, Id, [Alice, Bob]));

        Assert.Null(await Store.FindAsync(App, Id, Ct));
        Assert.Empty(await EntriesAsync(Facts().Conversation));
        Assert.Null(await Get<IUserConversationStore>().FindAsync(Bob, Facts().Conversation, Ct));
        Assert.Equal((0, 0), (await Store.CountAsync(App, Ct), await Store.CountJoinedAsync(App, Bob, Ct)));
    }

    [Fact]
    public async Task All_topics_of_a_group_end_with_it()
    {
        await WriteAsync(new AddTopic(App, Facts()), new AddTopic(App, Facts("u", root: 9)), new AddTopic(App, Facts("v", group: "h")));

        await WriteAsync(new EndTopicsOf(App, Parent));

        Assert.Equal("v", await ListAsync(new(null, 10, IsOldestFirst: true)));
    }

    [Fact]
    public async Task Topics_are_on_no_list_that_knows_none()
    {
        await WriteAsync(new AddTopic(App, Facts()), new AddTopicMembers(App, Parent, Id, [Bob], 1));

        Assert.Equal(0, (await Get<IUserConversationStore>().PageAsync(App, Bob, 0, 10, Ct)).Total);
        Assert.Equal(ConversationKind.Topic, Assert.Single(await Get<IUserConversationStore>().ListAsync(App, Bob, Ct)).Conversation.Kind);
    }

    private async Task<string> ListAsync(TopicQuery query) => string.Join(' ', (await Store.PageAsync(App, query, Ct)).Select(topic => topic.Id.Value));
}
