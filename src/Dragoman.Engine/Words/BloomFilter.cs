using System.Numerics;

namespace Dragoman.Engine.Words;

/// <summary>Whether a key may be among many: one look into memory (Putze, Sanders, Singler 2007, with blocks of 64 bits). Wrong about once in two hundred times.</summary>
internal sealed class BloomFilter
{
    private const int BitsPerKey = 16;

    private readonly ulong[] _blocks;
    private readonly int _shift;

    /// <param name="keys">How many there will be.</param>
    public BloomFilter(int keys)
    {
        _blocks = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, keys * BitsPerKey / 64))];
        _shift = 64 - BitOperations.Log2((uint)_blocks.Length);
    }

    public void Add(ulong key)
    {
        var hash = HashOf(key);
        _blocks[hash >> _shift] |= BitsOf(hash);
    }

    public bool MayHave(ulong key)
    {
        var hash = HashOf(key);
        var bits = BitsOf(hash);
        return (_blocks[hash >> _shift] & bits) == bits;
    }

    /// <summary>Fibonacci hashing. The upper half of a product depends on all bits of a factor only when the lower half of that does.</summary>
    private static ulong HashOf(ulong key) => (key ^ key >> 32) * 0x9e3779b97f4a7c15ul;

    private static ulong BitsOf(ulong hash) => 1ul << (int)(hash >> 40) | 1ul << (int)(hash >> 34) | 1ul << (int)(hash >> 28);
}
