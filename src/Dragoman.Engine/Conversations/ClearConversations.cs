using Dragoman.Engine.Groups;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Conversations;

/// <summary>Empties conversations for one user: everything until now is read and gone from his sight.</summary>
public sealed class ClearConversations(
    UserConversations conversations, ConversationHeads heads, IEntryStore entries, RosterDirectory rosters, LogWriter journal, OnlineNews news, TimeProvider clock)
{
    /// <param name="tellDevices">His other devices empty them too.</param>
    /// <param name="before">What was said earlier, Unix milliseconds; everything when null.</param>
    /// <param name="forEverybody">The other side of a direct conversation, or all members, no longer see it either.</param>
    /// <returns>
    /// Done; or NotPermitted (also for a group whose type does not let him erase for everybody). Conversations that he has
    /// no part in are passed over.
    /// </returns>
    public async ValueTask<Result<Done>> RunAsync(
        Caller caller, UserId user, IReadOnlyList<ConversationKey> cleared, bool tellDevices, bool forEverybody, CancellationToken ct, long? before = null)
    {
        if (!caller.MayActFor(user)) return Condition.NotPermitted;

        var states = new List<UserConversation>();
        var cuts = new List<CutConversation>();
        foreach (var conversation in cleared)
        {
            if (forEverybody && !await MayCutAsync(caller, user, conversation, ct)) return Condition.NotPermitted;
            var state = await conversations.FindAsync(user, conversation, ct);
            if (state is null) continue;
            var ends = await heads.EndsAsync(conversation, ct);
            var last = before is { } time ? await LastBeforeAsync(conversation, ends, time, ct) : ends.Timeline;
            if (last + 1 <= state.MinSequence) continue;
            states.Add(state with { MinSequence = last + 1, ReadSequence = last });
            if (forEverybody) cuts.Add(new(caller.App, conversation, last + 1));
        }

        if (states.Count == 0) return default(Done);

        var unit = new WriteUnit([.. states.Select(s => new PutUserConversation(caller.App, s)), .. cuts])
        {
            WhenWritten = () => states.ForEach(conversations.Changed),
        };
        var refusal = await journal.CommitAsync(unit);
        if (refusal is not null) return refusal;

        var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
        ConversationKey[] keys = [.. states.Select(s => s.Conversation)];
        news.TellDevices(caller, user, new UserConversationsChanged(user, keys) { At = at });
        if (tellDevices) news.TellDevices(caller, user, new ConversationsCleared(user, keys) { At = at });
        if (forEverybody) await TellOthersAsync(caller, user, keys, at, ct);
        return default(Done);
    }

    /// <summary>The last entry of the timeline from before a time; 0 when there is none. Times of a log only grow.</summary>
    private async ValueTask<long> LastBeforeAsync(ConversationKey conversation, ConversationEnds ends, long time, CancellationToken ct)
    {
        var (low, high) = (ends.First - 1, ends.Timeline);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            var entry = await entries.FindAsync(conversation, LogChannel.Timeline, middle, ct);
            if (entry is not null && entry.SentAt >= time) high = middle - 1;
            else low = middle;
        }

        return low;
    }

    private async ValueTask<bool> MayCutAsync(Caller caller, UserId user, ConversationKey conversation, CancellationToken ct)
    {
        if (caller.IsAdministrator || conversation.Kind is not (ConversationKind.Group or ConversationKind.Topic)) return true;
        var roster = await rosters.FindAsync(caller.App, conversation.GroupId, ct);
        return roster is not null && GroupRights.WhyNot(caller with { User = user }, roster, GroupAction.EraseForAll) is null;
    }

    private async ValueTask TellOthersAsync(Caller caller, UserId user, ConversationKey[] keys, long at, CancellationToken ct)
    {
        foreach (var key in keys.Where(k => k.Kind is ConversationKind.Direct or ConversationKind.Group))
        {
            var roster = key.Kind == ConversationKind.Group ? await rosters.FindAsync(caller.App, key.GroupId, ct) : null;
            if (key.Kind == ConversationKind.Group && roster is null) continue;
            news.Tell(caller, key, user, Audiences.Of(key, user, roster), new ConversationsCleared(user, [key]) { At = at });
        }
    }
}
