using Dragoman.Engine.Files;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>Takes a file off a group's shelf and deletes it: whoever put it there, and who may clear up.</summary>
public sealed class UnshareFile(GroupDesk desk, GroupScribe scribe, IGroupFileStore store, TimeProvider clock)
{
    /// <returns>What was there; or GroupNotFound, GroupDismissed, GroupDisabled, NotGroupMember, FileNotFound, NotGroupManager, GroupTypeForbids.</returns>
    public async ValueTask<Result<GroupFile>> RunAsync(Caller caller, GroupId groupId, FileId file, CancellationToken ct)
    {
        using var turn = await desk.EnterAsync(caller.App, groupId, ct);
        var found = await desk.FindAsync(caller.App, groupId, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        if (!caller.IsAdministrator && roster.Find(caller.User) is null) return new Refusal(Condition.NotGroupMember, caller.User.Value);
        if (await store.FindAsync(caller.App, groupId, file, ct) is not { } shared) return new Refusal(Condition.FileNotFound, file.Value);
        if (shared.Owner != caller.User && GroupRights.WhyNot(caller, roster, GroupAction.UnshareFiles) is { } forbidden) return forbidden;

        var notice = new FileUnshared(shared)
        {
            At = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Group = roster.Facts,
            Operator = await scribe.PersonAsync(roster, caller.User, ct),
        };
        var step = new GroupStep(roster, new RemoveGroupFile(caller.App, groupId, file), new RemoveFile(caller.App, shared.Stored));
        var written = await desk.CommitAsync(caller, step.Telling(notice, NoticeReach.Changes));
        return written.TryGet(out _, out var failure) ? shared : failure;
    }
}
