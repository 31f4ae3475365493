using Dragoman.Engine.Events;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Notices;
using Dragoman.Testing;
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

        Assert.Equal(Condition.GroupExists, ConditionOf(await Engine.CreateAsync(As("carol"), again)));
        Assert.Equal(2, (await Engine.Get<RosterDirectory>().FindAsync(App, new GroupId("g-alice"), Ct))!.Count);
    }

    [Fact]
    public async Task Founding_is_refused_for_unknown_and_repeated_members()
    {
        var group = new Group { App = App, Id = new GroupId("g"), Owner = Alice, Creator = Alice };

        Assert.Equal(Condition.GroupMemberUnknown, ConditionOf(await Engine.CreateAsync(As("alice"), group, (new("nobody"), GroupRole.Member))));
        Assert.Equal(Condition.GroupMembersRepeated, ConditionOf(await Engine.CreateAsync(As("alice"), group, (Alice, GroupRole.Member))));
        Assert.Equal(Condition.NotPermitted, ConditionOf(await Engine.CreateAsync(As("bob"), group)));
    }

    [Fact]
    public async Task Invited_people_are_in_and_everybody_is_told()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob");
        Value(await Engine.InviteAsync(As("bob"), group, "carol"));

        var entry = Told[^1];
        Assert.Equal("carol", Assert.IsType<MembersInvited>(entry.Notice).Members.Single().Id.Value);
        Assert.Equal(3, Assert.IsType<Audience.Members>(entry.Audience).Roster.Count);
        Assert.Equal(Condition.AlreadyGroupMember, ConditionOf(await Engine.InviteAsync(As("bob"), group, "carol")));
    }

    [Fact]
    public async Task Strangers_do_not_invite()
    {
        var group = await Engine.GivenGroupAsync("alice");

        Assert.Equal(Condition.NotGroupMember, ConditionOf(await Engine.InviteAsync(As("bob"), group, "carol")));
    }

    [Fact]
    public async Task Kicking_needs_the_higher_rank()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob", "carol");

        Assert.Equal(Condition.NotGroupManager, ConditionOf(await Engine.KickAsync(As("bob"), group, "carol")));
        Assert.Equal(Condition.CannotKickOwner, ConditionOf(await Engine.KickAsync(As("bob"), group, "alice")));
        Assert.Equal(Condition.CannotKickSelf, ConditionOf(await Engine.KickAsync(As("alice"), group, "alice")));
        Assert.Equal(Condition.KickTargetNotMember, ConditionOf(await Engine.KickAsync(As("alice"), group, "nobody")));
        Assert.Equal(Condition.None, ConditionOf(await Engine.KickAsync(As("alice"), group, "bob")));
    }

    [Fact]
    public async Task Who_was_kicked_is_told_too()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob");
        await Engine.KickAsync(As("alice"), group, "bob");

        Assert.Equal([Bob], Assert.IsType<Audience.Members>(Told[^1].Audience).AlsoTell);
    }

    [Fact]
    public async Task The_owner_stays_and_members_may_leave()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob");

        Assert.Equal(Condition.OwnerCannotLeave, ConditionOf(await Engine.LeaveAsync(As("alice"), group)));
        Assert.Equal(Condition.None, ConditionOf(await Engine.LeaveAsync(As("bob"), group)));
        Assert.Equal(Condition.NotGroupMember, ConditionOf(await Engine.LeaveAsync(As("bob"), group)));
    }

    [Fact]
    public async Task Only_open_groups_are_walked_into()
    {
        var closed = await Engine.GivenGroupAsync("alice");
        var open = new Group { App = App, Id = new GroupId("open"), Owner = Alice, Creator = Alice, Apply = ApplyRule.Open };
        Value(await Engine.CreateAsync(As("alice"), open));

        Assert.Equal(Condition.JoinNeedsApproval, ConditionOf(await Engine.JoinAsync(As("bob"), closed)));
        Assert.Equal(2, Value(await Engine.JoinAsync(As("bob"), open.Id)).Count);
    }

    [Fact]
    public async Task A_dismissed_group_is_over_for_everybody_also_after_a_restart()
    {
        var group = await Engine.GivenGroupAsync("alice", "bob");
        Assert.Equal(Condition.NotGroupOwner, ConditionOf(await Engine.DismissAsync(As("bob"), group)));
        Value(await Engine.DismissAsync(As("alice"), group));
        await RestartAsync();

        var roster = await Engine.Get<RosterDirectory>().FindAsync(App, group, Ct);
        Assert.True(roster!.Group.IsDismissed);
        Assert.Empty(roster.Members);
        Assert.Equal(Condition.GroupDismissed, ConditionOf(await Engine.DismissAsync(As("alice"), group)));
    }

    [Fact]
    public async Task Fifty_changes_at_once_lose_none()
    {
        var names = Enumerable.Range(0, 50).Select(i => $"u{i}").ToArray();
        await Engine.GivenUsersAsync(names);
        var group = await Engine.GivenGroupAsync("alice", "bob");

        await Task.WhenAll(names.Select(name => Engine.InviteAsync(As("bob"), group, name)));

        Assert.Equal(52, (await Engine.Get<RosterDirectory>().FindAsync(App, group, Ct))!.Count);
        await RestartAsync();
        Assert.Equal(52, (await Engine.Get<RosterDirectory>().FindAsync(App, group, Ct))!.Count);
    }
}
