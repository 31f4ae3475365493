using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Groups;

public sealed class UpdateGroupTests : EngineTest
{
    [Fact]
    public async Task Everything_that_is_given_changes_and_the_rest_stays_also_after_a_restart()
    {
        var group = await Engine.GivenGroupAsync(g => g with { Introduction = "stays" }, members: ["bob"]);

        Value(await Engine.UpdateAsync(As("alice"), group, new GroupChange
        {
            Name = "new",
            Avatar = "face",
            Extra = "extra",
            Apply = ApplyRule.Open,
            Invite = InviteRule.ManagersOnly,
            MembersSeeMembers = false,
            MembersMayBefriend = false,
        }));
        await RestartAsync();

        var changed = (await Engine.RosterAsync(group)).Group;
        Assert.Equal(("new", "face", "extra", "stays", ""), (changed.Name, changed.Avatar, changed.Extra, changed.Introduction, changed.Announcement));
        Assert.Equal((ApplyRule.Open, InviteRule.ManagersOnly, false, false), (changed.Apply, changed.Invite, changed.MembersSeeMembers, changed.MembersMayBefriend));
    }

    [Fact]
    public async Task A_new_name_is_read_in_the_chat()
    {
        var group = await Engine.GivenGroupAsync(g => g with { Name = "old" }, members: ["bob"]);
        Value(await Engine.UpdateAsync(As("alice"), group, new GroupChange { Name = "new" }));

        var entry = Told[^1];
        var notice = Assert.IsType<GroupRenamed>(entry.Notice);
        Assert.Equal((LogChannel.Timeline, 2L, "old", "new"), (entry.Channel, entry.Sequence, notice.OldName, notice.Group.Group.Name));
    }

    [Fact]
    public async Task Other_facts_are_told_to_who_is_online_only()
    {
        var group = await Engine.GivenGroupAsync(g => g, members: ["bob"]);
        Value(await Engine.UpdateAsync(As("alice"), group, new GroupChange { Introduction = "we", Avatar = "face" }));

        var entry = Told[^1];
        Assert.Equal((LogChannel.Changes, 0L), (entry.Channel, entry.Sequence));
        Assert.Equal(GroupFields.Introduction | GroupFields.Avatar, Assert.IsType<GroupUpdated>(entry.Notice).Fields);
    }

    [Fact]
    public async Task An_announcement_has_its_author_and_marks_everybodys_conversation()
    {
        var group = await Engine.GivenGroupAsync(g => g, members: ["bob", "carol"]);
        Engine.Clock.Advance(TimeSpan.FromMinutes(1));
        var told = Told.Count;
        Value(await Engine.UpdateAsync(As("alice"), group, new GroupChange { Announcement = "hear" }));

        var now = Engine.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var changed = (await Engine.RosterAsync(group)).Group;
        Assert.Equal(("hear", now, "alice"), (changed.Announcement, changed.AnnouncedAt, changed.AnnouncedBy));
        foreach (var user in new[] { "alice", "bob", "carol" })
        {
            var state = await Engine.Get<UserConversations>().FindAsync(new(user), ConversationKey.Group(App, group), Ct);
            Assert.Equal(MentionMark.Announcement, state!.Mention);
        }

        var news = Told.Skip(told).ToArray();
        Assert.Single(news, e => e.Notice is GroupAnnounced && e.Sequence == 2);
        Assert.Equal(["alice", "bob", "carol"], news.Select(e => e.Notice).OfType<UserConversationsChanged>().Select(n => n.User.Value).Order());
    }

    [Fact]
    public async Task The_same_announcement_again_is_announced_again()
    {
        var group = await Engine.GivenGroupAsync(g => g);
        Value(await Engine.UpdateAsync(As("alice"), group, new GroupChange { Announcement = "hear" }));
        Engine.Clock.Advance(TimeSpan.FromMinutes(1));
        Value(await Engine.UpdateAsync(As("alice"), group, new GroupChange { Announcement = "hear" }));

        Assert.Equal(2, Told.Count(e => e.Notice is GroupAnnounced));
    }

