using Dragoman.Engine.Accounts;
using Dragoman.Engine.Sessions;

namespace Dragoman.Engine.Ports;

public interface IAccountStore
{
    ValueTask<Account?> FindAsync(AppId app, UserId user, CancellationToken ct);

    ValueTask<IReadOnlyList<Grant>> GrantsAsync(AppId app, UserId user, CancellationToken ct);
}
