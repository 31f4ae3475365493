using Dragoman.Engine.Accounts;

namespace Dragoman.Engine.Ports;

/// <param name="Keep">How many of the user's newest logs stay; older ones go.</param>
public sealed record AddClientLogs(AppId App, UserId User, IReadOnlyList<ClientLog> Logs, int Keep) : StoreChange(App);

public sealed record RemoveClientLogs(AppId App, IReadOnlyList<string> Ids) : StoreChange(App);
