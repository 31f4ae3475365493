using Dragoman.Engine.Events;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Conversations;

/// <summary>One of two decides, for both, whether what they say disappears after it was read; both see it in the chat.</summary>
public sealed class SwitchDisappearing(UserConversations conversations, LogWriter journal, OnlineNews news, TimeProvider clock)
{
    /// <param name="settings">Puts the switch into the dialect's own settings of the conversation.</param>
    /// <returns>Done; or NotPermitted, ConversationNotFound (not one of the two).</returns>
    public async ValueTask<Result<Done>> RunAsync(
        Caller caller, UserId user, ConversationKey conversation, bool isOn, Func<string, string> settings, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return Condition.NotPermitted;
        if (conversation.Kind != ConversationKind.Direct || !conversation.Names(user)) return Condition.ConversationNotFound;

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var peer = conversation.PeerOf(user);
        var states = new List<UserConversation>();
        foreach (var one in peer == user ? [user] : new[] { user, peer })
        {
            var old = await conversations.FindAsync(one, conversation, ct)
                ?? new UserConversation { User = one, Conversation = conversation, CreatedAt = now };
            states.Add(old with { Settings = settings(old.Settings) });
        }

        var notice = new DisappearingSwitched(user, peer, isOn) { At = now };
        var entry = NoticeEntry.Make(
            caller.Operation, conversation, LogChannel.Timeline, user, new Audience.Pair(user, peer), notice, EntryFlags.NoPush);
        var unit = new WriteUnit([.. states.Select(state => new PutUserConversation(caller.App, state))], entry)
        {
            WhenWritten = () => states.ForEach(conversations.Changed),
        };
        var refusal = await journal.CommitAsync(unit);
        if (refusal is not null) return refusal;

        foreach (var state in states)
            news.TellDevices(caller, state.User, new UserConversationsChanged(state.User, [conversation]) { At = now });
        return default(Done);
    }
}
