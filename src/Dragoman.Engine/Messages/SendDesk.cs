using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Messages;

/// <summary>The last step that all sends share: into the log, or straight to who is online.</summary>
public sealed class SendDesk(
    LogWriter journal, IEventBus bus, Openings openings, ReadCursors cursors, MessageIds ids, JournalOptions options, TimeProvider clock)
{
    internal Result<PendingSend> Post(
        FinalMessage message, UserId sender, string operation, StoreChange[]? changes = null, Action? afterwards = null) =>
        Post(message.Draft, message.Conversation, sender, message.Audience, message.Draft.Flags, operation, changes, afterwards);

    /// <param name="afterwards">Called once the message and its changes are on disk, by nobody who is in a hurry.</param>
    internal Result<PendingSend> Post(
        in MessageDraft draft,
        ConversationKey conversation,
        UserId sender,
        Audience audience,
        EntryFlags flags,
        string operation,
        StoreChange[]? changes = null,
        Action? afterwards = null)
    {
        var entry = EntryOf(draft, conversation, sender, audience, flags, operation);
        if ((flags & EntryFlags.OnlineOnly) != 0) return Say(entry);

        return Write(entry, changes is null ? new WriteUnit(entry) : new WriteUnit(changes, entry), afterwards);
    }

    /// <summary>A room is told more than it takes: the sender is answered as if all went well, and nobody hears of it.</summary>
    internal Result<PendingSend> Shed(in MessageDraft draft, ConversationKey conversation, UserId sender)
    {
        var entry = EntryOf(draft, conversation, sender, audience: null, draft.Flags, operation: "");
        entry.Place(sequence: 0, ids.Next(), clock.GetUtcNow().ToUnixTimeMilliseconds());
        entry.Receipt?.Settle(new SentMessage(entry.Id, Sequence: 0, entry.SentAt, IsRepeat: false) { IsShed = true }, refusal: null);
        return PendingSend.Dropped(entry);
    }

    /// <summary>The first that is said in a conversation which somebody wanted to be asked about, or to hear of.</summary>
    internal Result<PendingSend> Open(FinalMessage message, UserId sender, Caller caller, Opening opening)
    {
        var flags = message.Draft.Flags;
        var entry = EntryOf(message.Draft, message.Conversation, sender, message.Audience, flags, caller.Operation);
        if ((flags & EntryFlags.OnlineOnly) != 0) return Say(entry);

        var unit = new WriteUnit([.. opening.Changes], entry) { Happened = Happened.Of(caller, opening.Notices) };
        var written = Write(entry, unit);
        if (written.TryGet(out _, out _)) openings.Begin(opening, unit.Committed);
        return written;
    }

    private Result<PendingSend> Write(Entry entry, WriteUnit unit, Action? afterwards = null)
    {
        var committed = journal.CommitAsync(unit);
        // Refused before it was queued (overload, shutdown): the unit's own task never completes.
        if (committed.IsCompletedSuccessfully && committed.Result is { } refusal) return refusal;
        if (afterwards is not null) _ = RunAsync(unit, afterwards);
        return PendingSend.Stored(entry, unit, cursors);
    }

    private Entry EntryOf(in MessageDraft draft, ConversationKey conversation, UserId sender, Audience? audience, EntryFlags flags, string operation)
    {
        if (draft.Receipt is not null) draft.Receipt.Cursors = cursors;
        return new()
        {
            Conversation = conversation,
            Channel = draft.Channel,
            Sender = sender,
            Origin = draft.Origin,
            Content = draft.Content,
            Type = draft.Type,
            Flags = flags,
            Body = draft.Body,
            ClientKey = draft.ClientKey,
            Audience = audience,
            Mentions = draft.Mentions,
            OriginSession = draft.OriginSession,
            Operation = operation,
            Receipt = draft.Receipt,
            Priority = draft.Priority,
        };
    }

    private static async Task RunAsync(WriteUnit unit, Action afterwards)
    {
        if (await unit.Committed is null && unit.RepeatOf is null) afterwards();
    }

    private Result<PendingSend> Say(Entry entry)
    {
        if (bus.Backlog > options.UndeliveredNews) return Condition.Overloaded;

        entry.Place(sequence: 0, ids.Next(), clock.GetUtcNow().ToUnixTimeMilliseconds());
        bus.Publish(new EntryPublished(entry));
        return PendingSend.Transient(entry);
    }
}
