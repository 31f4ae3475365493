using Dragoman.Engine.Accounts;

namespace Dragoman.Engine.Ports;

public interface IFavouriteStore
{
    ValueTask<Favourite?> FindAsync(AppId app, UserId owner, int type, string id, CancellationToken ct);

    ValueTask<int> CountAsync(AppId app, UserId owner, CancellationToken ct);

    /// <param name="type">Null is all types.</param>
    /// <returns>By type, then oldest first.</returns>
    ValueTask<IReadOnlyList<Favourite>> ListAsync(AppId app, UserId owner, int? type, CancellationToken ct);
}
