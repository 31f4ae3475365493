using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Notices;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Groups;

public sealed class MemberTests : EngineTest
{
    [Fact]
    public async Task A_mute_has_its_end_its_notice_and_its_lifting()
    {
        var group = await Engine.GivenGroupAsync(g => g, members: ["carol"], managers: ["bob"]);
        var until = Engine.Clock.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds();
        Value(await Engine.MuteAsync(As("bob"), group, "carol", until));

        var muted = Assert.IsType<MemberMuted>(Told[^1].Notice);
        Assert.Equal(("carol", until, until), (muted.Member.Id.Value, muted.Until, muted.Member.Member!.MutedUntil));
        Assert.Equal(2, Told[^1].Sequence);
        await RestartAsync();
        Assert.Equal(until, (await Engine.MemberAsync(group, "carol")).MutedUntil);
        Assert.Equal(Condition.SenderMuted, ConditionOf(await Engine.SayAsync("carol", group, "hello")));
        Value(await Engine.MuteAsync(As("alice"), group, "carol", until: 0));
        Assert.Equal("carol", Assert.IsType<MemberUnmuted>(Told[^1].Notice).Member.Id.Value);
        Assert.Equal(Condition.None, ConditionOf(await Engine.SayAsync("carol", group, "hello")));
    }

    [Fact]
    public async Task Mutes_are_refused_for_their_reasons()
    {
        await Engine.GivenUsersAsync("dave");
        var group = await Engine.GivenGroupAsync(g => g, members: ["carol"], managers: ["bob"]);

        Assert.Equal(Condition.NotGroupMember, ConditionOf(await Engine.MuteAsync(As("dave"), group, "carol")));
        Assert.Equal(Condition.TargetNotMember, ConditionOf(await Engine.MuteAsync(As("alice"), group, "dave")));
        Assert.Equal(Condition.TargetIsOwner, ConditionOf(await Engine.MuteAsync(As("bob"), group, "alice")));
        Assert.Equal(Condition.TargetIsOwner, ConditionOf(await Engine.MuteAsync(Admin, group, "alice")));
        Assert.Equal(Condition.NotGroupManager, ConditionOf(await Engine.MuteAsync(As("carol"), group, "bob")));
    }

    [Fact]
    public async Task A_card_in_the_group_hides_the_account_until_it_is_empty_again()
    {
        var group = await Engine.GivenGroupAsync(g => g, members: ["bob"]);
        Value(await Engine.UpdateAsync(As("bob"), group, new MemberChange(new("bob")) { Nickname = "Bobby", Avatar = "face", Extra = "x" }));

        var changed = Assert.IsType<MemberCardChanged>(Told[^1].Notice);
        Assert.Equal(("Bobby", "face", "x", 0L), (changed.Member.Member!.Nickname, changed.Member.Member.Avatar, changed.Member.Member.Extra, Told[^1].Sequence));
        Value(await Engine.UpdateAsync(As("bob"), group, new MemberChange(new("bob")) { Nickname = "" }));
        await RestartAsync();
        var member = await Engine.MemberAsync(group, "bob");
        Assert.Equal(("", "face", "x"), (member.Nickname, member.Avatar, member.Extra));
    }

    [Fact]
    public async Task Each_changed_member_is_a_version_of_its_own()
    {
        var group = await Engine.GivenGroupAsync(g => g, members: ["bob", "carol"]);
        var told = Told.Count;
        Value(await Engine.UpdateAsync(
            As("alice"),
            group,
            new MemberChange(new("bob")) { Role = GroupRole.Manager, Nickname = "B" },
            new MemberChange(new("carol")) { Nickname = "C" }));

        var news = Told.Skip(told).Select(e => (GroupNotice)e.Notice!).ToArray();
        Assert.Equal([typeof(MemberRoleChanged), typeof(MemberCardChanged), typeof(MemberCardChanged)], news.Select(n => n.GetType()));
        Assert.Equal([2L, 2L, 3L], news.Select(n => n.Group.Version));
        Assert.Equal(3, (await Engine.RosterAsync(group)).Version);
        await RestartAsync();
        Assert.Equal((3L, GroupRole.Manager), ((await Engine.RosterAsync(group)).Version, (await Engine.MemberAsync(group, "bob")).Role));
    }

