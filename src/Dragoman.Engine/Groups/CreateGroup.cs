using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Founds a group with its first members.</summary>
public sealed class CreateGroup(
    LogWriter journal,
    AccountDirectory accounts,
    RosterDirectory rosters,
    UserConversations conversations,
    GroupScribe scribe,
    EngineLimits limits,
    TimeProvider clock)
{
    /// <param name="group">With its id; state and times are set here.</param>
    /// <param name="others">Everybody but the owner, with the role that each starts with.</param>
    /// <returns>
    /// The group and its members; or NotPermitted, GroupFull, GroupMembersRepeated, GroupMemberUnknown (with the user),
    /// GroupExists (with the id).
    /// </returns>
    public async ValueTask<Result<Roster>> RunAsync(
        Caller caller, Group group, IReadOnlyList<(UserId User, GroupRole Role)> others, CancellationToken ct)
    {
        if (!caller.MayActFor(group.Owner)) return new Refusal(Condition.NotPermitted, group.Owner.Value);
        if (others.Count + 1 > limits.MaxGroupMembers) return Condition.GroupFull;
        if (others.Select(o => o.User).Append(group.Owner).Distinct().Count() != others.Count + 1) return Condition.GroupMembersRepeated;
        foreach (var user in others.Select(o => o.User).Append(group.Owner))
        {
            if (await accounts.FindAsync(caller.App, user, ct) is null) return new Refusal(Condition.GroupMemberUnknown, user.Value);
        }

        if (await rosters.FindAsync(caller.App, group.Id, ct) is not null) return new Refusal(Condition.GroupExists, group.Id.Value);

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var founded = group with { App = caller.App, CreatedAt = now, State = GroupState.Normal, Creator = caller.User };
        var roster = new Roster(founded, Members(caller, founded, others, now));
        return await CommitAsync(caller, roster, now, ct);
    }

    private static IEnumerable<Member> Members(
        Caller caller, Group group, IReadOnlyList<(UserId User, GroupRole Role)> others, long now) =>
        others.Prepend((User: group.Owner, Role: GroupRole.Owner)).Select(o => new Member
        {
            User = o.User,
            Role = o.Role,
            JoinedAt = now,
            Source = JoinSource.Invitation,
            Inviter = caller.User.Value,
            Operator = caller.User.Value,
        });

    private async ValueTask<Result<Roster>> CommitAsync(Caller caller, Roster roster, long now, CancellationToken ct)
    {
        var (app, group) = (caller.App, roster.Group);
        var notice = new GroupCreated(
            await scribe.PeopleAsync(app, roster.Members, ct),
            await scribe.PersonAsync(app, group.Owner, roster.Find(group.Owner), ct))
        {
            At = now,
            Group = new(group, roster.Count, roster.Version),
            Operator = await scribe.PersonAsync(app, caller.User, roster.Find(caller.User), ct),
        };
        var unit = new WriteUnit(
            [new Ports.CreateGroup(app, group), new PutMembers(app, group.Id, roster.Members, roster.Version)],
            GroupScribe.Write(caller, roster, caller.User, notice))
        {
            WhenWritten = () => Remember(roster),
        };
        var refusal = await journal.CommitAsync(unit);
        return refusal is null ? roster : refusal with { Subject = group.Id.Value };
    }

    private void Remember(Roster roster)
    {
        var (app, group) = (roster.Group.App, roster.Group.Id);
        rosters.Created(app, group);
        foreach (var member in roster.Members) conversations.Forget(member.User, ConversationKey.Group(app, group));
    }
}
