using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Relations;

namespace Dragoman.Engine.Messages;

/// <summary>One user says something to another (or to himself).</summary>
/// <remarks>
/// The message is durable when <see cref="PendingSend.FinishAsync"/> returns. A retry with the same client key gets the
/// first send's answer and is stored once.
/// </remarks>
public sealed class SendDirectMessage(
    AccountDirectory accounts, ContactRules contacts, UserConversations conversations, SendDesk desk, EngineLimits limits)
{
    /// <summary>Checks the rules, from memory when they are known, and queues the message in the order of the calls.</summary>
    /// <returns>
    /// The pending send; or NotPermitted, MessageTooLarge, AccountNotFound (the sender), PeerNotFound, BlockedByPeer, as the draft
    /// demands it StrangersRefused, PeerHasNotAddedSender or SenderHasNotAddedPeer, ReceiverRefusesMessages, Overloaded,
    /// Unavailable.
    /// </returns>
    public ValueTask<Result<PendingSend>> BeginAsync(Caller caller, UserId sender, UserId receiver, MessageDraft draft, CancellationToken ct)
    {
        if (!caller.MayActFor(sender)) return new(Condition.NotPermitted);
        if (draft.Body.Length > limits.MaxBodyBytes) return new(Condition.MessageTooLarge);

        return draft.BypassesRules
            ? new(Post(caller, sender, receiver, draft, draft.Flags))
            : CheckAsync(caller, sender, receiver, draft, ct);
    }

    public async ValueTask<Result<SentMessage>> RunAsync(
        Caller caller, UserId sender, UserId receiver, MessageDraft draft, CancellationToken ct)
    {
        var begun = await BeginAsync(caller, sender, receiver, draft, ct);
        return begun.TryGet(out var pending, out var refusal) ? await pending.FinishAsync() : refusal;
    }

    private async ValueTask<Result<PendingSend>> CheckAsync(
        Caller caller, UserId sender, UserId receiver, MessageDraft draft, CancellationToken ct)
    {
        var app = caller.App;
        var account = await accounts.FindAsync(app, sender, ct);
        if (account is null) return new Refusal(Condition.AccountNotFound, sender.Value);

        var peer = await accounts.FindAsync(app, receiver, ct);
        if (peer is null) return new Refusal(Condition.PeerNotFound, receiver.Value);

        var stranger = await contacts.CheckAsync(account, receiver, draft.Friends, ct);
        if (stranger != Condition.None) return new Refusal(stranger, receiver.Value);
        if (peer.Receive == ReceiveOption.Refuse) return Condition.ReceiverRefusesMessages;

        var settings = await conversations.FindSettingsAsync(receiver, ConversationKey.Direct(app, sender, receiver), ct);
        if (settings?.Receive == ReceiveOption.Refuse) return Condition.ReceiverRefusesMessages;

        var isSilent = peer.Receive == ReceiveOption.Silent || settings?.Receive == ReceiveOption.Silent;
        return Post(caller, sender, receiver, draft, isSilent ? draft.Flags | EntryFlags.NoPush : draft.Flags);
    }

    private Result<PendingSend> Post(Caller caller, UserId sender, UserId receiver, in MessageDraft draft, EntryFlags flags) =>
        desk.Post(
            draft,
            ConversationKey.Direct(caller.App, sender, receiver),
            sender,
            new Audience.Pair(sender, receiver),
            flags,
            caller.Operation);
}
