using System.Numerics;

namespace Dragoman.Load.Run;

/// <summary>Counts of nanoseconds in buckets that are at most 1.6% wide.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 6;

    private readonly long[] _counts = new long[(64 - SubBits) << SubBits];
    private long _total;

    internal double MaxMilliseconds { get; private set; }

    internal void Record(long nanoseconds)
    {
        if (nanoseconds < 0) nanoseconds = 0;
        _counts[BucketOf(nanoseconds)]++;
        _total++;
        if (nanoseconds > MaxMilliseconds * 1e6) MaxMilliseconds = nanoseconds / 1e6;
    }

    /// <returns>The upper bound of the bucket that holds this share of the values; 0 when there are none.</returns>
    internal double Milliseconds(double share)
    {
        var rank = (long)Math.Ceiling(_total * share);
        long seen = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank && seen > 0) return Math.Min(UpperBound(i) / 1e6, MaxMilliseconds);
        }

        return 0;
    }

    private static int BucketOf(long value)
    {
        var magnitude = 63 - BitOperations.LeadingZeroCount((ulong)value | 1);
        if (magnitude < SubBits) return (int)value;
        var shift = magnitude - SubBits;
        return ((shift + 1) << SubBits) + (int)((value >> shift) - (1 << SubBits));
    }

    private static double UpperBound(int bucket)
    {
        var shift = (bucket >> SubBits) - 1;
        if (shift < 0) return bucket;
        return ((bucket & ((1 << SubBits) - 1)) + (1L << SubBits) + 1) * Math.Pow(2, shift);
    }
}
