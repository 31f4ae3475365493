using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Gives a group to another member; who had it becomes an ordinary one.</summary>
public sealed class TransferGroup(GroupDesk desk, GroupScribe scribe, TimeProvider clock)
{
    /// <param name="from">Whom the caller takes for the owner.</param>
    /// <returns>
    /// The group after it; or GroupNotFound, GroupDismissed, NewOwnerIsOwner, NewOwnerNotMember (either is none, with the
    /// user), NotGroupMember, NotGroupOwner (the caller, or <paramref name="from"/>), GroupTypeForbids.
    /// </returns>
    public async ValueTask<Result<Roster>> RunAsync(Caller caller, GroupId groupId, UserId from, UserId to, CancellationToken ct)
    {
        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (from == to) return new Refusal(Condition.NewOwnerIsOwner, to.Value);
        if (roster.Find(from) is not { } old) return new Refusal(Condition.NewOwnerNotMember, from.Value);
        if (roster.Find(to) is not { } heir) return new Refusal(Condition.NewOwnerNotMember, to.Value);
        if (GroupRights.WhyNot(caller, roster, GroupAction.Transfer) is { } forbidden) return forbidden;
        if (old.Role != GroupRole.Owner) return new Refusal(Condition.NotGroupOwner, from.Value);

        Member[] changed = [old with { Role = GroupRole.Member }, heir with { Role = GroupRole.Owner, MutedUntil = 0 }];
        var members = roster.With(changed);
        var group = roster.Group with { Owner = to };
        var after = new Roster(group, members.Members, members.Version) { Refusing = members.Refusing };
        var notice = new GroupTransferred(await scribe.PersonAsync(after, to, ct), await scribe.PersonAsync(after, from, ct))
        {
            At = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Group = after.Facts,
            Operator = await scribe.PersonAsync(after, caller.User, ct),
        };
        var step = new GroupStep(
            after,
            new PutGroup(caller.App, group, after.Version),
            new ChangeMembers(caller.App, groupId, changed, after.Version, ChangesOrder: true));
        return await desk.CommitAsync(caller, step.Telling(notice));
    }
}
