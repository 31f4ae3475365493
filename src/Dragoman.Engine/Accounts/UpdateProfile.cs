using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dragoman.Engine.Accounts.Credentials;
using Dragoman.Engine.Caching;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Relations;
using Dragoman.Engine.Words;

namespace Dragoman.Engine.Accounts;

/// <param name="Nickname">Null leaves it as it is; so for the others.</param>
public sealed record ProfileChange(
    string? Nickname = null, string? Avatar = null, string? Extra = null, ReceiveOption? Receive = null, AddMode? Adding = null)
{
    /// <summary>Null leaves them as they are.</summary>
    public QuietHours? Quiet { get; init; }

    /// <summary>Standard fields by their <see cref="ProfileKeys"/>; null and empty values take them away.</summary>
    public IReadOnlyDictionary<string, string?>? Profile { get; init; }

    /// <summary>The same for the app's own fields.</summary>
    public IReadOnlyDictionary<string, string?>? Fields { get; init; }

    /// <summary>What only one dialect knows of; the same.</summary>
    public IReadOnlyDictionary<string, string?>? Traits { get; init; }

    /// <summary>The same for names under which the user logs in. Nobody is told.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<LoginNameKind, LoginName?>? LoginNames { get; init; }
}

/// <summary>Changes what others see of an account; its own devices are told, and who has it on a list of friends or in a group.</summary>
public sealed class UpdateProfile(
    LogWriter journal,
    AccountDirectory accounts,
    ProfileInFriends friends,
    ProfileInGroups groups,
    HookDesk hooks,
    WordDesk words,
    OnlineNews news,
    KeyedGate gate,
    EngineLimits limits,
    TimeProvider clock)
{
    /// <returns>
    /// Done; or NotPermitted, ProfileTooLarge, FieldUnknown, FieldValueInvalid, FieldValueTooLong, WordRejected, AccountNotFound, and PhoneTaken,
    /// MailTaken, LoginNameTaken.
    /// </returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, UserId user, ProfileChange change, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return Condition.NotPermitted;
        if (hooks.Asks<UpdatingProfile>(caller.App))
        {
            var proposal = new UpdatingProfile(caller, user, change);
            if (await hooks.AskAsync(proposal, ct) is { } forbidden) return forbidden;
            change = proposal.Change;
        }

        if (Profiles.Check(limits, user, change) is { } tooLarge) return tooLarge;

        var nickname = change.Nickname;
        if (words.Screen(caller.App, WordPlaces.Profiles, ref nickname) is { } rejected) return rejected;
        change = change with { Nickname = nickname };
        if (change.Profile is not null)
        {
            var profile = change.Profile.ToImmutableDictionary(field => field.Key, field => field.Value ?? "");
            if (Profiles.Screen(words, caller.App, ref profile) is { } rejectedField) return rejectedField;
            change = change with { Profile = profile! };
        }

        var notice = new ProfileChanged(user) { At = clock.GetUtcNow().ToUnixTimeMilliseconds(), Change = change };
        var written = await WriteAsync(caller, user, change, notice, ct);
        if (!written.TryGet(out var account, out var refusal)) return refusal;

        news.TellDevices(caller, user, notice);
        await groups.ShowAsync(caller, account.Before, account.After, ct);
        var unfinished = account.Friends is { } chunk ? await friends.FinishAsync(caller, user, chunk, ct) : null;
        return unfinished is null ? default(Done) : unfinished;
    }

    /// <returns>The account before and after, and the first lists of friends that show it; null when they do not see any change.</returns>
    private async ValueTask<Result<(Account Before, Account After, FriendChunk? Friends)>> WriteAsync(
        Caller caller, UserId user, ProfileChange change, ProfileChanged notice, CancellationToken ct)
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
            Quiet = change.Quiet ?? account.Quiet,
            Adding = change.Adding ?? account.Adding,
            UpdatedAt = notice.At,
            Profile = Profiles.Merge(account.Profile, change.Profile),
            Fields = Profiles.Merge(account.Fields, change.Fields),
            Traits = Profiles.Merge(account.Traits, change.Traits),
        };
        if (Profiles.CheckTotal(limits, changed) is { } tooLarge) return tooLarge;

        FriendChunk? chunk = LooksTheSame(account, changed) ? null : await friends.BeginAsync(caller.App, user, ct);
        var unit = new WriteUnit([.. NamesOf(caller.App, user, change), new PutAccount(caller.App, changed), .. chunk?.Changes ?? []])
        {
            Happened = Happened.Of(caller, notice),
            WhenWritten = () => accounts.Changed(changed),
        };
        return await journal.CommitAsync(unit) is { } refusal ? refusal : (account, changed, chunk);
    }

    private static IEnumerable<StoreChange> NamesOf(AppId app, UserId user, ProfileChange change)
    {
        foreach (var (kind, name) in change.LoginNames ?? ImmutableDictionary<LoginNameKind, LoginName?>.Empty)
            yield return name is { } given ? new PutLoginName(app, user, given) : new RemoveLoginName(app, user, kind);
    }

    private static bool LooksTheSame(Account before, Account after) =>
        before.Nickname == after.Nickname && before.Avatar == after.Avatar && before.Extra == after.Extra;
}
