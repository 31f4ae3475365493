using System.Collections.Immutable;
using Dragoman.Engine;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests.Suites;

public abstract class GroupSuite(TestStorage storage) : StorageSuite(storage)
{
    private static readonly ConversationKey Talk = ConversationKey.Group(TestEngine.App, new GroupId("g"));

    [Fact]
    public async Task A_group_comes_back_as_it_was_created_and_as_it_was_changed()
    {
        var group = NewGroup() with
        {
            Avatar = "a",
            Introduction = "i",
            Announcement = "n",
            AnnouncedAt = 5,
            AnnouncedBy = "alice",
            Extra = "e",
            CreatedAt = 6,
            Join = JoinMode.Open,
            Traits = ImmutableDictionary<string, string>.Empty.Add("k", "v"),
        };
        await WriteAsync(new CreateGroup(App, group));
        var roster = (await RosterAsync())!;
        Assert.Equivalent(group with { Number = roster.Group.Number }, roster.Group, strict: true);
        Assert.True(roster.Group.Number > 0);

        var changed = group with { Number = roster.Group.Number, Name = "other", State = GroupState.Dismissed, Owner = Bob };
        await WriteAsync(new PutGroup(App, changed, 2));
        Assert.Equivalent(changed, (await RosterAsync())!.Group, strict: true);
        Assert.Null(await Get<IGroupStore>().FindRosterAsync(App, new GroupId("none"), Ct));
        Assert.Null(await Get<IGroupStore>().FindRosterAsync(new AppId(2), new GroupId("g"), Ct));
    }

    [Fact]
    public async Task An_id_is_taken_once()
    {
        Assert.Equal(Condition.None, await WriteAsync(new CreateGroup(App, NewGroup())));
        Assert.Equal(Condition.GroupExists, await WriteAsync(new CreateGroup(App, NewGroup() with { Name = "second" })));
        Assert.Equal("group", (await RosterAsync())!.Group.Name);
    }

    [Fact]
    public async Task Members_come_change_and_go()
    {
        var bob = NewMember("bob") with { Nickname = "B", Avatar = "b", Extra = "x", Source = JoinSource.Invitation, Inviter = "alice", Operator = "o", MutedUntil = 4 };
        await GivenGroupAsync(NewMember("alice", GroupRole.Owner), bob);
        Assert.Equivalent(bob, (await RosterAsync())!.Find(Bob), strict: true);

        await WriteAsync(new PutMembers(App, new GroupId("g"), [bob with { Role = GroupRole.Manager, MutedUntil = 0 }], 2));
        Assert.Equal(GroupRole.Manager, (await RosterAsync())!.RoleOf(Bob));
        await WriteAsync(new RemoveMembers(App, new GroupId("g"), [Bob], 3));

        var roster = (await RosterAsync())!;
        Assert.Equal([Alice], roster.Members.Select(m => m.User));
        Assert.Equal(3, roster.Version);
        Assert.Empty(await Get<IGroupStore>().ListOfAsync(App, Bob, Ct));
        Assert.Equal([new GroupId("g")], await Get<IGroupStore>().ListOfAsync(App, Alice, Ct));
    }

    [Fact]
    public async Task Who_is_removed_can_read_up_to_the_notice_about_it()
    {
        await GivenGroupAsync(NewMember("alice", GroupRole.Owner), NewMember("bob"));
        await WriteAsync(new WriteUnit(Said("1", Talk)));
        await WriteAsync(new WriteUnit([new RemoveMembers(App, new GroupId("g"), [Bob], 2)], Said("bob was removed", Talk)));
        await WriteAsync(new WriteUnit(Said("3", Talk)));

        Assert.Equal(2, (await Get<IUserConversationStore>().FindAsync(Bob, Talk, Ct))!.MaxSequence);
        Assert.Equal(0, (await Get<IUserConversationStore>().FindAsync(Alice, Talk, Ct))!.MaxSequence);
        await WriteAsync(new PutMembers(App, new GroupId("g"), [NewMember("bob")], 3));
        Assert.Equal(0, (await Get<IUserConversationStore>().FindAsync(Bob, Talk, Ct))!.MaxSequence);
    }

    [Fact]
    public async Task Groups_are_listed_by_the_bytes_of_their_ids()
    {
        string[] ids = ["b", "a", "B", "_", "ä", "a1"];
        foreach (var id in ids)
            await WriteAsync(new CreateGroup(App, NewGroup(id)), new PutMembers(App, new GroupId(id), [NewMember("alice")], 1));

        var listed = await Get<IGroupStore>().ListOfAsync(App, Alice, Ct);
        Assert.Equal(ids.Order(StringComparer.Ordinal), listed.Select(g => g.Value));
    }

    [Fact]
    public async Task A_large_group_is_one_unit_and_so_is_its_renaming()
    {
        var members = Enumerable.Range(0, 2_000).Select(i => NewMember($"u{i}")).ToArray();
        await GivenGroupAsync(members);
        await WriteAsync(new PutGroup(App, NewGroup() with { Name = "renamed" }, 2));

        Assert.Equal(2_000, (await RosterAsync())!.Count);
        var stream = new StreamKey(App, StreamKind.JoinedGroups, "u1999");
        Assert.Equal([new StreamChange("g", StreamState.Updated)], (await Get<IStreamStore>().ReadAsync(stream, 1, 10, Ct)).Changes!);
    }

    private async Task GivenGroupAsync(params Member[] members) =>
        Assert.Equal(Condition.None, await WriteAsync(new CreateGroup(App, NewGroup()), new PutMembers(App, new GroupId("g"), members, 1)));

    private ValueTask<Roster?> RosterAsync() => Get<IGroupStore>().FindRosterAsync(App, new GroupId("g"), Ct);
}
