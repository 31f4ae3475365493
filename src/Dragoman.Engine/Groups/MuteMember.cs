using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Takes the word from a member until a time, or gives it back.</summary>
public sealed class MuteMember(GroupDesk desk, GroupScribe scribe, TimeProvider clock)
{
    /// <param name="until">Unix milliseconds; <see cref="long.MaxValue"/> is for ever, 0 ends the mute.</param>
    /// <returns>
    /// The group after it; or GroupNotFound, GroupDismissed, NotGroupMember (the caller), TargetNotMember, TargetIsOwner,
    /// NotGroupManager, GroupTypeForbids, TargetOutranks.
    /// </returns>
    public async ValueTask<Result<Roster>> RunAsync(Caller caller, GroupId groupId, UserId user, long until, CancellationToken ct)
    {
        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (!caller.IsAdministrator && roster.Find(caller.User) is null) return new Refusal(Condition.NotGroupMember, caller.User.Value);
        if (roster.Find(user) is not { } member) return new Refusal(Condition.TargetNotMember, user.Value);
        if (member.Role == GroupRole.Owner) return new Refusal(Condition.TargetIsOwner, user.Value);
        if (GroupRights.WhyNot(caller, roster, GroupAction.MuteMembers, user) is { } forbidden) return forbidden;

        Member[] changed = [member with { MutedUntil = until }];
        var after = roster.With(changed);
        var (now, target) = (clock.GetUtcNow().ToUnixTimeMilliseconds(), await scribe.PersonAsync(after, user, ct));
        var person = await scribe.PersonAsync(after, caller.User, ct);
        GroupNotice notice = until > 0
            ? new MemberMuted(target, until) { At = now, Group = after.Facts, Operator = person }
            : new MemberUnmuted(target) { At = now, Group = after.Facts, Operator = person };
        var step = new GroupStep(after, new ChangeMembers(caller.App, groupId, changed, after.Version, ChangesOrder: false));
        return await desk.CommitAsync(caller, step.Telling(notice));
    }
}
