using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Removes members from a group; they hear of it and keep what they could read until then.</summary>
public sealed class KickMembers(GroupDesk desk, GroupScribe scribe, TimeProvider clock)
{
    /// <returns>
    /// The group after it; or GroupNotFound, GroupDismissed, CannotKickSelf, CannotKickOwner, KickTargetNotMember (with
    /// the user), NotGroupMember (the caller), NotGroupManager (the caller's rank is too low).
    /// </returns>
    public async ValueTask<Result<Roster>> RunAsync(
        Caller caller, GroupId groupId, IReadOnlyList<UserId> users, CancellationToken ct)
    {
        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (WhyNot(caller, roster, users) is { } reason) return reason;

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var gone = users.Select(user => roster.Find(user)!).ToArray();
        var after = roster.Without([.. users]);
        var notice = new MembersRemoved(await scribe.PeopleAsync(caller.App, gone, ct))
        {
            At = now,
            Group = new(roster.Group, after.Count, after.Version),
            Operator = await scribe.PersonAsync(caller.App, caller.User, roster.Find(caller.User), ct),
        };
        return await desk.CommitAsync(
            caller, after, [new RemoveMembers(caller.App, groupId, users, after.Version)], caller.User, notice, touched: users, alsoTell: users);
    }

    private static Refusal? WhyNot(Caller caller, Roster roster, IReadOnlyList<UserId> users)
    {
        if (users.Contains(caller.User)) return new(Condition.CannotKickSelf);
        if (users.Contains(roster.Group.Owner)) return new(Condition.CannotKickOwner);

        var actor = roster.RoleOf(caller.User);
        if (!caller.IsAdministrator && actor == GroupRole.None) return new(Condition.NotGroupMember, caller.User.Value);
        foreach (var user in users)
        {
            var role = roster.RoleOf(user);
            if (role == GroupRole.None) return new(Condition.KickTargetNotMember, user.Value);
            if (!caller.IsAdministrator && role >= actor) return new(Condition.NotGroupManager, user.Value);
        }

        return !caller.IsAdministrator && actor < GroupRole.Manager ? new(Condition.NotGroupManager) : null;
    }
}
