using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Deliveries;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Groups;

/// <summary>Who is shut out, who speaks, and what members say of themselves.</summary>
public sealed class ModerationTests : EngineTest
{
    private static Group Custom(Group group) => group with { Type = GroupTypes.Custom.Id, Apply = ApplyRule.Open };

    [Fact]
    public async Task Who_is_shut_out_is_out_and_does_not_come_back_before_he_may()
    {
        var group = await Engine.GivenGroupAsync(Custom, members: ["carol"], managers: ["bob"]);
        var told = Told.Count;

        Assert.Equal(2, Value(await Engine.BanAsync(As("bob"), group, "carol")).Value.Count);

        Assert.Contains(Told.Skip(told), e => e.Notice is MembersRemoved { Members: [{ Id.Value: "carol" }] });
        await RestartAsync();
        Assert.Equal(Condition.BannedFromGroup, ConditionOf(await Engine.JoinAsync(As("carol"), group)));
        Assert.Equal(Condition.BannedFromGroup, ConditionOf(await Engine.InviteAsync(As("alice"), group, "carol")));
        Assert.Equal(["carol"], Value(await Engine.Get<ReadGroupLists>().BannedAsync(As("bob"), group, Ct)).Select(ban => ban.User.Value));

        told = Told.Count;
        Value(await Engine.Get<UnbanMembers>().RunAsync(As("bob"), group, [new("carol"), new("dave")], BatchMode.EachAlone, Ct));
        Assert.Equal(ConversationKey.Inbox(App, new("carol")), Assert.Single(Told.Skip(told), e => e.Notice is MemberUnbanned).Conversation);
        Assert.Equal(Condition.NotBannedFromGroup, ConditionOf(await Engine.Get<UnbanMembers>().RunAsync(As("bob"), group, [new("carol")], BatchMode.AllOrNone, Ct)));
        Value(await Engine.JoinAsync(As("carol"), group));
    }

    [Fact]
    public async Task A_ban_ends_by_itself()
    {
        var group = await Engine.GivenGroupAsync(Custom, members: ["bob"]);
        var until = Engine.Clock.GetUtcNow().AddMinutes(1).ToUnixTimeMilliseconds();
        Value(await Engine.Get<BanMembers>().RunAsync(As("alice"), group, [new("bob")], until, "", BatchMode.AllOrNone, Ct));
        Assert.Equal(Condition.BannedFromGroup, ConditionOf(await Engine.JoinAsync(As("bob"), group)));

        Engine.Clock.Advance(TimeSpan.FromMinutes(1));

        Value(await Engine.JoinAsync(As("bob"), group));
        Assert.Empty(Value(await Engine.Get<ReadGroupLists>().BannedAsync(As("alice"), group, Ct)));
    }

    [Fact]
    public async Task Who_may_not_be_shut_out_stays()
    {
        await Engine.GivenUsersAsync("dave");
        var group = await Engine.GivenGroupAsync(Custom, members: ["carol"], managers: ["bob", "dave"]);

        Assert.Equal(Condition.TargetIsOwner, ConditionOf(await Engine.BanAsync(As("bob"), group, "alice")));
        Assert.Equal(Condition.TargetOutranks, ConditionOf(await Engine.BanAsync(As("bob"), group, "dave")));
        Assert.Equal(Condition.TargetNotMember, ConditionOf(await Engine.BanAsync(As("bob"), group, "nobody")));
        Assert.Equal(Condition.NotGroupManager, ConditionOf(await Engine.BanAsync(As("carol"), group, "bob")));
        Assert.Equal(Condition.NotGroupMember, ConditionOf(await Engine.BanAsync(As("erin"), group, "bob")));
        var some = Value(await Engine.BanAsync(As("alice"), group, "nobody", "carol"));
        Assert.Equal([false, true], some.Items.Select(item => item.IsDone));
        Assert.Equal(Condition.NotGroupManager, ConditionOf(await Engine.Get<ReadGroupLists>().BannedAsync(As("carol") with { User = new("carol") }, await Engine.GivenGroupAsync(Custom, members: ["carol"]), Ct)));
    }

    [Fact]
    public async Task In_groups_of_a_type_without_bans_nobody_is_shut_out()
    {
        var team = await Engine.GivenGroupAsync(g => g, members: ["bob"]);

        Assert.Equal(Condition.GroupTypeForbids, ConditionOf(await Engine.BanAsync(As("alice"), team, "bob")));
    }

    [Fact]
    public async Task Several_are_muted_at_once_and_each_is_told_of()
    {
        var group = await Engine.GivenGroupAsync(Custom, members: ["bob", "carol"]);
        var version = (await Engine.RosterAsync(group)).Version;
        var until = Engine.Clock.GetUtcNow().AddMinutes(1).ToUnixTimeMilliseconds();
        var mute = Engine.Get<MuteMembers>();

        Value(await mute.RunAsync(As("alice"), group, [new("bob"), new("carol")], until, Ct));

        Assert.Equal(version + 2, (await Engine.RosterAsync(group)).Version);
        Assert.Equal(["bob", "carol"], Told.Select(e => e.Notice).OfType<MemberMuted>().Select(n => n.Member.Id.Value));
        Assert.Equal(Condition.SenderMuted, ConditionOf(await Engine.SayAsync("bob", group, "hm")));
        Assert.Equal(2, Value(await Engine.Get<ReadGroupLists>().MutedAsync(As("alice"), group, Ct)).Length);
        Engine.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Empty(Value(await Engine.Get<ReadGroupLists>().MutedAsync(As("alice"), group, Ct)));
        Value(await Engine.SayAsync("bob", group, "at last"));
    }

