using Dragoman.Engine.Caching;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Relations;

namespace Dragoman.Engine.Accounts;

/// <param name="Nickname">Null leaves it as it is; so for the others.</param>
public sealed record ProfileChange(
    string? Nickname = null, string? Avatar = null, string? Extra = null, ReceiveOption? Receive = null, AddMode? Adding = null);

/// <summary>Changes what others see of an account; its own devices are told, and everybody who has it on a list of friends.</summary>
public sealed class UpdateProfile(
    LogWriter journal, AccountDirectory accounts, ProfileInFriends friends, OnlineNews news, KeyedGate gate, TimeProvider clock)
{
    /// <returns>Done; or NotPermitted, AccountNotFound.</returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, UserId user, ProfileChange change, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return Condition.NotPermitted;

        var written = await WriteAsync(caller, user, change, ct);
        if (!written.TryGet(out var chunk, out var refusal)) return refusal;

        news.TellDevices(caller, user, new ProfileChanged(user) { At = clock.GetUtcNow().ToUnixTimeMilliseconds() });
        var unfinished = chunk is null ? null : await friends.FinishAsync(caller, user, chunk.Value, ct);
        return unfinished is null ? default(Done) : unfinished;
    }

    /// <returns>The first lists that show the change; null when others do not see any.</returns>
    private async ValueTask<Result<FriendChunk?>> WriteAsync(Caller caller, UserId user, ProfileChange change, CancellationToken ct)
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
            Adding = change.Adding ?? account.Adding,
        };
        FriendChunk? chunk = LooksTheSame(account, changed) ? null : await friends.BeginAsync(caller.App, user, ct);
        var unit = new WriteUnit([new PutAccount(caller.App, changed), .. chunk?.Changes ?? []])
        {
            WhenWritten = () => accounts.Changed(changed),
        };
        var refusal = await journal.CommitAsync(unit);
        return refusal is null ? chunk : refusal;
    }

    private static bool LooksTheSame(Account before, Account after) =>
        before.Nickname == after.Nickname && before.Avatar == after.Avatar && before.Extra == after.Extra;
}
