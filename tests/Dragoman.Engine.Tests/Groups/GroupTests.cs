using Dragoman.Engine.Events;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Notices;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Groups;

public sealed class GroupTests : EngineTest
{
    private static readonly UserId Alice = new("alice");
    private static readonly UserId Bob = new("bob");
    private static readonly UserId Carol = new("carol");

    [Fact]
    public async Task A_taken_id_is_refused_and_leaves_no_trace()
    {
        await Engine.GivenGroupAsync("alice", "bob");
        var again = new Group { App = App, Id = new GroupId("g-alice"), Owner = Carol, Creator = Carol };

        Assert.Equal(Condition.GroupExists, ConditionOf(await Engine.Get<CreateGroup>().RunAsync(As("carol"), again, [], Ct)));
        Assert.Equal(2, (await Engine.Get<RosterDirectory>().FindAsync(App, new GroupId("g-alice"), Ct))!.Count);
    }

    [Fact]
    public async Task Founding_is_refused_for_unknown_and_repeated_members()
    {
        var group = new Group { App = App, Id = new GroupId("g"), Owner = Alice, Creator = Alice };

        Assert.Equal(Condition.GroupMemberUnknown, ConditionOf(await Engine.Get<CreateGroup>().RunAsync(As("alice"), group, [(new("nobody"), GroupRole.Member)], Ct)));
        Assert.Equal(Condition.GroupMembersRepeated, ConditionOf(await Engine.Get<CreateGroup>().RunAsync(As("alice"), group, [(Alice, GroupRole.Member)], Ct)));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Engine.Get<CreateGroup>().RunAsync(As("bob"), group, [], Ct)));
    }

    [Fact]
    public async Task Invited_people_are_in_and_everybody_is_told()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob");
        Value(await Engine.Get<InviteMembers>().RunAsync(As("bob"), group, [Carol], Ct));

        var entry = Engine.Bus.Entries[^1];
        Assert.Equal("carol", Assert.IsType<MembersInvited>(entry.Notice).Members.Single().Id.Value);
        Assert.Equal(3, Assert.IsType<Audience.Members>(entry.Audience).Roster.Count);
        Assert.Equal(Condition.AlreadyGroupMember, ConditionOf(await Engine.Get<InviteMembers>().RunAsync(As("bob"), group, [Carol], Ct)));
    }

    [Fact]
    public async Task Strangers_do_not_invite()
    {
        var group = await Engine.GivenGroupAsync("alice");

        Assert.Equal(Condition.NotGroupMember, ConditionOf(await Engine.Get<InviteMembers>().RunAsync(As("bob"), group, [Carol], Ct)));
    }

    [Fact]
    public async Task Kicking_needs_the_higher_rank()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob", "carol");
        var kick = Engine.Get<KickMembers>();

        Assert.Equal(Condition.NotGroupManager, ConditionOf(await kick.RunAsync(As("bob"), group, [Carol], Ct)));
        Assert.Equal(Condition.CannotKickOwner, ConditionOf(await kick.RunAsync(As("bob"), group, [Alice], Ct)));
        Assert.Equal(Condition.CannotKickSelf, ConditionOf(await kick.RunAsync(As("alice"), group, [Alice], Ct)));
        Assert.Equal(Condition.KickTargetNotMember, ConditionOf(await kick.RunAsync(As("alice"), group, [new("nobody")], Ct)));
        Assert.Equal(Condition.None, ConditionOf(await kick.RunAsync(As("alice"), group, [Bob], Ct)));
    }

    [Fact]
    public async Task Who_was_kicked_is_told_too()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob");
        await Engine.Get<KickMembers>().RunAsync(As("alice"), group, [Bob], Ct);

        Assert.Equal([Bob], Assert.IsType<Audience.Members>(Engine.Bus.Entries[^1].Audience).AlsoTell);
    }

    [Fact]
    public async Task The_owner_stays_and_members_may_leave()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob");

        Assert.Equal(Condition.OwnerCannotLeave, ConditionOf(await Engine.Get<LeaveGroup>().RunAsync(As("alice"), Alice, group, Ct)));
        Assert.Equal(Condition.None, ConditionOf(await Engine.Get<LeaveGroup>().RunAsync(As("bob"), Bob, group, Ct)));
        Assert.Equal(Condition.NotGroupMember, ConditionOf(await Engine.Get<LeaveGroup>().RunAsync(As("bob"), Bob, group, Ct)));
    }

    [Fact]
    public async Task Only_open_groups_are_walked_into()
    {
        var closed = await Engine.GivenGroupAsync("alice");
        var open = new Group { App = App, Id = new GroupId("open"), Owner = Alice, Creator = Alice, Join = JoinMode.Open };
        Value(await Engine.Get<CreateGroup>().RunAsync(As("alice"), open, [], Ct));

        Assert.Equal(Condition.JoinNeedsApproval, ConditionOf(await Engine.Get<JoinGroup>().RunAsync(As("bob"), Bob, closed, JoinSource.Search, Ct)));
        Assert.Equal(2, Value(await Engine.Get<JoinGroup>().RunAsync(As("bob"), Bob, open.Id, JoinSource.Search, Ct)).Count);
    }

    [Fact]
    public async Task A_dismissed_group_is_over_for_everybody_also_after_a_restart()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob");
        Assert.Equal(Condition.NotGroupOwner, ConditionOf(await Engine.Get<DismissGroup>().RunAsync(As("bob"), group, isQuiet: false, Ct)));
        Value(await Engine.Get<DismissGroup>().RunAsync(As("alice"), group, isQuiet: false, Ct));
        await RestartAsync();

        var roster = await Engine.Get<RosterDirectory>().FindAsync(App, group, Ct);
        Assert.True(roster!.Group.IsDismissed);
        Assert.Empty(roster.Members);
        Assert.Equal(Condition.GroupDismissed, ConditionOf(await Engine.Get<DismissGroup>().RunAsync(As("alice"), group, isQuiet: false, Ct)));
    }

    [Fact]
    public async Task Fifty_changes_at_once_lose_none()
    {
        var names = Enumerable.Range(0, 50).Select(i => $"u{i}").ToArray();
        await Engine.GivenUsersAsync(names);
        var group = await Engine.GivenGroupAsync("alice", "bob");

        await Task.WhenAll(names.Select(name => Engine.Get<InviteMembers>().RunAsync(As("bob"), group, [new UserId(name)], Ct).AsTask()));

        Assert.Equal(52, (await Engine.Get<RosterDirectory>().FindAsync(App, group, Ct))!.Count);
        await RestartAsync();
        Assert.Equal(52, (await Engine.Get<RosterDirectory>().FindAsync(App, group, Ct))!.Count);
    }
}
