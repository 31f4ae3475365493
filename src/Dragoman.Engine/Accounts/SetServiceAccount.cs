using System.Collections.Immutable;
using Dragoman.Engine.Caching;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Accounts;

/// <summary>Makes and changes accounts that speak for the app itself; nobody logs in as one.</summary>
public sealed class SetServiceAccount(LogWriter journal, AccountDirectory accounts, KeyedGate gate, EngineLimits limits, TimeProvider clock)
{
    /// <returns>The account; or NotPermitted, AccountIdInvalid, ProfileTooLarge, AccountExists.</returns>
    public async ValueTask<Result<Account>> CreateAsync(
        Caller caller, UserId user, string nickname, string avatar, ImmutableDictionary<string, string> traits, CancellationToken ct)
    {
        if (!caller.IsAdministrator) return Condition.NotPermitted;
        if (!UserIds.IsValid(user)) return new Refusal(Condition.AccountIdInvalid, user.Value);
        if (Profiles.Check(limits, user, nickname, avatar, extra: null) is { } tooLarge) return tooLarge;
        if (await accounts.FindAsync(caller.App, user, ct) is not null) return new Refusal(Condition.AccountExists, user.Value);

        var account = new Account
        {
            App = caller.App,
            Id = user,
            Nickname = nickname,
            Avatar = avatar,
            Role = AccountRole.Service,
            Traits = traits,
            CreatedAt = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        var unit = new WriteUnit([new CreateAccount(caller.App, account)]) { WhenWritten = () => accounts.Created(caller.App, user) };
        var refusal = await journal.CommitAsync(unit);
        return refusal is null ? account : refusal with { Subject = user.Value };
    }

    /// <param name="nickname">Null leaves it as it is; so for <paramref name="avatar"/>.</param>
    /// <returns>Done; or NotPermitted, ProfileTooLarge, AccountNotFound (also for an account of a person).</returns>
    public async ValueTask<Result<Done>> UpdateAsync(Caller caller, UserId user, string? nickname, string? avatar, CancellationToken ct)
    {
        if (!caller.IsAdministrator) return Condition.NotPermitted;

        if (Profiles.Check(limits, user, nickname, avatar, extra: null) is { } tooLarge) return tooLarge;

        using var turn = await gate.EnterAsync((caller.App, user), ct);
        var account = await accounts.FindAsync(caller.App, user, ct);
        if (account is not { Role: AccountRole.Service }) return new Refusal(Condition.AccountNotFound, user.Value);

        var changed = account with { Nickname = nickname ?? account.Nickname, Avatar = avatar ?? account.Avatar };
        var unit = new WriteUnit([new PutAccount(caller.App, changed)]) { WhenWritten = () => accounts.Changed(changed) };
        var refusal = await journal.CommitAsync(unit);
        return refusal is null ? default(Done) : refusal;
    }
}
