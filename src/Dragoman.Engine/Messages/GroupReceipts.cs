using Dragoman.Engine.Caching;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Messages;

/// <param name="Total">Everybody who has read it.</param>
/// <param name="Readers">A page of them, in the order of their ids.</param>
public sealed record ReceiptPage(int Total, IReadOnlyList<GroupReceipt> Readers);

/// <summary>Who has read a message of a group whose sender wanted to know.</summary>
public sealed class GroupReceipts(
    IReceiptStore receipts, IEntryStore entries, RosterDirectory rosters, ConversationAccess access, LogWriter journal, KeyedGate gate, TimeProvider clock)
{
    /// <summary>Readers that are kept of one message.</summary>
    public const int MaxReaders = 500;

    private const int MaxText = 1_024;

    /// <summary>A member has read a message; its sender is told, now or when he comes back. A second time nothing happens.</summary>
    /// <param name="text">What the reader's app says with it, at most 1,024 characters; longer ones are cut.</param>
    /// <returns>Done; or NotPermitted, GroupNotFound, NotGroupMember, MessageNotFound, ReceiptNotWanted.</returns>
    public async ValueTask<Result<Done>> SendAsync(Caller caller, UserId reader, MessageId message, string text, CancellationToken ct)
    {
        if (!caller.MayActFor(reader)) return Condition.NotPermitted;
        var found = await FindAsync(caller.App, message, ct);
        if (!found.TryGet(out var entry, out var refusal)) return refusal;

        var roster = await rosters.FindAsync(caller.App, entry.Conversation.GroupId, ct);
        if (roster is null) return Condition.GroupNotFound;
        if (roster.Find(reader) is null) return Condition.NotGroupMember;
        var visible = await access.RangeAsync(reader, entry.Conversation, LogChannel.Timeline, ct);
        if (!visible.TryGet(out var range, out refusal)) return refusal;
        if (entry.Sequence < range.First || entry.Sequence > range.Last) return Condition.MessageNotFound;
        if ((entry.Flags & EntryFlags.WantsReceipt) == 0) return Condition.ReceiptNotWanted;
        if (entry.Sender == reader) return default(Done);

        using var turn = await gate.EnterAsync((caller.App, entry.Id), ct);
        var (count, hasRead) = await receipts.CountAsync(entry.Conversation, entry.Sequence, reader, ct);
        if (hasRead || count >= MaxReaders) return default(Done);

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var notice = new MessageReadInGroup(entry.Conversation.GroupId, entry.Id.Value, reader, count + 1) { At = now, Text = text.Length > MaxText ? text[..MaxText] : text };
        var told = NoticeEntry.ForInbox(caller, entry.Sender, reader, notice);
        refusal = await journal.CommitAsync(new WriteUnit([new PutReceipt(caller.App, entry.Conversation, entry.Sequence, new(reader, now))], told));
        return refusal is null ? default(Done) : refusal;
    }

    /// <param name="after">The reader's id after which to begin; empty at the beginning.</param>
    /// <returns>The page; or GroupNotFound, NotGroupMember, MessageNotFound.</returns>
    public async ValueTask<Result<ReceiptPage>> ListAsync(Caller caller, GroupId group, MessageId message, string after, int limit, CancellationToken ct)
    {
        var roster = await rosters.FindAsync(caller.App, group, ct);
        if (roster is null) return Condition.GroupNotFound;
        if (!caller.IsAdministrator && roster.Find(caller.User) is null) return Condition.NotGroupMember;

        var found = await FindAsync(caller.App, message, ct);
        if (!found.TryGet(out var entry, out var refusal)) return refusal;
        if (entry.Conversation.GroupId != group) return Condition.MessageNotFound;

        var (count, _) = await receipts.CountAsync(entry.Conversation, entry.Sequence, caller.User, ct);
        return new ReceiptPage(count, await receipts.PageAsync(entry.Conversation, entry.Sequence, after, limit, ct));
    }

    private async ValueTask<Result<Entry>> FindAsync(AppId app, MessageId message, CancellationToken ct) =>
        await entries.FindByIdAsync(app, message, ct) is { Channel: LogChannel.Timeline, Notice: null, IsRecalled: false, Conversation.Kind: ConversationKind.Group } entry
            ? entry
            : Condition.MessageNotFound;
}