    [Fact]
    public async Task Changes_of_members_are_refused_for_their_reasons_and_then_none_is_made()
    {
        var group = await Engine.GivenGroupAsync(g => g, members: ["carol"], managers: ["bob"]);
        async Task<Condition> Change(string by, params MemberChange[] changes) => ConditionOf(await Engine.UpdateAsync(As(by), group, changes));
        static MemberChange Role(string user, GroupRole role) => new(new(user)) { Role = role };

        Assert.Equal(Condition.OwnRoleFixed, await Change("alice", Role("alice", GroupRole.Member)));
        Assert.Equal(Condition.OwnRoleFixed, ConditionOf(await Engine.UpdateAsync(Admin, group, Role("alice", GroupRole.Member))));
        Assert.Equal(Condition.RoleNotAssignable, await Change("alice", Role("bob", GroupRole.Owner)));
        Assert.Equal(Condition.CannotPromoteSelf, await Change("carol", Role("carol", GroupRole.Manager)));
        Assert.Equal(Condition.NotGroupManager, await Change("carol", Role("bob", GroupRole.Member)));
        Assert.Equal(Condition.TargetOutranks, await Change("bob", new MemberChange(new("alice")) { Nickname = "boss" }));
        Assert.Equal(Condition.TargetNotMember, await Change("alice", new MemberChange(new("nobody")) { Nickname = "x" }));
        Assert.Equal(Condition.GroupMembersRepeated, await Change("alice", Role("bob", GroupRole.Member), Role("bob", GroupRole.Manager)));
        Assert.Equal(Condition.TargetNotMember, await Change("alice", new MemberChange(new("carol")) { Nickname = "C" }, new MemberChange(new("nobody"))));
        Assert.Equal("", (await Engine.MemberAsync(group, "carol")).Nickname);
        Assert.Equal(Condition.None, await Change("bob", Role("carol", GroupRole.Manager)));
        Assert.Equal(Condition.None, await Change("bob", Role("bob", GroupRole.Member)));
    }

    [Fact]
    public async Task Names_in_a_group_have_a_limit()
    {
        var (group, limit) = (await Engine.GivenGroupAsync(g => g), Engine.Get<EngineLimits>().MaxNameBytes);

        Assert.Equal(Condition.None, ConditionOf(await Engine.UpdateAsync(As("alice"), group, new MemberChange(new("alice")) { Nickname = new('n', limit) })));
        Assert.Equal(Condition.GroupNameTooLong, ConditionOf(await Engine.UpdateAsync(As("alice"), group, new MemberChange(new("alice")) { Nickname = new('n', limit + 1) })));
    }

    [Fact]
    public async Task An_accounts_new_name_shows_where_the_member_has_none_of_his_own()
    {
        var plain = await Engine.GivenGroupAsync(g => g, members: ["bob"]);
        var named = await Engine.GivenGroupAsync(g => g, members: ["bob"]);
        Value(await Engine.UpdateAsync(As("bob"), named, new MemberChange(new("bob")) { Nickname = "Bobby", Avatar = "own" }));
        var (told, version) = (Told.Count, (await Engine.RosterAsync(named)).Version);

        Value(await Engine.Get<UpdateProfile>().RunAsync(As("bob"), new("bob"), new ProfileChange(Nickname: "Robert", Avatar: "new"), Ct));

        var notice = Assert.Single(Told.Skip(told), e => e.Notice is MemberCardChanged);
        var changed = (MemberCardChanged)notice.Notice!;
        Assert.Equal((plain, "Robert", "new"), (changed.Group.Group.Id, changed.Member.Nickname, changed.Member.Avatar));
        Assert.Equal(2, Assert.IsType<Audience.Members>(notice.Audience).Roster.Count);
        Assert.Equal((2L, version), ((await Engine.RosterAsync(plain)).Version, (await Engine.RosterAsync(named)).Version));
    }

