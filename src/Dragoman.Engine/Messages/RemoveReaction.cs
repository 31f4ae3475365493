using Dragoman.Engine.Caching;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Messages;

/// <summary>Somebody takes a reaction of his own back; told as <see cref="AddReaction"/>.</summary>
public sealed class RemoveReaction(MessageDesk desk, IReactionStore reactions, KeyedGate gate)
{
    /// <returns>Done; or NotPermitted, MessageNotFound, NotGroupMember, GroupDisabled, ReactionNotOwned.</returns>
    public async ValueTask<Result<Done>> RunAsync(Caller caller, UserId user, MessageId message, string reaction, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return Condition.NotPermitted;
        var found = await desk.FindAsync(caller.App, user, message, ct);
        if (!found.TryGet(out var seen, out var refusal)) return refusal;

        using var turn = await gate.EnterAsync((caller.App, message), ct);
        var entry = seen.Entry;
        var tallies = (await reactions.TallyAsync(entry.Conversation, [entry.Sequence], user, ReactionTally.NamedUsers + 1, ct))[0];
        if (tallies.FirstOrDefault(tally => tally.Reaction == reaction) is not { IsOwn: true } tally) return Condition.ReactionNotOwned;

        UserId[] left = [.. tally.Users.Where(other => other != user).Take(ReactionTally.NamedUsers)];
        var notice = new ReactionsChanged(entry.Id.Value, entry.Sequence, reaction, user, IsAdded: false, tally.Count - 1, left) { At = desk.Now };
        refusal = await desk.CommitAsync(caller, user, seen, notice, new TakeReaction(caller.App, entry.Conversation, entry.Sequence, reaction, user));
        return refusal is null ? default(Done) : refusal;
    }
}
