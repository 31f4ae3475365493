using Dragoman.Engine.Caching;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Messages;

/// <summary>Keeps a message where everybody in its conversation finds it; anybody in it may. To pin what is pinned brings it to the front.</summary>
public sealed class PinMessage(MessageDesk desk, IPinStore pins, KeyedGate gate, EngineLimits limits)
{
    /// <param name="conversation">Where the message has to be.</param>
    /// <param name="most">Pinned messages that the app lets a conversation have; 0 is as many as the server does.</param>
    /// <returns>Done; or NotPermitted, MessageNotFound, NotGroupMember, NotInRoom, GroupDisabled, PinLimitReached.</returns>
    public async ValueTask<Result<Done>> RunAsync(
        Caller caller, UserId user, ConversationKey conversation, MessageId message, int most, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return Condition.NotPermitted;
        var found = await desk.FindAsync(caller.App, user, message, ct);
        if (!found.TryGet(out var seen, out var refusal)) return refusal;

        var entry = seen.Entry;
        if (entry.Conversation != conversation) return Condition.MessageNotFound;

        using var turn = await gate.EnterAsync(conversation, ct);
        var (count, isPinned) = await pins.CountAsync(conversation, entry.Sequence, ct);
        if (!isPinned && count >= (most > 0 ? Math.Min(most, limits.MaxPins) : limits.MaxPins)) return Condition.PinLimitReached;

        var notice = new MessagePinned(entry.Id.Value, entry.Sequence, user) { At = desk.Now };
        refusal = await desk.CommitAsync(caller, user, seen, notice, new PutPin(caller.App, conversation, entry.Sequence, user, notice.At));
        return refusal is null ? default(Done) : refusal;
    }
}
