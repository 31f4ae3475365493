using Dragoman.Engine.Accounts.Credentials;

namespace Dragoman.Engine.Ports;

public interface ILoginNameStore
{
    /// <returns>Whose name it is; null when it is nobody's.</returns>
    ValueTask<UserId?> FindAsync(AppId app, LoginName name, CancellationToken ct);

    /// <summary>Whose names have this one as their end, behind so many characters at most; in the order of the names.</summary>
    ValueTask<IReadOnlyList<UserId>> FindByEndAsync(AppId app, LoginName end, int maxBefore, CancellationToken ct);

    /// <summary>All of a user's names, by kind.</summary>
    ValueTask<IReadOnlyList<LoginName>> OfAsync(AppId app, UserId user, CancellationToken ct);

    /// <summary>Whether somebody has registered with it already.</summary>
    ValueTask<bool> IsSpentAsync(AppId app, string invitation, CancellationToken ct);
}
