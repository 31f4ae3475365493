using System.Collections.Concurrent;
using Dragoman.Engine.Caching;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Messages;

/// <summary>Somebody reacts to a message of a pair or a group: once in each way. Everybody who has it learns of it, also when he comes back.</summary>
public sealed class AddReaction(MessageDesk desk, IReactionStore reactions, KeyedGate gate, EngineLimits limits)
{
    // Messages that get their first reaction: who comes second in that moment tries again.
    private readonly ConcurrentDictionary<(AppId, MessageId), byte> _first = new();

    /// <param name="most">Different reactions that the app lets a message have; 0 is as many as the server does.</param>
    /// <returns>
    /// The message and how many react so now; or NotPermitted, ReactionInvalid, MessageNotFound (also for rooms), NotGroupMember, GroupDisabled,
    /// ReactionBusy, ReactionExists, ReactionLimitReached.
    /// </returns>
    public async ValueTask<Result<(Entry Message, ReactionTally Tally)>> RunAsync(
        Caller caller, UserId user, MessageId message, string reaction, int most, CancellationToken ct)
    {
        if (!caller.MayActFor(user)) return Condition.NotPermitted;
        if (reaction.Length == 0 || reaction.Length > limits.MaxReactionChars || reaction.Any(char.IsControl)) return Condition.ReactionInvalid;

        var found = await desk.FindAsync(caller.App, user, message, ct);
        if (!found.TryGet(out var seen, out var refusal)) return refusal;
        if (seen.Entry.Conversation.Kind == ConversationKind.Room) return Condition.MessageNotFound;

        var isFirst = (seen.Entry.Flags & EntryFlags.Reacted) == 0;
        if (isFirst && !_first.TryAdd((caller.App, message), 0)) return Condition.ReactionBusy;
        try
        {
            using var turn = await gate.EnterAsync((caller.App, message), ct);
            return await AddAsync(caller, user, seen, reaction, most > 0 ? Math.Min(most, limits.MaxReactions) : limits.MaxReactions, ct);
        }
        finally
        {
            if (isFirst) _first.TryRemove((caller.App, message), out _);
        }
    }

    private async ValueTask<Result<(Entry, ReactionTally)>> AddAsync(Caller caller, UserId user, SeenMessage seen, string reaction, int most, CancellationToken ct)
    {
        var entry = seen.Entry;
        var now = desk.Now;
        var tallies = (await reactions.TallyAsync(entry.Conversation, [entry.Sequence], user, ReactionTally.NamedUsers, ct))[0];
        var before = tallies.FirstOrDefault(tally => tally.Reaction == reaction) ?? new(reaction, 0, IsOwn: false, [], now);
        if (before.IsOwn) return Condition.ReactionExists;
        if (before.Count == 0 && tallies.Count >= most) return Condition.ReactionLimitReached;

        var after = before with { Count = before.Count + 1, IsOwn = true, Users = [.. before.Users.Append(user).Take(ReactionTally.NamedUsers)] };
        var notice = new ReactionsChanged(entry.Id.Value, entry.Sequence, reaction, user, IsAdded: true, after.Count, after.Users) { At = now };
        var refusal = await desk.CommitAsync(caller, user, seen, notice, new PutReaction(caller.App, entry.Conversation, entry.Sequence, reaction, user, now));
        return refusal is null ? (entry, after) : refusal;
    }
}
