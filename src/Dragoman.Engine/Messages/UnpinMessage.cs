using Dragoman.Engine.Caching;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Messages;

/// <summary>A message is pinned no longer; anybody in its conversation may do that.</summary>
public sealed class UnpinMessage(MessageDesk desk, IPinStore pins, KeyedGate gate)
{
    /// <returns>Done; or NotPermitted, NotGroupMember, NotInRoom, GroupDisabled, PinNotFound (also for a message that is not there).</returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, UserId user, ConversationKey conversation, MessageId message, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return Condition.NotPermitted;
        var found = await desk.FindAsync(caller.App, user, message, ct);
        if (!found.TryGet(out var seen, out var refusal)) return refusal.Condition == Condition.MessageNotFound ? new Refusal(Condition.PinNotFound) : refusal;

        var entry = seen.Entry;
        if (entry.Conversation != conversation) return Condition.PinNotFound;

        using var turn = await gate.EnterAsync(conversation, ct);
        if (!(await pins.CountAsync(conversation, entry.Sequence, ct)).IsPinned) return Condition.PinNotFound;

        var notice = new MessageUnpinned(entry.Id.Value, entry.Sequence, user) { At = desk.Now };
        refusal = await desk.CommitAsync(caller, user, seen, notice, new TakePin(caller.App, conversation, entry.Sequence));
        return refusal is null ? default(Done) : refusal;
    }
}