    [Fact]
    public async Task Who_is_on_the_allow_list_speaks_while_the_group_is_muted()
    {
        var group = await Engine.GivenGroupAsync(Custom, members: ["bob", "carol"]);
        var edit = Engine.Get<EditAllowList>();
        Value(await Engine.MuteAsync(As("alice"), group));
        Assert.Equal(Condition.GroupMuted, ConditionOf(await Engine.SayAsync("bob", group, "hm")));

        var done = Value(await edit.RunAsync(As("alice"), group, [new("bob"), new("nobody")], isAllowed: true, BatchMode.EachAlone, Ct));

        Assert.Equal([Condition.None, Condition.TargetNotMember], done.Items.Select(item => item.Refusal?.Condition ?? Condition.None));
        Value(await Engine.SayAsync("bob", group, "hello"));
        Assert.Equal(Condition.GroupMuted, ConditionOf(await Engine.SayAsync("carol", group, "hm")));
        await RestartAsync();
        Assert.Equal(["bob"], Value(await Engine.Get<ReadGroupLists>().AllowedAsync(As("alice"), group, Ct)).Select(m => m.User.Value));
        Assert.Equal(Condition.NotGroupManager, ConditionOf(await Engine.Get<ReadGroupLists>().AllowedAsync(As("carol"), group, Ct)));
        Assert.True(Value(await Engine.Get<ReadGroupLists>().OneAsync(As("bob"), group, new("bob"), Ct)).IsAllowListed);
        Value(await Engine.Get<EditAllowList>().RunAsync(As("alice"), group, [new("bob")], isAllowed: false, BatchMode.AllOrNone, Ct));
        Assert.Equal(Condition.GroupMuted, ConditionOf(await Engine.SayAsync("bob", group, "hm")));
    }

    [Fact]
    public async Task Attributes_are_the_members_own_and_go_with_him()
    {
        var group = await Engine.GivenGroupAsync(Custom, members: ["bob", "carol"]);
        var attributes = Engine.Get<MemberAttributes>();
        async Task<Result<IReadOnlyDictionary<string, string>>> Set(string by, string of, params (string, string)[] pairs) =>
            await attributes.SetAsync(As(by), group, new(of), pairs.ToDictionary(p => p.Item1, p => p.Item2), Ct);

        Value(await Set("bob", "bob", ("a", "1"), ("b", "2")));
        var all = Value(await Set("alice", "bob", ("a", ""), ("c", "3")));

        Assert.Equal([("b", "2"), ("c", "3")], all.Select(pair => (pair.Key, pair.Value)).Order());
        Assert.Equal(Condition.NotGroupOwner, ConditionOf(await Set("carol", "bob", ("a", "1"))));
        Assert.Equal(Condition.TargetNotMember, ConditionOf(await Set("alice", "nobody", ("a", "1"))));
        Assert.Equal(Condition.NotGroupMember, ConditionOf(await Set("dave", "bob", ("a", "1"))));
        Assert.Equal(Condition.AttributeKeyInvalid, ConditionOf(await Set("bob", "bob", (new string('k', 17), "1"))));
        Assert.Equal(Condition.AttributeValueTooLong, ConditionOf(await Set("bob", "bob", ("k", new string('v', 513)))));
        Assert.Equal(Condition.AttributesTooLarge, ConditionOf(await Set("bob", "bob", [.. Enumerable.Range(0, 9).Select(i => ($"k{i}", new string('v', 500)))])));
        var read = Value(await attributes.GetAsync(As("carol"), group, [new("bob"), new("carol")], ["c"], Ct));
        Assert.Equal(("3", 0), (read[0].Value["c"], read[1].Value.Count));
        Value(await Engine.LeaveAsync(As("bob"), group));
        Value(await Engine.JoinAsync(As("bob"), group));
        Assert.Empty(Value(await attributes.GetAsync(As("carol"), group, [new("bob")], [], Ct))[0].Value);
    }

    [Fact]
    public async Task Who_wants_to_hear_nothing_of_a_group_does_not()
    {
        var group = await Engine.GivenGroupAsync(Custom, members: ["bob"]);
        var talk = ConversationKey.Group(App, group);
        async Task Receive(ReceiveOption option) =>
            Value(await Engine.Get<ConfigureConversation>().RunAsync(As("bob"), new("bob"), talk, new ConversationSettings(option), Ct));

        await Receive(ReceiveOption.Refuse);
        Value(await Engine.SayAsync("alice", group, "unheard"));
        Assert.Equal(["bob"], (await Engine.RosterAsync(group)).Refusing!.Select(user => user.Value));
        Value(await Engine.UpdateAsync(As("alice"), group, new GroupChange { Name = "other" }));
        Assert.NotNull((await Engine.RosterAsync(group)).Refusing);
        Assert.DoesNotContain(Value(await Engine.Get<ReadUndelivered>().RunAsync(new("bob"), talk, default, 100, Ct)).Entries, e => e.Notice is null);

        Value(await Engine.LeaveAsync(As("bob"), group));
        Value(await Engine.JoinAsync(As("bob"), group));
        Assert.NotNull((await Engine.RosterAsync(group)).Refusing);
        await Receive(ReceiveOption.Notify);
        Assert.Null((await Engine.RosterAsync(group)).Refusing);
    }

    [Fact]
    public async Task A_rank_is_taken_from_who_has_it()
    {
        var group = await Engine.GivenGroupAsync(Custom, members: ["bob"]);
        var change = new MemberChange(new("bob")) { Role = GroupRole.Member, MustBeManager = true };

        Assert.Equal(Condition.TargetNotManager, ConditionOf(await Engine.UpdateAsync(As("alice"), group, change)));
        Value(await Engine.UpdateAsync(As("alice"), group, new MemberChange(new("bob")) { Role = GroupRole.Manager }));
        Value(await Engine.UpdateAsync(As("alice"), group, change));
    }
}
