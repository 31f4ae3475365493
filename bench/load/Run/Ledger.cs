using Dragoman.Load.Drivers;

namespace Dragoman.Load.Run;

/// <summary>Which message of which sender was acknowledged, and which connection has had it: one bit for each, kept for the whole run.</summary>
internal sealed class Ledger(Topology topology)
{
    private readonly BitSet[] _acknowledged = MakeSets(topology.Users);
    private readonly BitSet[] _received = MakeSets(topology.Users * Math.Max(1, topology.Senders));

    internal void Acknowledge(int sender, long counter) => _acknowledged[sender].Add(counter);

    /// <returns>False when this connection has had the message before.</returns>
    internal bool Receive(int user, int sender, long counter) => Received(user, sender).Add(counter);

    /// <summary>Acknowledged messages that an entitled connection did not get; the sender's own connection is one of them.</summary>
    /// <param name="sent">How many messages each user has sent.</param>
    internal long CountLost(long[] sent)
    {
        long lost = 0;
        for (var sender = 0; sender < topology.Users; sender++)
        {
            if (!topology.IsSender(sender)) continue;
            var first = topology.FirstMemberOf(sender);
            for (long counter = 0; counter < sent[sender]; counter++)
            {
                if (!_acknowledged[sender].Contains(counter)) continue;
                for (var user = first; user < first + topology.Members; user++)
                    if (!Received(user, sender).Contains(counter)) lost++;
            }
        }

        return lost;
    }

    private BitSet Received(int user, int sender) => _received[user * topology.Senders + sender % topology.Members];

    private static BitSet[] MakeSets(int count)
    {
        var sets = new BitSet[count];
        for (var i = 0; i < count; i++) sets[i] = new BitSet();
        return sets;
    }

    private sealed class BitSet
    {
        private ulong[] _words = new ulong[4];

        internal bool Contains(long index)
        {
            var word = index >> 6;
            return word < _words.Length && (_words[word] & (1UL << (int)(index & 63))) != 0;
        }

        internal bool Add(long index)
        {
            var word = index >> 6;
            if (word >= _words.Length) Array.Resize(ref _words, (int)Math.Max(word + 1, _words.Length * 2L));
            var bit = 1UL << (int)(index & 63);
            if ((_words[word] & bit) != 0) return false;
            _words[word] |= bit;
            return true;
        }
    }
}
