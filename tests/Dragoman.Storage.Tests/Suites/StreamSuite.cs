using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests.Suites;

public abstract class StreamSuite(TestStorage storage) : StorageSuite(storage)
{
    [Fact]
    public async Task A_stream_counts_its_changes_and_keeps_the_newest_state_of_each_element()
    {
        var (first, second) = (Talk("x"), Talk("y"));
        await WriteAsync(Put(first));
        await WriteAsync(Put(second));
        await WriteAsync(Put(first));

        Assert.Equal(3, (await ReadAsync(0)).Version);
        Assert.Equal([new(second.Element, StreamState.Inserted), new(first.Element, StreamState.Updated)], (await ReadAsync(0)).Changes!);
        Assert.Equal([new StreamChange(first.Element, StreamState.Updated)], (await ReadAsync(2)).Changes!);
        Assert.Empty((await ReadAsync(3)).Changes!);
    }

    [Fact]
    public async Task Changes_of_one_unit_count_one_by_one()
    {
        var keys = Enumerable.Range(0, 5).Select(i => Talk($"p{i}")).ToArray();
        await WriteAsync([.. keys.Select(Put), Put(keys[0])]);

        Assert.Equal(6, (await ReadAsync(0)).Version);
        Assert.Equal([.. keys.Skip(1).Select(k => k.Element), keys[0].Element], (await ReadAsync(0)).Changes!.Select(c => c.Element));
        Assert.Equal([keys[4].Element, keys[0].Element], (await ReadAsync(4)).Changes!.Select(c => c.Element));
    }

    [Fact]
    public async Task More_changes_than_asked_for_are_none()
    {
        for (var i = 0; i < 4; i++) await WriteAsync(Put(Talk($"p{i}")));

        Assert.Null((await ReadAsync(0, limit: 3)).Changes);
        Assert.Equal(4, (await ReadAsync(0, limit: 4)).Changes!.Count);
    }

    [Fact]
    public async Task The_members_of_a_group_have_the_version_that_the_engine_gave_them()
    {
        var group = new GroupId("g");
        await WriteAsync(new CreateGroup(App, NewGroup()), new AddMembers(App, group, [NewMember("alice", GroupRole.Owner), NewMember("bob")], 1, HidesHistory: false));
        await WriteAsync(new PutGroup(App, NewGroup() with { Name = "n" }, 2));
        await WriteAsync(new RemoveMembers(App, group, [Bob], 3));

        var members = await Get<IStreamStore>().ReadAsync(new(App, StreamKind.GroupMembers, "g"), 1, 10, Ct);
        Assert.Equal(3, members.Version);
        Assert.Equal([new("", StreamState.Updated), new("bob", StreamState.Deleted)], members.Changes!);
        var joined = await Get<IStreamStore>().ReadAsync(new(App, StreamKind.JoinedGroups, "bob"), 0, 10, Ct);
        Assert.Equal([new("g", StreamState.Deleted)], joined.Changes!);
        Assert.Equal(3, joined.Version);
    }

    [Fact]
    public async Task A_conversation_that_begins_is_a_change_of_both_lists()
    {
        await WriteAsync(new WriteUnit(Said("hello")));

        foreach (var user in new[] { "alice", "bob" })
        {
            var delta = await Get<IStreamStore>().ReadAsync(new(App, StreamKind.Conversations, user), 0, 10, Ct);
            Assert.Equal([new StreamChange(Pair.Element, StreamState.Inserted)], delta.Changes!);
        }
    }

    [Fact]
    public async Task Who_left_and_came_back_in_one_batch_is_there()
    {
        var group = new GroupId("g");
        await WriteAsync(new CreateGroup(App, NewGroup()), new AddMembers(App, group, [NewMember("bob")], 1, HidesHistory: false));
        await Task.WhenAll(
            WriteAsync(new RemoveMembers(App, group, [Bob], 2)),
            WriteAsync(new AddMembers(App, group, [NewMember("bob")], 3, HidesHistory: false)),
            WriteAsync(new PutGroup(App, NewGroup() with { Name = "n" }, 4)));

        var joined = await Get<IStreamStore>().ReadAsync(new(App, StreamKind.JoinedGroups, "bob"), 0, 10, Ct);
        Assert.Equal((4L, new StreamChange("g", StreamState.Updated)), (joined.Version, joined.Changes!.Single()));
    }

    [Fact]
    public async Task A_storage_keeps_its_name()
    {
        var id = Get<IStreamStore>().StorageId;
        await RestartAsync();

        Assert.Equal(32, id.Length);
        Assert.Equal(id, Get<IStreamStore>().StorageId);
    }

    // Of groups: a pair would come onto both lists by itself.
    private static ConversationKey Talk(string group) => ConversationKey.Group(App, new GroupId(group));

    private static PutUserConversation Put(ConversationKey key) => new(App, new UserConversation { User = Alice, Conversation = key });

    private ValueTask<StreamDelta> ReadAsync(long since, int limit = 100) =>
        Get<IStreamStore>().ReadAsync(new(App, StreamKind.Conversations, "alice"), since, limit, Ct);
}
