using Dragoman.Engine.Files;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Puts a stored file on a group's shelf, where every member finds it.</summary>
public sealed class ShareFile(GroupDesk desk, GroupScribe scribe, IGroupFileStore store, EngineLimits limits, TimeProvider clock)
{
    /// <summary>To be asked before the bytes come.</summary>
    /// <returns>Null; or what <see cref="RunAsync"/> would refuse now.</returns>
    public async ValueTask<Refusal?> CheckAsync(Caller caller, GroupId groupId, CancellationToken ct)
    {
        var found = await desk.FindAsync(caller.App, groupId, ct);
        return found.TryGet(out var roster, out var refusal) ? await WhyNotAsync(caller, roster, ct) : refusal;
    }

    /// <param name="name">What its owner calls it.</param>
    /// <returns>
    /// It on the shelf; or GroupNotFound, GroupDismissed, GroupDisabled, NotGroupMember, NotGroupManager, GroupTypeForbids, GroupFileLimitReached.
    /// The file stays stored when it is refused.
    /// </returns>
    public async ValueTask<Result<GroupFile>> RunAsync(Caller caller, GroupId groupId, StoredFile file, string name, CancellationToken ct)
    {
        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (await WhyNotAsync(caller, roster, ct) is { } forbidden) return forbidden;

        var shared = new GroupFile
        {
            Group = groupId,
            Id = file.Id,
            Stored = file.Name,
            Name = name,
            Size = file.Content.Size,
            Owner = caller.User,
            SharedAt = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        var notice = new FileShared(shared)
        {
            At = shared.SharedAt,
            Group = roster.Facts,
            Operator = await scribe.PersonAsync(roster, caller.User, ct),
        };
        var step = new GroupStep(roster, new PutGroupFile(caller.App, shared));
        var written = await desk.CommitAsync(caller, step.Telling(notice, NoticeReach.Changes));
        return written.TryGet(out _, out var failure) ? shared : failure;
    }

    private async ValueTask<Refusal?> WhyNotAsync(Caller caller, Roster roster, CancellationToken ct)
    {
        if (GroupRights.WhyNot(caller, roster, GroupAction.ShareFiles) is { } forbidden) return forbidden;
        return await store.CountAsync(caller.App, roster.Group.Id, ct) >= limits.MaxGroupFiles ? new(Condition.GroupFileLimitReached) : null;
    }
}
