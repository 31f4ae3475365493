using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Conversations;

/// <summary>Takes conversations off a user's list; the next message brings one back.</summary>
public sealed class ForgetConversations(
    UserConversations conversations, ConversationHeads heads, LogWriter journal, OnlineNews news, TimeProvider clock)
{
    /// <returns>Done; or NotPermitted. Conversations that are not on his list are passed over.</returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, UserId user, IReadOnlyList<ConversationKey> gone, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return Condition.NotPermitted;

        var changes = new List<StoreChange>();
        var keys = new List<ConversationKey>();
        foreach (var conversation in gone.Distinct())
        {
            var state = await conversations.FindAsync(user, conversation, ct);
            if (state is null) continue;

            var ends = await heads.EndsAsync(conversation, ct);
            if (state.IsHidden(ends)) continue;

            keys.Add(conversation);
            changes.Add(new HideConversation(caller.App, user, conversation, Math.Max(1, ends.Timeline)));
        }

        if (changes.Count == 0) return default(Done);

        var unit = new WriteUnit(changes)
        {
            WhenWritten = () => keys.ForEach(key => conversations.Forget(user, key)),
        };
        var refusal = await journal.CommitAsync(unit);
        if (refusal is not null) return refusal;

        news.TellDevices(caller, user, new UserConversationsChanged(user, keys) { At = clock.GetUtcNow().ToUnixTimeMilliseconds(), IsOffList = true });
        return default(Done);
    }
}
