using Dragoman.Engine;
using Dragoman.Engine.Accounts;

namespace Dragoman.Dialects.OpenIm.Apps;

/// <summary>The apps that speak this dialect. Filled once at start, then only read.</summary>
internal sealed class OpenImApps(RegisterAccounts register, AccountDirectory accounts)
{
    private readonly Dictionary<AppId, OpenImApp> _byId = [];

    public OpenImApp? Find(AppId app) => _byId.GetValueOrDefault(app);

    public IEnumerable<OpenImApp> All => _byId.Values;

    /// <summary>Adds an app and sees to it that its administrators exist.</summary>
    public async Task AddAsync(OpenImApp app, CancellationToken ct)
    {
        _byId[app.Id] = app;
        foreach (var userId in app.AdminUserIds)
        {
            var user = new UserId(userId);
            if (await accounts.FindAsync(app.Id, user, ct) is not null) continue;

            var account = new Account { App = app.Id, Id = user, Nickname = "superAdmin", Role = AccountRole.Administrator };
            var registered = await register.RunAsync(new Caller(app.Id, user, IsAdministrator: true), [account], ct);
            if (!registered.TryGet(out _, out var refusal))
                throw new InvalidOperationException($"The administrator \"{userId}\" of app {app.Name} could not be created: {refusal.Condition}.");
        }
    }
}
