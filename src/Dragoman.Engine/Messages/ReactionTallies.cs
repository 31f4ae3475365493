using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Messages;

/// <summary>The reactions to messages that somebody was handed out, for whoever shows them. Costs nothing for messages without any.</summary>
public sealed class ReactionTallies(IReactionStore store)
{
    private static readonly IReadOnlyDictionary<MessageId, IReadOnlyList<ReactionTally>> None = new Dictionary<MessageId, IReadOnlyList<ReactionTally>>();

    /// <returns>Only messages that have reactions.</returns>
    public async ValueTask<IReadOnlyDictionary<MessageId, IReadOnlyList<ReactionTally>>> OfAsync(UserId reader, IReadOnlyList<Entry> messages, CancellationToken ct)
    {
        Dictionary<MessageId, IReadOnlyList<ReactionTally>>? found = null;
        if (messages.Any(IsReactedTo))
        {
            foreach (var some in messages.Where(IsReactedTo).GroupBy(message => message.Conversation))
            {
                var shown = some.ToArray();
                var tallies = await store.TallyAsync(some.Key, [.. shown.Select(message => message.Sequence)], reader, ReactionTally.NamedUsers, ct);
                for (var i = 0; i < shown.Length; i++)
                {
                    if (tallies[i].Count > 0) (found ??= [])[shown[i].Id] = tallies[i];
                }
            }
        }

        return found ?? None;
    }

    private static bool IsReactedTo(Entry message) => (message.Flags & EntryFlags.Reacted) != 0;
}
