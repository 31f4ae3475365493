using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Files;

/// <summary>Finds a file for whoever was given a link or a secret of it; its bytes are then read through <see cref="IFileBytes"/>.</summary>
public sealed class OpenFile(IFileStore store, FileLinks links, TimeProvider clock)
{
    /// <returns>The file; or LinkInvalid, LinkExpired, FileNotFound, FileExpired.</returns>
    public async ValueTask<Result<StoredFile>> RunAsync(SignedLink signed, CancellationToken ct)
    {
        var state = links.Check(signed);
        if (state != Condition.None) return state;
        if (signed.Link.Verb != LinkVerb.Read) return Condition.LinkInvalid;

        var file = await store.FindAsync(signed.Link.App, new FileId(signed.Link.Id), ct);
        return Check(file);
    }

    /// <param name="secret">What <see cref="FileLinks.SecretOf(AppId, FileId)"/> made of it; null for a caller who needs none.</param>
    /// <returns>The file; or LinkInvalid, FileNotFound, FileExpired.</returns>
    public async ValueTask<Result<StoredFile>> RunAsync(AppId app, FileId id, string? secret, CancellationToken ct)
    {
        if (secret is not null && !links.IsSecret(secret, app, id)) return Condition.LinkInvalid;
        return Check(await store.FindAsync(app, id, ct));
    }

    /// <inheritdoc cref="RunAsync(AppId, FileId, string?, CancellationToken)"/>
    public async ValueTask<Result<StoredFile>> RunAsync(AppId app, string name, string? secret, CancellationToken ct)
    {
        if (secret is not null && !links.IsSecret(secret, app, name)) return Condition.LinkInvalid;
        return Check(FileNames.IsValid(name) ? await store.FindAsync(app, name, ct) : null);
    }

    private Result<StoredFile> Check(StoredFile? file)
    {
        if (file is null) return Condition.FileNotFound;
        return file.IsOver(clock.GetUtcNow()) ? Condition.FileExpired : file;
    }
}
