using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Files;

/// <param name="ExpiresAt">Until when the address can be used.</param>
public sealed record ResolvedFile(StoredFile File, FileAddress Address, DateTimeOffset ExpiresAt);

/// <summary>Finds a file by its name and gives the address of its bytes, which everybody can use who is told it.</summary>
public sealed class ResolveFile(IFileStore store, IFileBytes bytes, FileLinks links, FileLimits limits, TimeProvider clock)
{
    /// <returns>The address; or FileNotFound, FileExpired.</returns>
    public async ValueTask<Result<ResolvedFile>> RunAsync(AppId app, string name, CancellationToken ct)
    {
        var file = FileNames.IsValid(name) ? await store.FindAsync(app, name, ct) : null;
        if (file is null) return new Refusal(Condition.FileNotFound, name);
        if (file.IsOver(clock.GetUtcNow())) return new Refusal(Condition.FileExpired, name);

        var until = clock.GetUtcNow() + limits.DownloadLinkLife;
        var address = bytes.SignRead(file, until) is { } direct
            ? new FileAddress(direct, default)
            : new FileAddress(Direct: null, links.Sign(LinkVerb.Read, app, file.Id.Value, part: 0, until));
        return new ResolvedFile(file, address, until);
    }
}
