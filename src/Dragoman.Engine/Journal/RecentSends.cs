using Dragoman.Engine.Messages;

namespace Dragoman.Engine.Journal;

/// <summary>The newest sends by their dedup key, so that a retry finds its first try. Guarded by its owner.</summary>
/// <remarks>
/// Two generations: a full one becomes the old one, so between <c>capacity</c> and twice as many sends are remembered
/// without a cost per send for forgetting.
/// </remarks>
internal sealed class RecentSends(int capacity)
{
    private Dictionary<DedupKey, SentMessage> _young = [];
    private Dictionary<DedupKey, SentMessage> _old = [];

    public bool TryFind(DedupKey key, out SentMessage sent) => _young.TryGetValue(key, out sent) || _old.TryGetValue(key, out sent);

    public void Expect(int count) => _young.EnsureCapacity(Math.Min(count, capacity));

    public void Remember(DedupKey key, SentMessage sent)
    {
        if (_young.Count >= capacity)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
        }

        _young[key] = sent;
    }
}
