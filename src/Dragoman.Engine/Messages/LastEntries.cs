using Dragoman.Engine.Conversations;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Messages;

/// <param name="Read">How far the reader has read.</param>
/// <param name="PeerRead">The same of the other side of a direct conversation; otherwise 0.</param>
public readonly record struct LastEntry(Entry Entry, long Read, long PeerRead);

/// <summary>The last thing said in each of many conversations that the reader can still see: what a list of conversations shows.</summary>
public sealed class LastEntries(IEntryStore entries, ReadCursors cursors)
{
    /// <summary>In one question to the store.</summary>
    private const int MaxTogether = 256;

    /// <returns>In any order; a conversation that he has no part in, or in which nothing is left for him, is not there.</returns>
    public async ValueTask<IReadOnlyList<LastEntry>> RunAsync(UserId reader, IReadOnlyList<ConversationKey> conversations, CancellationToken ct)
    {
        var found = new List<LastEntry>(conversations.Count);
        foreach (var some in conversations.Chunk(MaxTogether))
        {
            foreach (var last in await entries.LastAsync(reader, some, ct)) found.Add(WithCursors(reader, last));
        }

        return found;
    }

    private LastEntry WithCursors(UserId reader, LastEntry last)
    {
        var key = last.Entry.Conversation;
        var read = cursors.Apply(reader, key, last.Read);
        return key.Kind == ConversationKind.Direct ? new(last.Entry, read, cursors.Apply(key.PeerOf(reader), key, last.PeerRead)) : last with { Read = read };
    }
}
