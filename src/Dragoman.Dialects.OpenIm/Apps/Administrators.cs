using Dragoman.Engine;
using Dragoman.Engine.Accounts;

namespace Dragoman.Dialects.OpenIm.Apps;

/// <summary>Sees to it that the administrators whom an app's definition names exist as accounts.</summary>
internal sealed class Administrators(RegisterAccounts register, AccountDirectory accounts)
{
    public async Task CreateMissingAsync(OpenImApp app, CancellationToken ct)
    {
        foreach (var userId in app.AdminUserIds)
        {
            var user = new UserId(userId);
            if (await accounts.FindAsync(app.Id, user, ct) is not null) continue;

            var account = new Account { App = app.Id, Id = user, Nickname = "superAdmin", Role = AccountRole.Administrator };
            var registered = await register.RunAsync(new Caller(app.Id, user, IsAdministrator: true) { SkipsHooks = true }, [account], ct);
            if (!registered.TryGet(out _, out var refusal))
                throw new InvalidOperationException($"The administrator \"{userId}\" of app {app.Name} could not be created: {refusal.Condition}.");
        }
    }
}
