namespace Dragoman.Engine.Ports;

/// <param name="User">Empty for a setting that holds for everybody.</param>
public sealed record ClientSetting(UserId User, string Name, string Value);

/// <summary>What the operator of an app hands to its clients, for all of them or for one user.</summary>
public interface IClientSettingStore
{
    /// <param name="user">Empty for those that hold for everybody.</param>
    ValueTask<IReadOnlyList<ClientSetting>> OfAsync(AppId app, UserId user, CancellationToken ct);

    /// <param name="user">Empty does not filter; so for <paramref name="name"/>.</param>
    /// <returns>How many there are in all, and one page by user and name.</returns>
    ValueTask<(long Total, IReadOnlyList<ClientSetting> Page)> PageAsync(
        AppId app, UserId user, string name, long skip, int take, CancellationToken ct);
}
