using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Conversations;

/// <summary>Empties conversations for one user: everything until now is read and gone from his sight.</summary>
public sealed class ClearConversations(
    UserConversations conversations, IEntryStore entries, LogWriter journal, OnlineNews news, TimeProvider clock)
{
    /// <param name="tellDevices">His other devices empty them too.</param>
    /// <returns>Done; or NotPermitted. Conversations that he has no part in are passed over.</returns>
    public async ValueTask<Result<Done>> RunAsync(
        Caller caller, UserId user, IReadOnlyList<ConversationKey> cleared, bool tellDevices, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return Condition.NotPermitted;

        var states = new List<UserConversation>();
        foreach (var conversation in cleared)
        {
            var state = await conversations.FindAsync(user, conversation, ct);
            if (state is null) continue;
            var ends = await entries.EndsAsync(conversation, ct);
            states.Add(state with { MinSequence = ends.Timeline + 1, ReadSequence = ends.Timeline });
        }

        if (states.Count == 0) return default(Done);

        var unit = new WriteUnit([.. states.Select(s => new PutUserConversation(caller.App, s))])
        {
            WhenWritten = () => states.ForEach(conversations.Changed),
        };
        var refusal = await journal.CommitAsync(unit);
        if (refusal is not null) return refusal;

        var at = clock.GetUtcNow().ToUnixTimeMilliseconds();
        ConversationKey[] keys = [.. states.Select(s => s.Conversation)];
        news.TellDevices(caller, user, new UserConversationsChanged(user, keys) { At = at });
        if (tellDevices) news.TellDevices(caller, user, new ConversationsCleared(user, keys) { At = at });
        return default(Done);
    }
}
