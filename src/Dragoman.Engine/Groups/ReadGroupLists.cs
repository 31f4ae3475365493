using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>The lists that a group's managers keep: who is muted, who is shut out, who speaks while it is muted.</summary>
public sealed class ReadGroupLists(GroupDesk desk, IGroupBanStore bans, TimeProvider clock)
{
    /// <returns>Members who may not speak now; or GroupNotFound, GroupDismissed, GroupDisabled, NotGroupMember, NotGroupManager, GroupTypeForbids.</returns>
    public async ValueTask<Result<Member[]>> MutedAsync(Caller caller, GroupId group, CancellationToken ct)
    {
        var found = await FindAsync(caller, group, GroupAction.MuteMembers, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return roster.Members.Where(member => member.MutedUntil > now).ToArray();
    }

    /// <returns>Who may not come in now, the newest first; or as <see cref="MutedAsync"/>.</returns>
    public async ValueTask<Result<IReadOnlyList<GroupBan>>> BannedAsync(Caller caller, GroupId group, CancellationToken ct)
    {
        var found = await FindAsync(caller, group, GroupAction.Ban, ct);
        return found.TryGet(out _, out var refusal)
            ? Result.Of(await bans.ListAsync(caller.App, group, clock.GetUtcNow().ToUnixTimeMilliseconds(), ct))
            : refusal;
    }

    /// <returns>Who speaks while the group is muted, whatever his rank; or as <see cref="MutedAsync"/>.</returns>
    public async ValueTask<Result<Member[]>> AllowedAsync(Caller caller, GroupId group, CancellationToken ct)
    {
        var found = await FindAsync(caller, group, GroupAction.EditAllowList, ct);
        return found.TryGet(out var roster, out var refusal) ? roster.Members.Where(member => member.IsAllowListed).ToArray() : refusal;
    }

    /// <returns>What the group knows of one of its members, for himself and for managers; or as <see cref="MutedAsync"/>, and TargetNotMember.</returns>
    public async ValueTask<Result<Member>> OneAsync(Caller caller, GroupId group, UserId user, CancellationToken ct)
    {
        var found = await desk.FindAsync(caller.App, group, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (user != caller.User && GroupRights.WhyNot(caller, roster, GroupAction.EditAllowList) is { } forbidden) return forbidden;
        if (roster.Find(user) is { } member) return member;
        return new Refusal(user == caller.User ? Condition.NotGroupMember : Condition.TargetNotMember, user.Value);
    }

    private async ValueTask<Result<Roster>> FindAsync(Caller caller, GroupId group, GroupAction action, CancellationToken ct)
    {
        var found = await desk.FindAsync(caller.App, group, ct);
        return found.TryGet(out var roster, out _) && GroupRights.WhyNot(caller, roster, action) is { } refusal ? refusal : found;
    }
}
