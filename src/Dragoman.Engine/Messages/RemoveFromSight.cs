using Dragoman.Engine.Conversations;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Topics;

namespace Dragoman.Engine.Messages;

/// <summary>Takes entries away: from one user's sight, or (by somebody entitled) from everybody's.</summary>
public sealed class RemoveFromSight(
    ConversationAccess access, IEntryStore entries, RosterDirectory rosters, TopicDirectory topics, LogWriter journal, OnlineNews news, TimeProvider clock)
{
    /// <summary>How far apart the entries of one call may be.</summary>
    private const int MaxSpan = 10_000;

    private const int ErasePage = 1_000;

    /// <summary>One user no longer sees these entries; with <paramref name="tellDevices"/> his other devices drop them too.</summary>
    /// <returns>Done; or NotPermitted, ConversationNotFound.</returns>
    public async ValueTask<Result<Done>> HideAsync(
        Caller caller, UserId user, ConversationKey conversation, IReadOnlyList<long> sequences, bool tellDevices, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return Condition.NotPermitted;
        var visible = await access.RangeAsync(user, conversation, LogChannel.Timeline, ct);
        if (!visible.TryGet(out var range, out var refused)) return refused;

        long[] existing = [.. sequences.Distinct().Where(seq => seq >= range.First && seq <= range.Last)];
        if (existing.Length == 0) return default(Done);

        var refusal = await journal.CommitAsync(new WriteUnit([new HideEntries(caller.App, user, conversation, existing)]));
        if (refusal is not null) return refusal;

        if (tellDevices) news.TellDevices(caller, user, new MessagesHidden(user, conversation, existing) { At = Now() });
        return default(Done);
    }

    /// <summary>Nobody sees these entries any more. A user may do it to his own words, a manager to the group's; notices stay.</summary>
    /// <param name="isQuiet">Nobody is told: for an administrator who tidies up.</param>
    /// <returns>Done; or NotPermitted, ConversationNotFound, GroupNotFound, TopicNotFound.</returns>
    public async ValueTask<Result<Done>> EraseAsync(
        Caller caller, UserId user, ConversationKey conversation, IReadOnlyList<long> sequences, CancellationToken ct, bool isQuiet = false)
    {
        if (!caller.MayActFor(user)) return Condition.NotPermitted;
        if (!caller.IsAdministrator)
        {
            var visible = await access.RangeAsync(user, conversation, LogChannel.Timeline, ct);
            if (!visible.TryGet(out _, out var refused)) return refused;
        }

        var isInGroup = conversation.Kind is ConversationKind.Group or ConversationKind.Topic;
        var roster = isInGroup ? await rosters.FindAsync(caller.App, conversation.GroupId, ct) : null;
        if (isInGroup && roster is null) return Condition.GroupNotFound;
        var topic = conversation.Kind == ConversationKind.Topic ? await topics.FindAsync(caller.App, conversation.TopicId, ct) : null;
        if (conversation.Kind == ConversationKind.Topic && topic is null) return Condition.TopicNotFound;
        var mayErase = roster is null ? caller.IsAdministrator : GroupRights.WhyNot(caller with { User = user }, roster, GroupAction.EraseForAll) is null;
        if (!mayErase && !await AllByAsync(user, conversation, sequences, ct)) return Condition.NotPermitted;

        var notice = new MessagesErased(user, sequences) { At = Now() };
        var entry = NoticeEntry.Make(
            caller.Operation, conversation, LogChannel.Changes, user, Audiences.Of(conversation, user, roster, topic), notice, EntryFlags.NoUnread | EntryFlags.NoPush);
        var erase = new EraseEntries(caller.App, conversation, sequences);
        var refusal = await journal.CommitAsync(isQuiet ? new WriteUnit([erase]) : new WriteUnit([erase], entry));
        return refusal is null ? default(Done) : refusal;
    }

    /// <summary>The app forgets all that was said in a conversation before a time; nobody is told.</summary>
    /// <param name="before">Unix milliseconds.</param>
    /// <returns>How many entries; or NotPermitted.</returns>
    public async ValueTask<Result<int>> EraseOldAsync(Caller caller, ConversationKey conversation, long before, CancellationToken ct)
    {
        if (!caller.IsAdministrator) return Condition.NotPermitted;

        var erased = 0;
        for (var next = 1L; ;)
        {
            var page = await entries.ReadAsync(conversation, LogChannel.Timeline, next, long.MaxValue, ErasePage, newestFirst: false, ct);
            long[] old = [.. page.TakeWhile(e => e.SentAt < before).Where(e => (e.Flags & EntryFlags.Erased) == 0).Select(e => e.Sequence)];
            if (old.Length > 0 && await journal.CommitAsync(new WriteUnit([new EraseEntries(caller.App, conversation, old)])) is { } refusal) return refusal;

            erased += old.Length;
            if (page.Count < ErasePage || page[^1].SentAt >= before) return erased;
            next = page[^1].Sequence + 1;
        }
    }

    private async ValueTask<bool> AllByAsync(UserId user, ConversationKey conversation, IReadOnlyList<long> sequences, CancellationToken ct)
    {
        var (from, to) = (sequences.Min(), sequences.Max());
        if (to - from > MaxSpan) return false;

        var wanted = sequences.ToHashSet();
        var found = await entries.ReadAsync(conversation, LogChannel.Timeline, from, to, MaxSpan + 1, newestFirst: false, ct);
        return found.All(entry => !wanted.Contains(entry.Sequence) || (entry.Sender == user && entry.Notice is null));
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
