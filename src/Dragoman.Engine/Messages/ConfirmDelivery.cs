using Dragoman.Engine.Caching;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Messages;

/// <summary>A device of the receiver has a message of a pair; its sender is told, now or when he comes back.</summary>
public sealed class ConfirmDelivery(IEntryStore entries, LogWriter journal, EngineLimits limits, TimeProvider clock)
{
    private static readonly object s_done = new();

    // Each of the receiver's devices confirms: the sender hears of the first. What is forgotten is told again, which does no harm.
    private readonly BoundedCache<(AppId, MessageId), object> _confirmed = new(limits.CachedConfirmations);

    /// <returns>Done, also for the sender's own message and for a second time; or NotPermitted, MessageNotFound.</returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, UserId receiver, MessageId message, CancellationToken ct)
    {
        if (!caller.MayActFor(receiver)) return Condition.NotPermitted;
        if (_confirmed.TryGet((caller.App, message), out _)) return default(Done);

        var entry = await entries.FindByIdAsync(caller.App, message, ct);
        if (entry is not { Channel: LogChannel.Timeline, Notice: null, Conversation.Kind: ConversationKind.Direct } || !entry.Conversation.Names(receiver)) return Condition.MessageNotFound;
        if (entry.Sender == receiver) return default(Done);

        var notice = new MessageDelivered(entry.Id.Value, entry.Sequence, receiver) { At = clock.GetUtcNow().ToUnixTimeMilliseconds() };
        var told = NoticeEntry.Make(
            caller.Operation, entry.Conversation, LogChannel.Changes, receiver, new Events.Audience.Users([entry.Sender]), notice,
            EntryFlags.NoUnread | EntryFlags.NoPush, origin: caller.Session);
        var refusal = await journal.CommitAsync(new WriteUnit([], told));
        if (refusal is not null) return refusal;

        _confirmed.Put((caller.App, message), s_done);
        return default(Done);
    }
}
