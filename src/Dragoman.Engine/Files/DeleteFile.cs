using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Files;

/// <summary>Removes a file at once; its bytes follow when no other file has them.</summary>
public sealed class DeleteFile(IFileStore store, LogWriter journal)
{
    /// <returns>Done; or FileNotFound, NotPermitted (it is neither the caller's own nor is he an administrator).</returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, string name, CancellationToken ct)
    {
        var file = FileNames.IsValid(name) ? await store.FindAsync(caller.App, name, ct) : null;
        if (file is null) return new Refusal(Condition.FileNotFound, name);
        if (!caller.MayActFor(file.Owner)) return new Refusal(Condition.NotPermitted, file.Owner.Value);

        var refusal = await journal.CommitAsync(new WriteUnit([new RemoveFile(caller.App, name)]));
        return refusal is null ? default(Done) : refusal;
    }
}
