using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Relations;
using Dragoman.Engine.Words;

namespace Dragoman.Engine.Messages;

/// <summary>One user says something to another (or to himself).</summary>
/// <remarks>
/// The message is durable when <see cref="PendingSend.FinishAsync"/> returns. A retry with the same client key gets the
/// first send's answer and is stored once.
/// </remarks>
public sealed class SendDirectMessage(
    AccountDirectory accounts,
    ContactRules contacts,
    UserConversations conversations,
    WordDesk words,
    MessageHooks hooks,
    Openings openings,
    SendDesk desk,
    EngineLimits limits)
{
    /// <summary>Checks the rules, from memory when they are known, and queues the message in the order of the calls.</summary>
    /// <returns>
    /// The pending send; or NotPermitted, MessageTooLarge, AccountNotFound (the sender), PeerNotFound, BlockedByPeer, as the draft
    /// demands it StrangersRefused, PeerHasNotAddedSender or SenderHasNotAddedPeer, ReceiverRefusesMessages, WordRejected
    /// (with the word), a hook's refusal, Overloaded, Unavailable.
    /// </returns>
    public ValueTask<Result<PendingSend>> BeginAsync(Caller caller, UserId sender, UserId receiver, MessageDraft draft, CancellationToken ct)
    {
        if (!caller.MayActFor(sender)) return new(Condition.NotPermitted);
        if (draft.Body.Length > limits.MaxBodyBytes) return new(Condition.MessageTooLarge);

        return draft.May(SendRights.All)
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
        var conversation = ConversationKey.Direct(app, sender, receiver);
        if (!draft.May(SendRights.SkipAsking) && hooks.AsksBeforeRules(app) && await hooks.AskAsync(caller, conversation, sender, draft, ct) is { } forbidden) return forbidden;

        var account = await accounts.FindAsync(app, sender, ct);
        if (account is null) return new Refusal(Condition.AccountNotFound, sender.Value);

        var peer = await accounts.FindAsync(app, receiver, ct);
        if (peer is null) return new Refusal(Condition.PeerNotFound, receiver.Value);

        if (!draft.May(SendRights.SkipContacts))
        {
            var strangers = await contacts.CheckAsync(account, receiver, draft.Friends, ct);
            if (strangers != Condition.None) return new Refusal(strangers, receiver.Value);
        }

        var ignoresSettings = draft.May(SendRights.SkipReceiverSettings);
        if (peer.Receive == ReceiveOption.Refuse && !ignoresSettings) return Condition.ReceiverRefusesMessages;

        var settings = await conversations.FindSettingsAsync(receiver, conversation, ct);
        if (settings?.Receive == ReceiveOption.Refuse && !ignoresSettings) return Condition.ReceiverRefusesMessages;

        if (words.Screen(app, ref draft) is { } rejected) return rejected;

        // Nobody is called by name between two.
        var isSilent = peer.Receive is ReceiveOption.Silent or ReceiveOption.MentionsOnly
            || settings?.Receive is ReceiveOption.Silent or ReceiveOption.MentionsOnly;
        if (isSilent) draft = draft with { Flags = draft.Flags | EntryFlags.NoPush };
        return hooks.AsksAfterRules(app) || openings.Concern(app, ConversationKind.Direct)
            ? await AskAsync(caller, sender, receiver, draft, ct)
            : Post(caller, sender, receiver, draft, draft.Flags);
    }

    private async ValueTask<Result<PendingSend>> AskAsync(Caller caller, UserId sender, UserId receiver, MessageDraft draft, CancellationToken ct)
    {
        var conversation = ConversationKey.Direct(caller.App, sender, receiver);
        var rewritten = await hooks.RewriteAsync(caller, conversation, sender, draft, new Audience.Pair(sender, receiver), ct);
        if (!rewritten.TryGet(out var final, out var refusal)) return refusal;
        if (final.Conversation.Kind != ConversationKind.Direct || (final.Draft.Flags & EntryFlags.OnlineOnly) != 0)
            return desk.Post(final, sender, caller.Operation);

        var peer = final.Conversation.PeerOf(sender);
        var asked = await openings.OfEachAsync(caller, final.Conversation, peer == sender ? [sender] : [sender, peer], ct);
        if (!asked.TryGet(out var opening, out refusal)) return refusal;
        return opening.IsEmpty ? desk.Post(final, sender, caller.Operation) : desk.Open(final, sender, caller, opening);
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
