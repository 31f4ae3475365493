using Dragoman.Engine.Conversations;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Messages;

/// <param name="At">Unix milliseconds.</param>
public sealed record PinnedMessage(Entry Message, UserId By, long At);

/// <summary>The pinned messages of a conversation that somebody can see, those that were pinned last first.</summary>
public sealed class ListPins(MessageDesk desk, IPinStore pins)
{
    /// <returns>The page; or NotPermitted, ConversationNotFound, NotGroupMember, NotInRoom.</returns>
    public async ValueTask<Result<IReadOnlyList<PinnedMessage>>> RunAsync(
        Caller caller, UserId reader, ConversationKey conversation, long skip, int take, CancellationToken ct)
    {
        if (!caller.MayActFor(reader)) return Condition.NotPermitted;
        var visible = await desk.RangeAsync(caller.App, reader, conversation, ct);
        return visible.TryGet(out var range, out var refusal)
            ? Result.Of(await pins.PageAsync(conversation, range.First, range.Last, skip, take, ct))
            : refusal;
    }
}
