using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Messages;

/// <param name="Tally">How many there are in all; its users are the page's.</param>
/// <param name="IsLast">Nobody comes after this page.</param>
public sealed record ReactorPage(ReactionTally Tally, bool IsLast);

/// <summary>How people have reacted to messages.</summary>
public sealed class ListReactions(MessageDesk desk, IReactionStore store)
{
    /// <returns>The message's reactions, the oldest first; or NotPermitted, MessageNotFound, NotGroupMember, GroupDisabled.</returns>
    public async ValueTask<Result<IReadOnlyList<ReactionTally>>> RunAsync(Caller caller, UserId reader, MessageId message, CancellationToken ct)
    {
        if (!caller.MayActFor(reader)) return Condition.NotPermitted;
        var found = await desk.FindAsync(caller.App, reader, message, ct);
        return found.TryGet(out var seen, out var refusal)
            ? Result.Of((await store.TallyAsync(seen.Entry.Conversation, [seen.Entry.Sequence], reader, ReactionTally.NamedUsers, ct))[0])
            : refusal;
    }

    /// <summary>Who has reacted in one way, the oldest first.</summary>
    /// <returns>The page, possibly empty; or NotPermitted, MessageNotFound, NotGroupMember, GroupDisabled.</returns>
    public async ValueTask<Result<ReactorPage>> UsersAsync(
        Caller caller, UserId reader, MessageId message, string reaction, long skip, int take, CancellationToken ct)
    {
        if (!caller.MayActFor(reader)) return Condition.NotPermitted;
        var found = await desk.FindAsync(caller.App, reader, message, ct);
        if (!found.TryGet(out var seen, out var refusal)) return refusal;

        var (conversation, sequence) = (seen.Entry.Conversation, seen.Entry.Sequence);
        var tallies = (await store.TallyAsync(conversation, [sequence], reader, users: 0, ct))[0];
        if (tallies.FirstOrDefault(tally => tally.Reaction == reaction) is not { } tally) return new ReactorPage(new(reaction, 0, IsOwn: false, [], 0), IsLast: true);

        var users = await store.PageAsync(conversation, sequence, reaction, skip, take, ct);
        return new ReactorPage(tally with { Users = users }, skip + users.Count >= tally.Count);
    }
}
