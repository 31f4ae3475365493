using Dragoman.Engine.Accounts;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>An account's new name or face shows in the groups where it has none of its own; who is online there is told.</summary>
/// <remarks>To be called after the account was written, and not while holding its gate: every group has its own.</remarks>
public sealed class ProfileInGroups(GroupDesk desk, IGroupStore groups, GroupScribe scribe, TimeProvider clock)
{
    /// <summary>Groups that are changed at the same time; the log writer makes one batch of them.</summary>
    private const int Chunk = 32;

    public async ValueTask ShowAsync(Caller caller, Account before, Account after, CancellationToken ct)
    {
        var (isRenamed, hasNewFace) = (before.Nickname != after.Nickname, before.Avatar != after.Avatar);
        if (!isRenamed && !hasNewFace) return;

        var joined = await groups.ListOfAsync(caller.App, after.Id, ct);
        foreach (var chunk in joined.Chunk(Chunk))
            await Task.WhenAll(chunk.Select(group => ShowAsync(caller, group, after.Id, isRenamed, hasNewFace, ct)));
    }

    private async Task ShowAsync(Caller caller, GroupId groupId, UserId user, bool isRenamed, bool hasNewFace, CancellationToken ct)
    {
        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out _) || roster.Find(user) is not { } member) return;
        if (!(isRenamed && member.Nickname.Length == 0) && !(hasNewFace && member.Avatar.Length == 0)) return;

        var after = roster.With([member]);
        var person = await scribe.PersonAsync(after, user, ct);
        var notice = new MemberCardChanged(person) { At = clock.GetUtcNow().ToUnixTimeMilliseconds(), Group = after.Facts, Operator = person };
        var step = new GroupStep(after, new ChangeMembers(caller.App, groupId, [member], after.Version, ChangesOrder: false)) { Actor = user };
        await desk.CommitAsync(caller, step.Telling(notice, NoticeReach.Online));
    }
}
