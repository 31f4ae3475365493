using Dragoman.Engine.Accounts;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;

namespace Dragoman.Engine.Conversations;

/// <summary>What a user wants to be woken by: of one conversation, or of all that has nothing stricter.</summary>
/// <param name="Level">Null leaves it as it is; so for <paramref name="Hours"/>.</param>
public sealed record ReceiveChange(ReceiveOption? Level = null, QuietHours? Hours = null);

/// <summary>Sets it; the user's other devices are told.</summary>
public sealed class SetReceiveOption(
    ConfigureConversation configure, UpdateProfile profiles, AccountDirectory accounts, RosterDirectory rosters, OnlineNews news, TimeProvider clock)
{
    /// <param name="conversation">Null for all of them.</param>
    /// <returns>Done; or NotPermitted, AccountNotFound, PeerNotFound, GroupNotFound, GroupDismissed, ConversationNotFound.</returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, UserId user, ConversationKey? conversation, ReceiveChange change, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return new Refusal(Condition.NotPermitted, user.Value);
        if (await accounts.FindAsync(caller.App, user, ct) is null) return new Refusal(Condition.AccountNotFound, user.Value);

        var set = conversation is { } one
            ? await SetAsync(caller, user, one, change, ct)
            : await profiles.RunAsync(caller, user, new ProfileChange(Receive: change.Level) { Quiet = change.Hours }, ct);
        if (!set.TryGet(out _, out var refusal)) return refusal;

        news.TellDevices(caller, user, new ReceiveOptionChanged(user, conversation) { At = clock.GetUtcNow().ToUnixTimeMilliseconds(), Change = change });
        return default(Done);
    }

    private async ValueTask<Result<Done>> SetAsync(Caller caller, UserId user, ConversationKey conversation, ReceiveChange change, CancellationToken ct)
    {
        if (conversation.Kind == ConversationKind.Direct)
        {
            var peer = conversation.PeerOf(user);
            if (await accounts.FindAsync(caller.App, peer, ct) is null) return new Refusal(Condition.PeerNotFound, peer.Value);
        }
        else if (await rosters.FindAsync(caller.App, conversation.GroupId, ct) is null)
        {
            return new Refusal(Condition.GroupNotFound, conversation.A);
        }

        return await configure.RunAsync(caller, user, conversation, new ConversationSettings(change.Level) { Quiet = change.Hours }, ct);
    }
}
