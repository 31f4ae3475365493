using Dragoman.Engine.Accounts.Credentials;

namespace Dragoman.Engine.Ports;

public interface IPasswordStore
{
    /// <returns>Null when the user has none, or does not exist.</returns>
    ValueTask<StoredPassword?> FindAsync(AppId app, UserId user, CancellationToken ct);
}
