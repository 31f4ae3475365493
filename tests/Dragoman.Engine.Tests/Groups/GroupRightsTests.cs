using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Topics;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Groups;

/// <summary>Walks every cell of every type's matrix through the operation that it is about.</summary>
public sealed class GroupRightsTests : EngineTest
{
    private static readonly string[] Stage = ["bob", "carol", "dave", "erin", "mallory", "frank"];

    /// <summary>A member, a manager, the owner, the app from outside, a stranger.</summary>
    private static readonly (string Name, GroupRole Role, Caller Caller)[] Actors =
    [
        ("carol", GroupRole.Member, As("carol")),
        ("bob", GroupRole.Manager, As("bob")),
        ("alice", GroupRole.Owner, As("alice")),
        ("admin", GroupRole.None, Admin),
        ("frank", GroupRole.None, As("frank")),
    ];

    /// <summary>What is done to somebody, and to whom.</summary>
    private static readonly GroupAction[] Targeted =
        [GroupAction.SetRoles, GroupAction.EditCards, GroupAction.RemoveMembers, GroupAction.MuteMembers, GroupAction.Ban, GroupAction.RecallOthers, GroupAction.EditOthers];

    public static TheoryData<string> Types => [.. GroupTypes.BuiltIn.Select(t => t.Id.Value)];

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Every_cell_holds(string type)
    {
        await Engine.GivenUsersAsync([.. Stage.Except(["bob", "carol"])]);
        var wrong = new List<string>();
        var cells = 0;
        foreach (var action in Enum.GetValues<GroupAction>())
        {
            foreach (var actor in Actors)
            {
                foreach (var target in Targeted.Contains(action) ? new[] { "dave", "mallory", actor.Name } : ["dave"])
                {
                    if (!IsAsked(action, actor.Name, target)) continue;

                    cells++;
                    var group = await Engine.GivenGroupAsync(g => g with { Type = new(type) }, members: ["carol", "dave"], managers: ["bob", "mallory"]);
                    var condition = await DoAsync(action, actor.Caller, group, target);
                    var expected = Expected(GroupTypes.Of(new(type)).Rights[action], actor, target);
                    if (expected != (condition == Condition.None)) wrong.Add($"{actor.Name} {action} {target}: {condition}, expected {(expected ? "may" : "may not")}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(cells > 100, $"only {cells} cells were walked");
    }

    [Theory]
    [InlineData("carol", GroupAction.MuteGroup, Condition.NotGroupManager)]
    [InlineData("carol", GroupAction.Dismiss, Condition.NotGroupOwner)]
    [InlineData("bob", GroupAction.Transfer, Condition.NotGroupOwner)]
    [InlineData("frank", GroupAction.EditProfile, Condition.NotGroupMember)]
    public async Task A_refusal_names_the_rank_that_is_needed(string actor, GroupAction action, Condition expected)
    {
        await Engine.GivenUsersAsync("dave", "frank");
        var group = await Engine.GivenGroupAsync(g => g, members: ["carol", "dave"], managers: ["bob"]);

        Assert.Equal(expected, await DoAsync(action, As(actor), group, "dave"));
    }

    [Fact]
    public async Task Among_equals_nobody_outranks()
    {
        await Engine.GivenUsersAsync("mallory", "dave");
        var group = await Engine.GivenGroupAsync(g => g, managers: ["bob", "mallory"]);

        Assert.Equal(Condition.TargetOutranks, ConditionOf(await Engine.KickAsync(As("bob"), group, "mallory")));
    }

    [Fact]
    public async Task What_no_rank_may_is_the_types_to_forbid()
    {
        await Engine.GivenUsersAsync("dave");
        var group = await Engine.GivenGroupAsync(g => g with { Type = GroupTypes.Assembly.Id }, members: ["carol"]);

        Assert.Equal(Condition.GroupTypeForbids, ConditionOf(await Engine.InviteAsync(As("alice"), group, "dave")));
        Assert.Equal(Condition.GroupTypeForbids, ConditionOf(await Engine.UpdateAsync(As("alice"), group, new GroupChange { Apply = ApplyRule.Closed })));
    }

    [Fact]
    public async Task In_a_group_of_an_unknown_type_people_may_only_leave()
    {
        var group = await Engine.GivenGroupAsync(g => g with { Type = new("from the future") }, members: ["bob"]);

        Assert.Equal(Condition.GroupTypeForbids, ConditionOf(await Engine.UpdateAsync(As("alice"), group, new GroupChange { Name = "x" })));
        Assert.Equal(Condition.None, ConditionOf(await Engine.LeaveAsync(As("bob"), group)));
        Assert.Equal(Condition.None, ConditionOf(await Engine.DismissAsync(As("alice"), group)));
    }

    private static bool Expected(RightsRow row, (string Name, GroupRole Role, Caller Caller) actor, string target)
    {
        var targetRole = target switch { "dave" => GroupRole.Member, "mallory" => GroupRole.Manager, _ => actor.Role };
        return (actor.Caller.IsAdministrator ? row.Administrator : row.Of(actor.Role)) switch
        {
            GroupRight.May => true,
            GroupRight.Own => target == actor.Name,
            GroupRight.Lower => targetRole < actor.Role,
            GroupRight.OwnAndLower => target == actor.Name || targetRole < actor.Role,
            _ => false,
        };
    }

    /// <summary>What other rules decide is not a matter of rights: nobody removes himself, an owner keeps his rank, strangers have no card.</summary>
    private static bool IsAsked(GroupAction action, string actor, string target) =>
        target != actor || (action is GroupAction.SetRoles or GroupAction.EditCards && actor is "carol" or "bob");

    private async Task<Condition> DoAsync(GroupAction action, Caller caller, GroupId group, string target) => action switch
    {
        GroupAction.SpeakWhileMuted => await SpeakWhileMutedAsync(caller, group),
        GroupAction.MentionEverybody => ConditionOf(await CallEverybodyAsync(caller, group)),
        GroupAction.Invite => ConditionOf(await Engine.InviteAsync(caller, group, "erin")),
        GroupAction.AnswerApplications => await AnswerAsync(caller, group),
        GroupAction.EditProfile => ConditionOf(await Engine.UpdateAsync(caller, group, new GroupChange { Name = "new" })),
        GroupAction.EditRules => ConditionOf(await Engine.UpdateAsync(caller, group, new GroupChange { MembersSeeMembers = false })),
        GroupAction.Announce => ConditionOf(await Engine.UpdateAsync(caller, group, new GroupChange { Announcement = "hear" })),
        GroupAction.SetRoles => ConditionOf(await Engine.UpdateAsync(caller, group, new MemberChange(new(target)) { Role = GroupRole.Member })),
        GroupAction.EditCards => ConditionOf(await Engine.UpdateAsync(caller, group, new MemberChange(new(target)) { Nickname = "new" })),
        GroupAction.RemoveMembers => ConditionOf(await Engine.KickAsync(caller, group, target)),
        GroupAction.MuteMembers => ConditionOf(await Engine.MuteAsync(caller, group, target)),
        GroupAction.MuteGroup => ConditionOf(await Engine.MuteAsync(caller, group)),
        GroupAction.Ban => ConditionOf(await Engine.BanAsync(caller, group, target)),
        GroupAction.EditAllowList => ConditionOf(await Engine.Get<EditAllowList>().RunAsync(caller, group, [new(target)], true, BatchMode.AllOrNone, Ct)),
        GroupAction.ShareFiles => (await Engine.Get<ShareFile>().CheckAsync(caller, group, Ct))?.Condition ?? Condition.None,
        GroupAction.UnshareFiles => await UnshareAsync(caller, group, target),
        GroupAction.Transfer => ConditionOf(await Engine.TransferAsync(caller, group, "alice", target)),
        GroupAction.Dismiss => ConditionOf(await Engine.DismissAsync(caller, group)),
        GroupAction.RecallOthers => await RecallAsync(caller, group, target),
        GroupAction.EditOthers => await EditAsync(caller, group, target),
        GroupAction.EraseForAll => await EraseAsync(caller, group, target),
        GroupAction.CreateTopics => ConditionOf(await BeginAsync(caller, group, caller.IsAdministrator ? target : caller.User.Value)),
        GroupAction.EditTopics => ConditionOf(await Engine.Get<UpdateTopic>().RunAsync(caller, await TopicAsync(group, target), "new", Ct)),
        GroupAction.RemoveFromTopics => ConditionOf(await Engine.Get<RemoveFromTopic>().RunAsync(caller, [new(target)], await TopicAsync(group, target), Ct)),
        GroupAction.DismissTopics => ConditionOf(await Engine.Get<DismissTopic>().RunAsync(caller, await TopicAsync(group, target), Ct)),
        GroupAction.Leave => ConditionOf(await Engine.Get<LeaveGroup>().RunAsync(caller, caller.IsAdministrator ? new(target) : caller.User, group, Ct)),
        _ => throw new InvalidOperationException($"{action} has no operation here."),
    };

    private async Task<Condition> EditAsync(Caller caller, GroupId group, string target)
    {
        var said = Value(await Engine.SayAsync(target, group, "hello"));
        var draft = new EditDraft { Origin = new DialectId(9), Content = ContentKind.Text, Body = "new"u8.ToArray(), ExpectedVersion = 0 };
        return ConditionOf(await Engine.Get<EditMessage>().RunAsync(caller, caller.User, said.Id, draft, Ct));
    }

    private async Task<Condition> SpeakWhileMutedAsync(Caller caller, GroupId group)
    {
        Value(await Engine.MuteAsync(Admin, group));
        return ConditionOf(await Engine.Get<SendGroupMessage>().RunAsync(caller, caller.User, group, Draft(mentions: null), Ct));
    }

    private async Task<Result<SentMessage>> CallEverybodyAsync(Caller caller, GroupId group) =>
        await Engine.Get<SendGroupMessage>().RunAsync(caller, caller.User, group, Draft(new Mentions([], Everybody: true)), Ct);

    private async Task<Condition> AnswerAsync(Caller caller, GroupId group)
    {
        var application = new GroupApplication { Group = group, Applicant = new("erin"), RequestedAt = 1 };
        Assert.Null(await Engine.Get<LogWriter>().CommitAsync(new WriteUnit([new PutApplication(App, application)])));
        return ConditionOf(await Engine.AnswerAsync(caller, group, "erin"));
    }

    private async Task<Condition> UnshareAsync(Caller caller, GroupId group, string owner)
    {
        var file = new GroupFile { Group = group, Id = new("f"), Stored = $"{owner}/f", Name = "f", Size = 1, Owner = new(owner) };
        Assert.Null(await Engine.Get<LogWriter>().CommitAsync(new WriteUnit([new PutGroupFile(App, file)])));
        return ConditionOf(await Engine.Get<UnshareFile>().RunAsync(caller, group, file.Id, Ct));
    }

    private async Task<Condition> RecallAsync(Caller caller, GroupId group, string author)
    {
        var sent = Value(await Engine.SayAsync(author, group, "words"));
        return ConditionOf(await Engine.Get<RecallMessage>().RunAsync(caller, caller.User, ConversationKey.Group(App, group), sent.Sequence, Ct));
    }

    private async Task<Condition> EraseAsync(Caller caller, GroupId group, string author)
    {
        var sent = Value(await Engine.SayAsync(author, group, "words"));
        return ConditionOf(await Engine.Get<RemoveFromSight>().EraseAsync(caller, caller.User, ConversationKey.Group(App, group), [sent.Sequence], Ct));
    }

    private async Task<TopicId> TopicAsync(GroupId group, string owner) => Value(await BeginAsync(As(owner), group, owner)).Topic.Id;

    private async Task<Result<TopicRoster>> BeginAsync(Caller caller, GroupId group, string owner)
    {
        var root = Value(await Engine.SayAsync("alice", group, "words"));
        var topic = new Topic { App = App, Parent = group, Id = new($"t{root.Id}"), Name = "topic", Owner = new(owner), RootMessage = root.Id.Value };
        return await Engine.Get<CreateTopic>().RunAsync(caller, topic, Ct);
    }

    private static MessageDraft Draft(Mentions? mentions) =>
        new() { Origin = new(9), Content = ContentKind.Text, Body = "hear"u8.ToArray(), Mentions = mentions };
}
