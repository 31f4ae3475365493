using Dragoman.Engine.Accounts;

namespace Dragoman.Engine.Ports;

public interface IClientLogStore
{
    ValueTask<bool> ExistsAsync(AppId app, string id, CancellationToken ct);

    /// <summary>Newest first.</summary>
    ValueTask<ClientLogPage> SearchAsync(AppId app, ClientLogQuery query, CancellationToken ct);
}
