using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Accounts;

/// <summary>Forgets logs, all or none.</summary>
public sealed class DeleteClientLogs(IClientLogStore store, LogWriter journal)
{
    /// <returns>Done; or NotPermitted, ClientLogNotFound (with the id).</returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, IReadOnlyList<string> ids, CancellationToken ct)
    {
        if (!caller.IsAdministrator) return Condition.NotPermitted;

        foreach (var id in ids)
        {
            if (!await store.ExistsAsync(caller.App, id, ct)) return new Refusal(Condition.ClientLogNotFound, id);
        }

        var refusal = await journal.CommitAsync(new WriteUnit([new RemoveClientLogs(caller.App, ids)]));
        return refusal is null ? default(Done) : refusal;
    }
}
