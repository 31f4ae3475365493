using Dragoman.Engine.Caching;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Accounts;

/// <param name="Nickname">Null leaves it as it is; so for the others.</param>
public sealed record ProfileChange(string? Nickname = null, string? Avatar = null, string? Extra = null, ReceiveOption? Receive = null);

/// <summary>Changes what others see of an account, and tells its own devices and those who see it in groups.</summary>
public sealed class UpdateProfile(
    LogWriter journal, AccountDirectory accounts, ProfileInGroups groups, OnlineNews news, KeyedGate gate, TimeProvider clock)
{
    /// <returns>Done; or NotPermitted, AccountNotFound.</returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, UserId user, ProfileChange change, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return Condition.NotPermitted;

        var written = await WriteAsync(caller, user, change, ct);
        if (!written.TryGet(out var account, out var refusal)) return refusal;

        news.TellDevices(caller, user, new ProfileChanged(user) { At = clock.GetUtcNow().ToUnixTimeMilliseconds() });
        await groups.ShowAsync(caller, account.Before, account.After, ct);
        return default(Done);
    }

    private async ValueTask<Result<(Account Before, Account After)>> WriteAsync(
        Caller caller, UserId user, ProfileChange change, CancellationToken ct)
    {
        using var turn = await gate.EnterAsync((caller.App, user), ct);
        var account = await accounts.FindAsync(caller.App, user, ct);
        if (account is null) return new Refusal(Condition.AccountNotFound, user.Value);

        var changed = account with
        {
            Nickname = change.Nickname ?? account.Nickname,
            Avatar = change.Avatar ?? account.Avatar,
            Extra = change.Extra ?? account.Extra,
            Receive = change.Receive ?? account.Receive,
        };
        var unit = new WriteUnit([new PutAccount(caller.App, changed)]) { WhenWritten = () => accounts.Changed(changed) };
        return await journal.CommitAsync(unit) is { } refusal ? refusal : (account, changed);
    }
}
