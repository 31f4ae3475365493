using Dragoman.Engine.Hooks;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Words;

namespace Dragoman.Engine.Groups;

/// <summary>What is to change of a member; null leaves it as it is.</summary>
public sealed record MemberChange(UserId User)
{
    /// <summary>Empty is the account's own again; so for the avatar.</summary>
    public string? Nickname { get; init; }

    public string? Avatar { get; init; }
    public string? Extra { get; init; }
    public GroupRole? Role { get; init; }

    /// <summary>Takes the rank of a manager from who has it, and from nobody else.</summary>
    public bool MustBeManager { get; init; }

    public bool IsOfCard => Nickname is not null || Avatar is not null || Extra is not null;
}

/// <summary>Changes how members look in their group, and their ranks: all of them or none. Who is online is told.</summary>
public sealed class UpdateMembers(
    GroupDesk desk, RosterDirectory rosters, GroupScribe scribe, HookDesk hooks, WordDesk words, EngineLimits limits, TimeProvider clock)
{
    /// <returns>
    /// The group after it; or GroupMembersRepeated, GroupNotFound, GroupDismissed, NotGroupMember (the caller), TargetNotMember,
    /// NotGroupManager, NotGroupOwner, GroupTypeForbids, TargetOutranks, OwnRoleFixed (the owner's), TargetNotManager, ManagerLimitReached, CannotPromoteSelf,
    /// RoleNotAssignable, GroupNameTooLong, GroupTextTooLong, WordRejected.
    /// </returns>
    public async ValueTask<Result<Roster>> RunAsync(Caller caller, GroupId groupId, IReadOnlyList<MemberChange> changes, CancellationToken ct)
    {
        if (hooks.Asks<UpdatingMember>(caller.App))
        {
            var asked = await AskAsync(caller, groupId, changes, ct);
            if (!asked.TryGet(out var decided, out var unwanted)) return unwanted;
            changes = decided;
        }

        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (WhyNot(caller, roster, changes) is { } forbidden) return forbidden;
        if (words.Screen(caller.App, ref changes) is { } rejected) return rejected;

        (MemberChange Change, Member Member)[] effective = [.. changes
            .Where(c => c.IsOfCard || c.Role is not null)
            .Select(c => (c, Apply(roster.Find(c.User)!, c)))];
        return effective.Length == 0 ? roster : await desk.CommitAsync(caller, await StepAsync(caller, roster, effective, ct));
    }

    /// <summary>What <see cref="RunAsync"/> would refuse now, for callers that change several groups or none.</summary>
    public async ValueTask<Refusal?> CheckAsync(Caller caller, GroupId groupId, IReadOnlyList<MemberChange> changes, CancellationToken ct)
    {
        var roster = await rosters.FindAsync(caller.App, groupId, ct);
        if (roster is null) return new(Condition.GroupNotFound, groupId.Value);
        return roster.Group.IsDismissed ? new(Condition.GroupDismissed, groupId.Value) : WhyNot(caller, roster, changes);
    }

    /// <summary>About all of them before any is changed.</summary>
    private async ValueTask<Result<MemberChange[]>> AskAsync(
        Caller caller, GroupId groupId, IReadOnlyList<MemberChange> changes, CancellationToken ct)
    {
        var decided = new List<MemberChange>();
        foreach (var change in changes)
        {
            var proposal = new UpdatingMember(caller, groupId, change);
            if (await hooks.AskAsync(proposal, ct) is { } unwanted) return unwanted;
            decided.Add(proposal.Change);
        }

        return decided.ToArray();
    }

    private Refusal? WhyNot(Caller caller, Roster roster, IReadOnlyList<MemberChange> changes)
    {
        if (changes.DistinctBy(c => c.User).Count() != changes.Count) return new(Condition.GroupMembersRepeated);
        if (!caller.IsAdministrator && roster.Find(caller.User) is null) return new(Condition.NotGroupMember, caller.User.Value);
        foreach (var change in changes)
        {
            if (roster.Find(change.User) is not { } member) return new(Condition.TargetNotMember, change.User.Value);
            if (change.Role is { } role && WhyNotRole(caller, roster, member, role) is { } noRole) return noRole;
            if (change.MustBeManager && member.Role != GroupRole.Manager) return new(Condition.TargetNotManager, change.User.Value);
            if ((change.IsOfCard || change.Role is null)
                && GroupRights.WhyNot(caller, roster, GroupAction.EditCards, change.User) is { } noCard) return noCard;
            if (GroupTexts.WhyNot(limits, Apply(member, change)) is { } tooLong) return tooLong;
        }

        return null;
    }

    private static Refusal? WhyNotRole(Caller caller, Roster roster, Member member, GroupRole role)
    {
        if (role is not (GroupRole.Member or GroupRole.Manager)) return new(Condition.RoleNotAssignable, member.User.Value);
        if (GroupRights.WhyNot(caller, roster, GroupAction.SetRoles, member.User) is { } refusal) return refusal;
        // There is always an owner; he changes by being transferred.
        if (member.Role == GroupRole.Owner) return new(Condition.OwnRoleFixed, member.User.Value);
        if (role == GroupRole.Manager && member.Role != GroupRole.Manager && IsFullOfManagers(roster)) return new(Condition.ManagerLimitReached);
        return !caller.IsAdministrator && member.User == caller.User && role > member.Role ? new(Condition.CannotPromoteSelf, member.User.Value) : null;
    }

    private static bool IsFullOfManagers(Roster roster) =>
        GroupTypes.Of(roster.Group.Type).ManagerLimit is > 0 and var limit && roster.Members.Count(m => m.Role == GroupRole.Manager) >= limit;

    private static Member Apply(Member member, MemberChange change) => member with
    {
        Nickname = change.Nickname ?? member.Nickname,
        Avatar = change.Avatar ?? member.Avatar,
        Extra = change.Extra ?? member.Extra,
        Role = change.Role ?? member.Role,
    };

    /// <summary>One version for each member: who follows the notices takes them in one by one.</summary>
    private async ValueTask<GroupStep> StepAsync(
        Caller caller, Roster roster, (MemberChange Change, Member Member)[] effective, CancellationToken ct)
    {
        var (app, group, now) = (caller.App, roster.Group, clock.GetUtcNow().ToUnixTimeMilliseconds());
        var after = roster.With([.. effective.Select(e => e.Member)], steps: effective.Length);
        var person = await scribe.PersonAsync(after, caller.User, ct);
        var (writes, news, edits) = (new List<StoreChange>(), new List<Notice>(), new List<Notice>());
        foreach (var (change, member) in effective)
        {
            var (old, version) = (roster.Find(member.User)!, roster.Version + writes.Count + 1);
            writes.Add(new ChangeMembers(app, group.Id, [member], version, ChangesOrder: member.Role != old.Role));

            var (facts, target) = (new GroupFacts(group, after.Count, version), await scribe.PersonAsync(app, member.User, member, ct));
            edits.Add(new MemberEdited(change) { At = now, Group = facts, Operator = person });
            if (change.Role is not null) news.Add(new MemberRoleChanged(target, old.Role) { At = now, Group = facts, Operator = person });
            if (change.IsOfCard) news.Add(new MemberCardChanged(target) { At = now, Group = facts, Operator = person });
        }

        return new(after, [.. writes]) { News = news, Noted = edits };
    }
}
