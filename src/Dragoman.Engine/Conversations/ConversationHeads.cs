using Dragoman.Engine.Caching;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Conversations;

/// <summary>How far conversations have grown: from memory, which the log writer moves on; from the store on a miss.</summary>
/// <remarks>
/// Ends only grow. So what was read from the store and what the writer has told meanwhile are joined by taking the larger,
/// and it does not matter which came first.
/// </remarks>
public sealed class ConversationHeads(IEntryStore store, EngineLimits limits)
{
    /// <summary>In one question to the store.</summary>
    private const int MaxTogether = 256;

    // One count for all: a head that the table has dropped and made again must not have a version that it had before.
    private static long _versions;

    private readonly TurningTable<ConversationKey, Head> _heads = new(limits.CachedConversationEnds);

    public ValueTask<ConversationEnds> EndsAsync(ConversationKey conversation, CancellationToken ct) =>
        _heads.TryGet(conversation, out var head) && head.TryRead(out var ends) ? new(ends) : LoadAsync(conversation, ct);

    /// <returns>The ends of each, in the same order; zeros for one in which nothing was ever said.</returns>
    public async ValueTask<ConversationEnds[]> EndsAsync(IReadOnlyList<ConversationKey> conversations, CancellationToken ct)
    {
        var ends = new ConversationEnds[conversations.Count];
        var missed = new List<(int Place, Head Head)>();
        for (var i = 0; i < ends.Length; i++)
        {
            var head = HeadOf(conversations[i]);
            if (!head.TryRead(out ends[i])) missed.Add((i, head));
        }

        foreach (var some in missed.Chunk(MaxTogether))
        {
            var read = await store.EndsAsync([.. some.Select(miss => conversations[miss.Place])], ct);
            for (var i = 0; i < some.Length; i++) ends[some[i].Place] = some[i].Head.Load(read[i]);
        }

        return ends;
    }

    /// <summary>
    /// A number that is another one after anything has changed in the conversation or in what its users keep about it. What was read
    /// from the store after the number was asked for is right as long as it is the same.
    /// </summary>
    public long VersionOf(ConversationKey conversation) => HeadOf(conversation).Version;

    /// <summary>Called by the log writer when an entry is on disk, before anybody is told.</summary>
    internal void Grown(Entry entry)
    {
        if (_heads.TryGet(entry.Conversation, out var head)) head.Grow(entry);
    }

    /// <summary>Called by the log writer when something else has changed.</summary>
    /// <param name="first">Where the conversation begins now, as far as it is known.</param>
    internal void Touched(ConversationKey conversation, long first = 1)
    {
        if (_heads.TryGet(conversation, out var head)) head.Join(new(0, 0, 0, first));
    }

    private async ValueTask<ConversationEnds> LoadAsync(ConversationKey conversation, CancellationToken ct)
    {
        var head = HeadOf(conversation);
        return head.Load((await store.EndsAsync([conversation], ct))[0]);
    }

    /// <summary>In the table before the store is read.</summary>
    private Head HeadOf(ConversationKey conversation) => _heads.GetOrAdd(conversation, static () => new());

    private sealed class Head
    {
        private readonly Lock _turn = new();
        private ConversationEnds _ends;
        private bool _isLoaded;
        private long _version = Interlocked.Increment(ref _versions);

        public long Version => Volatile.Read(ref _version);

        public bool TryRead(out ConversationEnds ends)
        {
            lock (_turn)
            {
                ends = _ends;
                return _isLoaded;
            }
        }

        public ConversationEnds Load(ConversationEnds read)
        {
            lock (_turn)
            {
                _isLoaded = true;
                return _ends = Larger(_ends, read);
            }
        }

        public void Join(ConversationEnds ends)
        {
            lock (_turn)
            {
                _ends = Larger(_ends, ends);
                Volatile.Write(ref _version, Interlocked.Increment(ref _versions));
            }
        }

        public void Grow(Entry entry) => Join(
            entry.Channel == LogChannel.Timeline ? new(entry.Sequence, 0, entry.SentAt) : new(0, entry.Sequence, 0));

        private static ConversationEnds Larger(ConversationEnds one, ConversationEnds other) => new(
            Math.Max(one.Timeline, other.Timeline),
            Math.Max(one.Changes, other.Changes),
            one.Timeline > other.Timeline ? one.TimelineAt : other.Timeline > one.Timeline ? other.TimelineAt : Math.Max(one.TimelineAt, other.TimelineAt),
            Math.Max(one.First, other.First));
    }
}
