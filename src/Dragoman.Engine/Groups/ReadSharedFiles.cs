using Dragoman.Engine.Files;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Groups;

/// <summary>What is on a group's shelf, for its members.</summary>
public sealed class ReadSharedFiles(GroupDesk desk, IGroupFileStore store, IFileStore files)
{
    /// <returns>The page, newest first; or GroupNotFound, GroupDismissed, GroupDisabled, NotGroupMember.</returns>
    public async ValueTask<Result<IReadOnlyList<GroupFile>>> ListAsync(Caller caller, GroupId group, long skip, int take, CancellationToken ct) =>
        await WhyNotAsync(caller, group, ct) is { } refusal ? refusal : Result.Of(await store.PageAsync(caller.App, group, skip, take, ct));

    /// <returns>The file, whose bytes may be read; or as <see cref="ListAsync"/>, and FileNotFound.</returns>
    public async ValueTask<Result<StoredFile>> OpenAsync(Caller caller, GroupId group, FileId file, CancellationToken ct)
    {
        if (await WhyNotAsync(caller, group, ct) is { } refusal) return refusal;
        var shared = await store.FindAsync(caller.App, group, file, ct);
        var stored = shared is null ? null : await files.FindAsync(caller.App, shared.Stored, ct);
        return stored is null ? new Refusal(Condition.FileNotFound, file.Value) : stored;
    }

    private async ValueTask<Refusal?> WhyNotAsync(Caller caller, GroupId group, CancellationToken ct)
    {
        var found = await desk.FindAsync(caller.App, group, ct);
        if (!found.TryGet(out var roster, out var refusal)) return refusal;
        return caller.IsAdministrator || roster.Find(caller.User) is not null ? null : new(Condition.NotGroupMember, caller.User.Value);
    }
}
