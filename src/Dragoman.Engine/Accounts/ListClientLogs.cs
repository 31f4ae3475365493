using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Accounts;

/// <summary>The logs that clients have uploaded, newest first.</summary>
public sealed class ListClientLogs(IClientLogStore store)
{
    /// <returns>A page; or NotPermitted.</returns>
    public async ValueTask<Result<ClientLogPage>> RunAsync(Caller caller, ClientLogQuery query, CancellationToken ct) =>
        caller.IsAdministrator ? await store.SearchAsync(caller.App, query, ct) : Condition.NotPermitted;
}
