using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Messages;

/// <summary>The app tells a user something through one of its service accounts, apart from what people say to each other.</summary>
public sealed class SendAnnouncement(AccountDirectory accounts, UserConversations conversations, SendDesk desk, EngineLimits limits)
{
    /// <returns>
    /// The pending send; or NotPermitted, MessageTooLarge, AccountNotFound (the sender), NotServiceAccount, PeerNotFound,
    /// Overloaded, Unavailable.
    /// </returns>
    public async ValueTask<Result<PendingSend>> BeginAsync(Caller caller, UserId sender, UserId receiver, MessageDraft draft, CancellationToken ct)
    {
        if (!caller.MayActFor(sender)) return Condition.NotPermitted;
        if (draft.Body.Length > limits.MaxBodyBytes) return Condition.MessageTooLarge;

        var speaker = await accounts.FindAsync(caller.App, sender, ct);
        if (speaker is null) return new Refusal(Condition.AccountNotFound, sender.Value);
        if (speaker.Role == AccountRole.User) return new Refusal(Condition.NotServiceAccount, sender.Value);
        if (await accounts.FindAsync(caller.App, receiver, ct) is null) return new Refusal(Condition.PeerNotFound, receiver.Value);

        var conversation = ConversationKey.Announcement(caller.App, sender, receiver);
        var isListed = await conversations.FindSettingsAsync(receiver, conversation, ct) is not null;
        StoreChange[]? changes = isListed ? null : [new ListConversation(caller.App, receiver, conversation)];
        return desk.Post(draft, conversation, sender, new Audience.Pair(sender, receiver), draft.Flags, caller.Operation, changes);
    }

    public async ValueTask<Result<SentMessage>> RunAsync(
        Caller caller, UserId sender, UserId receiver, MessageDraft draft, CancellationToken ct)
    {
        var begun = await BeginAsync(caller, sender, receiver, draft, ct);
        return begun.TryGet(out var pending, out var refusal) ? await pending.FinishAsync() : refusal;
    }
}
