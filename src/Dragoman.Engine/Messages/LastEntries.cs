using Dragoman.Engine.Caching;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Messages;

/// <param name="Read">How far the reader has read.</param>
/// <param name="PeerRead">The same of the other side of a direct conversation; otherwise 0.</param>
public readonly record struct LastEntry(Entry Entry, long Read, long PeerRead);

/// <summary>The last thing said in each of many conversations that the reader can still see: what a list of conversations shows.</summary>
/// <remarks>Kept in memory for as long as nothing changes in the conversation, or in what anybody keeps about it.</remarks>
public sealed class LastEntries(IEntryStore entries, ConversationHeads heads, ReadCursors cursors, EngineLimits limits)
{
    /// <summary>In one question to the store.</summary>
    private const int MaxTogether = 256;

    /// <summary>A larger one is read each time.</summary>
    private const int MaxKeptBytes = 2_048;

    private readonly TurningTable<(UserId, ConversationKey), Slot> _kept = new(limits.CachedLastEntries);

    /// <returns>In any order; a conversation that he has no part in, or in which nothing is left for him, is not there.</returns>
    public async ValueTask<IReadOnlyList<LastEntry>> RunAsync(UserId reader, IReadOnlyList<ConversationKey> conversations, CancellationToken ct)
    {
        var found = new List<LastEntry>(conversations.Count);
        var missed = new List<(ConversationKey Key, long Version)>();
        foreach (var key in conversations)
        {
            var version = heads.VersionOf(key);
            if (!_kept.TryGet((reader, key), out var slot) || slot.Kept is not { } kept || kept.Version != version) missed.Add((key, version));
            else if (kept.Last is { } last) found.Add(WithCursors(reader, last));
        }

        foreach (var some in missed.Chunk(MaxTogether))
        {
            var read = (await entries.LastAsync(reader, Array.ConvertAll(some, static miss => miss.Key), ct)).ToDictionary(last => last.Entry.Conversation);
            foreach (var (key, version) in some)
            {
                LastEntry? last = read.TryGetValue(key, out var one) ? one : null;
                Keep(reader, key, new(version, last));
                if (last is not null) found.Add(WithCursors(reader, one));
            }
        }

        return found;
    }

    private void Keep(UserId reader, ConversationKey key, Kept kept)
    {
        if (kept.Last is { } last && last.Entry.Body.Length > MaxKeptBytes) return;
        _kept.GetOrAdd((reader, key), static () => new()).Kept = kept;
    }

    private LastEntry WithCursors(UserId reader, LastEntry last)
    {
        var key = last.Entry.Conversation;
        var read = cursors.Apply(reader, key, last.Read);
        return key.Kind == ConversationKind.Direct ? new(last.Entry, read, cursors.Apply(key.PeerOf(reader), key, last.PeerRead)) : last with { Read = read };
    }

    /// <param name="Version">Of the conversation, asked for before the store was.</param>
    /// <param name="Last">Null when there is nothing that he can see.</param>
    private sealed record Kept(long Version, LastEntry? Last);

    private sealed class Slot
    {
        public volatile Kept? Kept;
    }
}
