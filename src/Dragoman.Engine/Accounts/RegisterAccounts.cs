using Dragoman.Engine.Hooks;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Words;

namespace Dragoman.Engine.Accounts;

/// <summary>Creates accounts, all or none.</summary>
public sealed class RegisterAccounts(LogWriter journal, AccountDirectory accounts, HookDesk hooks, WordDesk words, EngineLimits limits, TimeProvider clock)
{
    /// <returns>Done; or NotPermitted, AccountIdInvalid, ProfileTooLarge, WordRejected, AccountExists (with the id).</returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, IReadOnlyList<Account> newcomers, CancellationToken ct)
    {
        if (!caller.IsAdministrator) return Condition.NotPermitted;
        if (!caller.SkipsHooks && hooks.Asks<RegisteringAccounts>(caller.App))
        {
            var proposal = new RegisteringAccounts(caller, newcomers);
            if (await hooks.AskAsync(proposal, ct) is { } forbidden) return forbidden;
            newcomers = proposal.Accounts;
        }

        var created = new List<Account>(newcomers.Count);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var account in newcomers)
        {
            if (!UserIds.IsValid(account.Id)) return new Refusal(Condition.AccountIdInvalid, account.Id.Value);
            if (Profiles.Check(limits, account.Id, account.Nickname, account.Avatar, account.Extra) is { } tooLarge) return tooLarge;
            if (await accounts.FindAsync(caller.App, account.Id, ct) is not null)
                return new Refusal(Condition.AccountExists, account.Id.Value);

            var nickname = account.Nickname;
            if (words.Screen(caller.App, WordPlaces.Profiles, ref nickname) is { } rejected) return rejected;
            created.Add(account with { App = caller.App, CreatedAt = now, UpdatedAt = now, Nickname = nickname });
        }

        var unit = new WriteUnit([.. created.Select(account => new CreateAccount(caller.App, account))])
        {
            Happened = Happened.Of(caller, new AccountsRegistered(created) { At = now }),
            WhenWritten = () => Remember(caller.App, created),
        };
        var refusal = await journal.CommitAsync(unit);
        return refusal is null ? default(Done) : refusal;
    }

    private void Remember(AppId app, IReadOnlyList<Account> newcomers)
    {
        foreach (var account in newcomers) accounts.Created(app, account.Id);
    }
}
