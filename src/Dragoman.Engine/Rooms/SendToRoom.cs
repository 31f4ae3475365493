using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Rates;
using Dragoman.Engine.Words;

namespace Dragoman.Engine.Rooms;

/// <summary>An occupant says something to a room, or the app does.</summary>
/// <remarks>
/// Durable and de-duplicated as every send; whoever is in at this moment hears of it. A room that is told more than it takes drops what is
/// least important: its sender is told that all went well, and nobody is shown it.
/// </remarks>
public sealed class SendToRoom(
    RoomDirectory rooms, Occupancy occupancy, RoomDesk roomDesk, WordDesk words, MessageHooks hooks, SendDesk desk, RateDesk rates, LogWriter journal, RoomLimits limits,
    EngineLimits engineLimits)
{
    private const int TrimEvery = 64;
    private const EntryFlags Always = EntryFlags.NoUnread | EntryFlags.NoPush;

    /// <returns>
    /// The pending send; or NotPermitted, MessageTooLarge, RoomNotFound, NotInRoom, SenderMuted (with its end), RoomMuted, WordRejected (with
    /// the word), a hook's refusal, Overloaded, Unavailable.
    /// </returns>
    public async ValueTask<Result<PendingSend>> BeginAsync(Caller caller, UserId sender, RoomId roomId, MessageDraft draft, CancellationToken ct)
    {
        if (!caller.MayActFor(sender)) return Condition.NotPermitted;
        if (draft.Body.Length > engineLimits.MaxBodyBytes) return Condition.MessageTooLarge;

        var sheet = await rooms.FindAsync(caller.App, roomId, ct);
        if (sheet is null) return new Refusal(Condition.RoomNotFound, roomId.Value);
        if (WhyNot(caller, sheet, sender, draft) is { } refusal) return refusal;
        if (!draft.May(SendRights.All) && words.Screen(caller.App, ref draft) is { } rejected) return rejected;
        if (IsTooMuch(sheet, sender, draft)) return desk.Shed(draft, ConversationKey.Room(caller.App, roomId), sender);

        draft = draft with { Flags = draft.Flags | Always };
        var conversation = ConversationKey.Room(caller.App, roomId);
        var audience = new Audience.Room(occupancy.Snapshot(caller.App, roomId));
        if (hooks.AsksBeforeRules(caller.App) || hooks.AsksAfterRules(caller.App)) return await AskAsync(caller, conversation, sender, draft, audience, ct);
        return Post(draft, conversation, sender, audience, caller.Operation);
    }

    public async ValueTask<Result<SentMessage>> RunAsync(Caller caller, UserId sender, RoomId room, MessageDraft draft, CancellationToken ct)
    {
        var begun = await BeginAsync(caller, sender, room, draft, ct);
        return begun.TryGet(out var pending, out var refusal) ? await pending.FinishAsync() : refusal;
    }

    private async ValueTask<Result<PendingSend>> AskAsync(
        Caller caller, ConversationKey conversation, UserId sender, MessageDraft draft, Audience.Room audience, CancellationToken ct)
    {
        if (!draft.May(SendRights.SkipAsking) && await hooks.AskAsync(caller, conversation, sender, draft, ct) is { } forbidden) return forbidden;
        var rewritten = await hooks.RewriteAsync(caller, conversation, sender, draft, audience, ct);
        return rewritten.TryGet(out var final, out var refusal) ? desk.Post(final, sender, caller.Operation) : refusal;
    }

    private Result<PendingSend> Post(in MessageDraft draft, ConversationKey conversation, UserId sender, Audience audience, string operation)
    {
        var posted = desk.Post(draft, conversation, sender, audience, draft.Flags, operation);
        if (posted.TryGet(out var pending, out _)) pending.Then(sequence => Trim(conversation, sequence), TrimEvery);
        return posted;
    }

    /// <summary>Now and then what is too old to be shown to newcomers goes.</summary>
    private void Trim(ConversationKey conversation, long sequence)
    {
        var upTo = sequence - Math.Max(1, limits.KeptMessages);
        if (upTo > 0) _ = journal.CommitAsync(new WriteUnit([new TrimRoom(conversation.App, conversation.RoomId, upTo)]));
    }

    private Refusal? WhyNot(Caller caller, RoomSheet sheet, UserId sender, in MessageDraft draft)
    {
        // The app itself speaks in any of its rooms.
        if (caller.IsAdministrator && sender == caller.User) return null;
        if (!occupancy.TryFind(sheet.Room.App, sheet.Room.Id, sender, out var occupant))
            return draft.May(SendRights.SkipMembership) ? null : new(Condition.NotInRoom, sender.Value);
        if (draft.May(SendRights.SkipMutes) || sender == sheet.Room.Owner) return null;

        var now = roomDesk.Now;
        var until = sheet.Until(RoomStanding.Muted, sender.Value);
        foreach (var tag in occupant.Tags) until = Math.Max(until, sheet.Until(RoomStanding.MutedTag, tag));
        if (until >= now) return new(Condition.SenderMuted, sender.Value);
        return sheet.Room.MutedUntil >= now && !sheet.Has(RoomStanding.Allowed, sender) && sheet.RoleOf(sender) < sheet.Type[RoomAction.SpeakWhileMuted]
            ? new(Condition.RoomMuted)
            : null;
    }

    /// <summary>
    /// One bucket for the room, into which the more important may reach deeper: when more is said than it takes, all that fits is theirs.
    /// </summary>
    private bool IsTooMuch(RoomSheet sheet, UserId sender, in MessageDraft draft)
    {
        var rate = draft.Traffic.Times != 0 || draft.Traffic.Burst != 0 ? draft.Traffic : Rate.Of(limits.MessagesPerSecond);
        if (rate.IsUnlimited) return false;

        var depth = draft.Priority == MessagePriority.High || sheet.RoleOf(sender) > RoomRole.Occupant || sheet.Has(RoomStanding.Allowed, sender) ? 3
            : draft.Priority == MessagePriority.Normal ? 2
            : 1;
        return rates.Take(new RateKey(sheet.Room.App, RateName.Conversation, sheet.Room.Id.Value), rate with { Burst = rate.Burst * depth }) is not null;
    }
}
