using Dragoman.Engine.Accounts.Credentials;

namespace Dragoman.Engine.Ports;

public interface ILoginNameStore
{
    /// <returns>Whose name it is; null when it is nobody's.</returns>
    ValueTask<UserId?> FindAsync(AppId app, LoginName name, CancellationToken ct);

    /// <summary>All of a user's names, by kind.</summary>
    ValueTask<IReadOnlyList<LoginName>> OfAsync(AppId app, UserId user, CancellationToken ct);

    /// <summary>Whether somebody has registered with it already.</summary>
    ValueTask<bool> IsSpentAsync(AppId app, string invitation, CancellationToken ct);
}