    [Fact]
    public async Task A_change_of_nothing_is_done_and_told_to_nobody()
    {
        var group = await Engine.GivenGroupAsync(g => g with { Name = "same" }, members: ["bob"]);
        var (told, version) = (Told.Count, (await Engine.RosterAsync(group)).Version);

        Assert.Equal(Condition.None, ConditionOf(await Engine.UpdateAsync(As("alice"), group, new GroupChange { Name = "same" })));
        Assert.Equal((told, version), (Told.Count, (await Engine.RosterAsync(group)).Version));
        Assert.Equal(Condition.NotGroupManager, ConditionOf(await Engine.UpdateAsync(As("bob"), group, new GroupChange())));
    }

    [Fact]
    public async Task Texts_have_limits()
    {
        var limits = Engine.Get<EngineLimits>();
        var group = await Engine.GivenGroupAsync(g => g);
        async Task<Condition> Set(GroupChange change) => ConditionOf(await Engine.UpdateAsync(As("alice"), group, change));

        Assert.Equal(Condition.None, await Set(new() { Name = new('n', limits.MaxNameBytes) }));
        Assert.Equal(Condition.GroupNameTooLong, await Set(new() { Name = new('n', limits.MaxNameBytes + 1) }));
        Assert.Equal(Condition.GroupNameTooLong, await Set(new() { Name = new('名', (limits.MaxNameBytes / 3) + 1) }));
        Assert.Equal(Condition.None, await Set(new() { Announcement = new('a', limits.MaxGroupTextBytes) }));
        Assert.Equal(Condition.GroupTextTooLong, await Set(new() { Announcement = new('a', limits.MaxGroupTextBytes + 1) }));
        Assert.Equal(Condition.GroupTextTooLong, await Set(new() { Introduction = new('i', limits.MaxGroupTextBytes + 1) }));
        Assert.Equal(Condition.GroupTextTooLong, await Set(new() { Avatar = new('f', limits.MaxGroupTextBytes + 1) }));
        Assert.Equal(Condition.GroupTextTooLong, await Set(new() { Extra = new('x', limits.MaxGroupTextBytes + 1) }));
    }

    [Fact]
    public async Task A_group_that_is_not_there_or_over_is_not_changed()
    {
        var group = await Engine.GivenGroupAsync(g => g);
        Value(await Engine.DismissAsync(As("alice"), group));

        Assert.Equal(Condition.GroupDismissed, ConditionOf(await Engine.UpdateAsync(As("alice"), group, new GroupChange { Name = "x" })));
        Assert.Equal(Condition.GroupNotFound, ConditionOf(await Engine.UpdateAsync(As("alice"), new GroupId("none"), new GroupChange { Name = "x" })));
    }

    [Fact]
    public async Task A_transfer_makes_the_old_owner_a_member_like_others()
    {
        var group = await Engine.GivenGroupAsync(g => g, members: ["carol"], managers: ["bob"]);
        Value(await Engine.MuteAsync(As("alice"), group, "carol"));
        Value(await Engine.TransferAsync(As("alice"), group, "alice", "carol"));

        var roster = await Engine.RosterAsync(group);
        Assert.Equal(["carol", "bob", "alice"], roster.Members.Select(m => m.User.Value));
        Assert.Equal((new UserId("carol"), GroupRole.Owner, 0L), (roster.Group.Owner, roster.Members[0].Role, roster.Members[0].MutedUntil));
        var notice = Assert.IsType<GroupTransferred>(Told[^1].Notice);
        Assert.Equal((GroupRole.Owner, GroupRole.Member), (notice.NewOwner.Member!.Role, notice.OldOwner.Member!.Role));
        Assert.Equal(Condition.NotGroupOwner, ConditionOf(await Engine.DismissAsync(As("alice"), group)));
        await RestartAsync();
        Assert.Equal("carol", (await Engine.RosterAsync(group)).Group.Owner.Value);
    }

    [Fact]
    public async Task Transfers_are_refused_for_their_reasons()
    {
        var group = await Engine.GivenGroupAsync(g => g, members: ["bob"]);
        async Task<Condition> Transfer(string by, string from, string to) => ConditionOf(await Engine.TransferAsync(As(by), group, from, to));

        Assert.Equal(Condition.NewOwnerIsOwner, await Transfer("alice", "alice", "alice"));
        Assert.Equal(Condition.NewOwnerNotMember, await Transfer("alice", "alice", "carol"));
        Assert.Equal(Condition.NotGroupOwner, await Transfer("bob", "alice", "bob"));
        Assert.Equal(Condition.NotGroupOwner, ConditionOf(await Engine.TransferAsync(Admin, group, "bob", "alice")));
        Assert.Equal(Condition.None, ConditionOf(await Engine.TransferAsync(Admin, group, "alice", "bob")));
    }

