using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Files;

/// <summary>Finds the file of a signed link; its bytes are then read through <see cref="IFileBytes"/>.</summary>
public sealed class OpenFile(IFileStore store, FileLinks links)
{
    /// <returns>The file; or LinkInvalid, LinkExpired, FileNotFound.</returns>
    public async ValueTask<Result<StoredFile>> RunAsync(SignedLink signed, CancellationToken ct)
    {
        var state = links.Check(signed);
        if (state != Condition.None) return state;
        if (signed.Link.Verb != LinkVerb.Read) return Condition.LinkInvalid;

        var file = await store.FindAsync(signed.Link.App, new FileId(signed.Link.Id), ct);
        return file is null ? Condition.FileNotFound : file;
    }
}