    [Fact]
    public async Task A_new_extra_of_an_account_is_nothing_to_its_groups()
    {
        var group = await Engine.GivenGroupAsync(g => g, members: ["bob"]);
        Value(await Engine.Get<UpdateProfile>().RunAsync(As("bob"), new("bob"), new ProfileChange(Extra: "x", Nickname: "nick bob"), Ct));

        Assert.Equal(1, (await Engine.RosterAsync(group)).Version);
    }

    [Fact]
    public async Task A_profile_reaches_a_hundred_groups()
    {
        var groups = new List<GroupId>();
        for (var i = 0; i < 100; i++) groups.Add(await Engine.GivenGroupAsync(g => g, members: ["bob"]));
        Value(await Engine.Get<UpdateProfile>().RunAsync(As("bob"), new("bob"), new ProfileChange(Nickname: "Robert"), Ct));

        Assert.Equal(groups.Order(Comparer<GroupId>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value))), Told
            .Select(e => e.Notice).OfType<MemberCardChanged>().Select(n => n.Group.Group.Id)
            .Order(Comparer<GroupId>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value))));
    }

    [Fact]
    public async Task Who_comes_later_reads_what_was_said_before()
    {
        var group = await Engine.GivenGroupAsync(g => g, members: ["bob"]);
        await Engine.SayAsync("bob", group, "before");
        Value(await Engine.InviteAsync(As("alice"), group, "carol"));

        Assert.Equal(3, Value(await Engine.PullAsync("carol", ConversationKey.Group(App, group))).Entries.Count);
    }

    [Fact]
    public async Task Where_history_is_hidden_a_newcomer_begins_with_his_own_entry_also_when_he_comes_again()
    {
        var group = await Engine.GivenGroupAsync(g => g with { NewcomersSeeHistory = false }, members: ["bob"]);
        var conversation = ConversationKey.Group(App, group);
        await Engine.SayAsync("bob", group, "before");
        Value(await Engine.InviteAsync(As("alice"), group, "carol"));
        await Engine.SayAsync("bob", group, "after");

        var state = await Engine.Get<UserConversations>().FindAsync(new("carol"), conversation, Ct);
        Assert.Equal((3L, 2L, 0L), (state!.MinSequence, state.ReadSequence, state.MaxSequence));
        Assert.Equal([3L, 4L], Value(await Engine.PullAsync("carol", conversation)).Entries.Select(e => e.Sequence));
        Assert.Equal(4, Value(await Engine.PullAsync("bob", conversation)).Entries.Count);

        Value(await Engine.KickAsync(As("alice"), group, "carol"));
        await Engine.SayAsync("bob", group, "among us");
        Assert.Equal([3L, 4L, 5L], Value(await Engine.PullAsync("carol", conversation)).Entries.Select(e => e.Sequence));
        Value(await Engine.InviteAsync(As("alice"), group, "carol"));
        Assert.Equal([7L], Value(await Engine.PullAsync("carol", conversation)).Entries.Select(e => e.Sequence));
    }

    [Fact]
    public async Task A_quiet_kick_is_told_to_who_is_online_and_to_who_is_gone()
    {
        var group = await Engine.GivenGroupAsync(g => g, members: ["bob"]);
        Value(await Engine.Get<KickMembers>().RunAsync(As("alice"), group, [new("bob")], "", NoticeReach.Online, Ct));

        var entry = Told[^1];
        Assert.Equal((0L, true), (entry.Sequence, entry.Notice is MembersRemoved));
        Assert.Equal([new UserId("bob")], Assert.IsType<Audience.Members>(entry.Audience).AlsoTell);
    }
}