    [Fact]
    public async Task Founding_with_an_announcement_tells_both()
    {
        var group = await Engine.GivenGroupAsync(g => g with { Announcement = "welcome" }, members: ["bob"]);

        Assert.Equal([typeof(GroupCreated), typeof(GroupAnnounced)], Told.Select(e => e.Notice!.GetType()));
        var founded = (await Engine.RosterAsync(group)).Group;
        Assert.Equal((founded.CreatedAt, "alice"), (founded.AnnouncedAt, founded.AnnouncedBy));
    }

    [Fact]
    public async Task A_quiet_foundation_is_told_to_who_is_online_only()
    {
        var group = new Group { App = App, Id = new("quiet"), Owner = new("alice"), Creator = new("alice") };
        Value(await Engine.Get<CreateGroup>().RunAsync(As("alice"), group, [], NoticeReach.Online, Ct));

        var entry = Assert.Single(Told);
        Assert.Equal((0L, true), (entry.Sequence, entry.Notice is GroupCreated));
        Assert.Empty(Value(await Engine.PullAsync("alice", ConversationKey.Group(App, group.Id))).Entries);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with\ncontrol")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task An_id_that_cannot_be_a_key_is_refused(string id)
    {
        var group = new Group { App = App, Id = new(id), Owner = new("alice"), Creator = new("alice") };

        Assert.Equal(Condition.GroupIdInvalid, ConditionOf(await Engine.CreateAsync(As("alice"), group)));
    }

    [Fact]
    public async Task A_mute_of_the_group_ends_when_it_says_so()
    {
        var group = await Engine.GivenGroupAsync(g => g, members: ["carol"], managers: ["bob"]);
        var until = Engine.Clock.GetUtcNow().AddMinutes(10);
        Value(await Engine.MuteAsync(As("bob"), group, until.ToUnixTimeMilliseconds()));

        var refused = await Engine.SayAsync("carol", group, "hello");
        Assert.False(refused.TryGet(out _, out var refusal));
        Assert.Equal((Condition.GroupMuted, until), (refusal.Condition, refusal.Until));
        Engine.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(Condition.None, ConditionOf(await Engine.SayAsync("carol", group, "hello")));
    }

    [Fact]
    public async Task A_mute_for_ever_is_lifted_by_who_may()
    {
        var group = await Engine.GivenGroupAsync(g => g, members: ["carol"], managers: ["bob"]);
        Value(await Engine.MuteAsync(As("bob"), group));
        Engine.Clock.Advance(TimeSpan.FromDays(10_000));
        await RestartAsync();

        Assert.Equal(Condition.GroupMuted, ConditionOf(await Engine.SayAsync("carol", group, "hello")));
        Assert.Equal(Condition.NotGroupManager, ConditionOf(await Engine.MuteAsync(As("carol"), group, until: 0)));
        Value(await Engine.MuteAsync(As("bob"), group, until: 0));
        Assert.IsType<GroupUnmuted>(Told[^1].Notice);
        Assert.Equal(Condition.None, ConditionOf(await Engine.SayAsync("carol", group, "hello")));
    }

    [Fact]
    public async Task Groups_are_found_by_a_part_of_their_name_by_administrators()
    {
        await Engine.GivenGroupAsync(g => g with { Name = "100% of us" });
        Engine.Clock.Advance(TimeSpan.FromSeconds(1));
        await Engine.GivenGroupAsync(g => g with { Name = "1000 of us" });
        var over = await Engine.GivenGroupAsync(g => g with { Name = "100% of them" });
        Value(await Engine.DismissAsync(As("alice"), over));

        Assert.Equal(["100% of us"], Value(await Engine.Get<FindGroups>().RunAsync(Admin, "0% o", 0, 10, Ct)).Items.Select(r => r.Group.Name));
        var all = Value(await Engine.Get<FindGroups>().RunAsync(Admin, "", 0, 1, Ct));
        Assert.Equal((2, "1000 of us"), (all.Total, all.Items.Single().Group.Name));
        Assert.Equal("100% of us", Value(await Engine.Get<FindGroups>().RunAsync(Admin, "", 1, 1, Ct)).Items.Single().Group.Name);
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Engine.Get<FindGroups>().RunAsync(As("alice"), "", 0, 1, Ct)));
    }
}
