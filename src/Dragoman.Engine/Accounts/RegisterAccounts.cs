using Dragoman.Engine.Accounts.Credentials;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Words;

namespace Dragoman.Engine.Accounts;

/// <summary>Creates accounts, all or none.</summary>
public sealed class RegisterAccounts(
    LogWriter journal, AccountDirectory accounts, PasswordDesk passwords, HookDesk hooks, WordDesk words, NameFolding folding, EngineLimits limits, TimeProvider clock)
{
    /// <returns>Done; or as for newcomers.</returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, IReadOnlyList<Account> newcomers, CancellationToken ct)
    {
        var registered = await RunAsync(caller, [.. newcomers.Select(account => new Newcomer(account))], ct);
        return registered.TryGet(out _, out var refusal) ? default(Done) : refusal;
    }

    /// <returns>
    /// The accounts as they were created, still without their numbers; or NotPermitted, AccountIdInvalid, ProfileTooLarge, FieldUnknown,
    /// FieldValueInvalid, FieldValueTooLong, PasswordInvalid, WordRejected, AccountExists (with the id), Overloaded, and when somebody else was
    /// faster PhoneTaken, MailTaken, LoginNameTaken, InvitationSpent.
    /// </returns>
    public async ValueTask<Result<IReadOnlyList<Account>>> RunAsync(Caller caller, IReadOnlyList<Newcomer> newcomers, CancellationToken ct)
    {
        if (!caller.IsAdministrator) return Condition.NotPermitted;
        if (!caller.SkipsHooks && hooks.Asks<RegisteringAccounts>(caller.App))
        {
            var proposal = new RegisteringAccounts(caller, [.. newcomers.Select(newcomer => newcomer.Account)]);
            if (await hooks.AskAsync(proposal, ct) is { } forbidden) return forbidden;
            newcomers = Renewed(newcomers, proposal.Accounts);
        }

        var isFolded = folding.IsUsed(caller.App);
        var created = new List<Account>(newcomers.Count);
        var changes = new List<StoreChange>();
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var newcomer in newcomers)
        {
            var account = newcomer.Account;
            if (!UserIds.IsValid(account.Id)) return new Refusal(Condition.AccountIdInvalid, account.Id.Value);
            if (Profiles.Check(limits, account) is { } tooLarge) return tooLarge;
            if (newcomer.Password is { } password && passwords.Check(password) is { } invalid) return invalid;
            if (await accounts.FindAsync(caller.App, account.Id, ct) is not null)
                return new Refusal(Condition.AccountExists, account.Id.Value);
            if (isFolded && await IsAlikeAsync(caller.App, account.Id, created, ct)) return new Refusal(Condition.AccountExists, account.Id.Value);

            var nickname = account.Nickname;
            if (words.Screen(caller.App, WordPlaces.Profiles, ref nickname) is { } rejected) return rejected;
            var profile = account.Profile;
            if (Profiles.Screen(words, caller.App, ref profile) is { } rejectedField) return rejectedField;
            created.Add(account with { App = caller.App, CreatedAt = now, UpdatedAt = now, Nickname = nickname, Profile = profile });
            foreach (var name in newcomer.LoginNames) changes.Add(new PutLoginName(caller.App, account.Id, name));
            if (newcomer.Invitation.Length > 0) changes.Add(new SpendInvitation(caller.App, newcomer.Invitation, account.Id, now));
        }

        changes.AddRange(created.Select(account => new CreateAccount(caller.App, account) { IsFolded = isFolded }));
        foreach (var newcomer in newcomers.Where(newcomer => newcomer.Password is not null))
        {
            var made = await passwords.MakeAsync(newcomer.Password!, ct);
            if (!made.TryGet(out var password, out var overloaded)) return overloaded;
            changes.Add(new PutPassword(caller.App, newcomer.Account.Id, password));
        }

        var unit = new WriteUnit(changes)
        {
            Happened = Happened.Of(caller, new AccountsRegistered(created) { At = now }),
            WhenWritten = () => Remember(caller.App, created),
        };
        var refusal = await journal.CommitAsync(unit);
        return refusal is null ? created : refusal;
    }

    /// <summary>The accounts that the app wants instead, with what the newcomers in their places came with.</summary>
    private static Newcomer[] Renewed(IReadOnlyList<Newcomer> newcomers, IReadOnlyList<Account> accounts) =>
        accounts.Count == newcomers.Count
            ? [.. newcomers.Zip(accounts, (newcomer, account) => newcomer with { Account = account })]
            : [.. accounts.Select(account => newcomers.FirstOrDefault(n => n.Account.Id == account.Id) is { } same ? same with { Account = account } : new(account))];

    private async ValueTask<bool> IsAlikeAsync(AppId app, UserId user, List<Account> others, CancellationToken ct)
    {
        var folded = NameFolding.Fold(user.Value);
        return others.Exists(other => NameFolding.Fold(other.Id.Value) == folded) || (await accounts.FindAlikeAsync(app, folded, ct)).Count > 0;
    }

    private void Remember(AppId app, IReadOnlyList<Account> newcomers)
    {
        foreach (var account in newcomers) accounts.Created(app, account.Id);
    }
}
