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
            Type = GroupTypes.Assembly.Id,
            Apply = ApplyRule.Open,
            Invite = InviteRule.Closed,
            MembersSeeMembers = false,
            MembersMayBefriend = false,
            NewcomersSeeHistory = false,
            MutedUntil = 7,
            InviteeConsents = true,
            IsListed = true,
            MemberLimit = 9,
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
        var bob = NewMember("bob") with { Nickname = "B", Avatar = "b", Extra = "x", Source = JoinSource.Invitation, Inviter = "alice", Operator = "o", MutedUntil = 4, IsAllowListed = true };
        await GivenGroupAsync(NewMember("alice", GroupRole.Owner), bob);
        Assert.Equivalent(bob, (await RosterAsync())!.Find(Bob), strict: true);

        await WriteAsync(new ChangeMembers(App, new GroupId("g"), [bob with { Role = GroupRole.Manager, MutedUntil = 0 }], 2, ChangesOrder: true));
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
        await WriteAsync(new AddMembers(App, new GroupId("g"), [NewMember("bob")], 3, HidesHistory: false));
        Assert.Equal(0, (await Get<IUserConversationStore>().FindAsync(Bob, Talk, Ct))!.MaxSequence);
    }

    [Fact]
    public async Task Groups_are_listed_by_the_bytes_of_their_ids()
    {
        string[] ids = ["b", "a", "B", "_", "ä", "a1"];
        foreach (var id in ids)
            await WriteAsync(new CreateGroup(App, NewGroup(id)), new AddMembers(App, new GroupId(id), [NewMember("alice")], 1, HidesHistory: false));

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

    [Fact]
    public async Task Who_may_not_see_history_begins_at_the_present_end_every_time()
    {
        await GivenGroupAsync(NewMember("alice", GroupRole.Owner));
        await WriteAsync(new WriteUnit(Said("1", Talk)));
        await WriteAsync(new WriteUnit([new AddMembers(App, new GroupId("g"), [NewMember("bob")], 2, HidesHistory: true)], Said("bob came", Talk)));

        var state = (await Get<IUserConversationStore>().FindAsync(Bob, Talk, Ct))!;
        Assert.Equal((2L, 1L, 0L), (state.MinSequence, state.ReadSequence, state.MaxSequence));
        await WriteAsync(new RemoveMembers(App, new GroupId("g"), [Bob], 3));
        await WriteAsync(new WriteUnit(Said("3", Talk)));
        await WriteAsync(new AddMembers(App, new GroupId("g"), [NewMember("bob")], 4, HidesHistory: true));
        state = (await Get<IUserConversationStore>().FindAsync(Bob, Talk, Ct))!;
        Assert.Equal((4L, 3L, 0L), (state.MinSequence, state.ReadSequence, state.MaxSequence));
        Assert.Equal(0, (await Get<IUserConversationStore>().FindAsync(Alice, Talk, Ct))!.MinSequence);
    }

    [Fact]
    public async Task Another_order_is_a_change_of_its_own()
    {
        var stream = new StreamKey(App, StreamKind.GroupMembers, "g");
        await GivenGroupAsync(NewMember("alice", GroupRole.Owner), NewMember("bob"));
        await WriteAsync(new ChangeMembers(App, new GroupId("g"), [NewMember("bob")], 2, ChangesOrder: false));
        Assert.Equal([new StreamChange("bob", StreamState.Updated)], (await Get<IStreamStore>().ReadAsync(stream, 1, 10, Ct)).Changes!);

        await WriteAsync(new ChangeMembers(App, new GroupId("g"), [NewMember("bob", GroupRole.Manager)], 3, ChangesOrder: true));
        var changes = (await Get<IStreamStore>().ReadAsync(stream, 2, 10, Ct)).Changes!;
        Assert.Equal(
            [StreamElements.Order, "bob"], changes.Select(c => c.Element).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_mark_reaches_the_members_of_one_group_and_keeps_other_marks()
    {
        await GivenGroupAsync(NewMember("alice"), NewMember("bob"));
        await WriteAsync(new CreateGroup(App, NewGroup("h")), new AddMembers(App, new GroupId("h"), [NewMember("alice")], 1, HidesHistory: false));
        await WriteAsync(new MarkMentioned(App, Talk, [Alice], MentionMark.Me));
        var before = (await Get<IStreamStore>().ReadAsync(new(App, StreamKind.Conversations, "bob"), 0, 10, Ct)).Version;
        await WriteAsync(new MarkMembers(App, new GroupId("g"), MentionMark.Announcement));

        async Task<MentionMark> MarkAsync(UserId user, string group) =>
            (await Get<IUserConversationStore>().FindAsync(user, ConversationKey.Group(App, new GroupId(group)), Ct))!.Mention;
        Assert.Equal((MentionMark.Me | MentionMark.Announcement, MentionMark.Announcement, MentionMark.None), (await MarkAsync(Alice, "g"), await MarkAsync(Bob, "g"), await MarkAsync(Alice, "h")));
        var changes = await Get<IStreamStore>().ReadAsync(new(App, StreamKind.Conversations, "bob"), before, 10, Ct);
        Assert.Equal([new StreamChange(Talk.Element, StreamState.Updated)], changes.Changes!);
    }

    [Fact]
    public async Task A_mention_counts_on_the_streams_of_those_who_are_mentioned()
    {
        await GivenGroupAsync(NewMember("alice"), NewMember("bob"));
        async Task<long> VersionAsync(string user) => (await Get<IStreamStore>().ReadAsync(new(App, StreamKind.Conversations, user), 0, 10, Ct)).Version;
        var (alice, bob) = (await VersionAsync("alice"), await VersionAsync("bob"));

        await WriteAsync(new MarkMentioned(App, Talk, [Alice], MentionMark.Me));

        Assert.Equal((alice + 1, bob), (await VersionAsync("alice"), await VersionAsync("bob")));
        var changes = await Get<IStreamStore>().ReadAsync(new(App, StreamKind.Conversations, "alice"), alice, 10, Ct);
        Assert.Equal([new StreamChange(Talk.Element, StreamState.Updated)], changes.Changes!);
    }

    [Fact]
    public async Task Users_in_too_many_groups_are_found()
    {
        foreach (var id in new[] { "g1", "g2" })
            await WriteAsync(new CreateGroup(App, NewGroup(id)), new AddMembers(App, new GroupId(id), [NewMember("bob")], 1, HidesHistory: false));

        Assert.Null(await Get<IGroupStore>().FindCrowdedAsync(App, [Alice, Bob], 3, Ct));
        Assert.Equal(Bob, await Get<IGroupStore>().FindCrowdedAsync(App, [Alice, Bob], 2, Ct));
        Assert.Null(await Get<IGroupStore>().FindCrowdedAsync(new AppId(2), [Bob], 1, Ct));
    }

    [Fact]
    public async Task Living_groups_are_found_by_a_part_of_their_name_in_pages()
    {
        await WriteAsync(new CreateGroup(App, NewGroup("g1") with { Name = "a_c", CreatedAt = 1 }));
        await WriteAsync(new CreateGroup(App, NewGroup("g2") with { Name = "abc", CreatedAt = 2 }));
        await WriteAsync(new CreateGroup(App, NewGroup("g3") with { Name = "xabcx", CreatedAt = 3 }));
        await WriteAsync(new CreateGroup(App, NewGroup("g4") with { Name = "abc", CreatedAt = 4, State = GroupState.Dismissed }));
        var groups = Get<IGroupStore>();

        Assert.Equal([new GroupId("g1")], (await groups.SearchAsync(App, "a_c", 0, 10, Ct)).Items);
        Assert.Equal([new GroupId("g3"), new GroupId("g2")], (await groups.SearchAsync(App, "abc", 0, 10, Ct)).Items);
        var page = await groups.SearchAsync(App, "", 1, 1, Ct);
        Assert.Equal(3, page.Total);
        Assert.Equal([new GroupId("g2")], page.Items);
        Assert.Equal(0, (await groups.SearchAsync(new AppId(2), "", 0, 10, Ct)).Total);
    }

    private async Task GivenGroupAsync(params Member[] members) =>
        Assert.Equal(Condition.None, await WriteAsync(new CreateGroup(App, NewGroup()), new AddMembers(App, new GroupId("g"), members, 1, HidesHistory: false)));

    private ValueTask<Roster?> RosterAsync() => Get<IGroupStore>().FindRosterAsync(App, new GroupId("g"), Ct);
}
