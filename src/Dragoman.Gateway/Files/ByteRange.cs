using System.Globalization;

namespace Dragoman.Gateway.Files;

internal enum RangeKind
{
    Whole,
    Part,
    Unsatisfiable,
}

/// <summary>What of a file is asked for. One range; who asks for several gets everything, as RFC 9110 allows.</summary>
internal readonly record struct ByteRange(RangeKind Kind, long First, long Length)
{
    private const string Unit = "bytes=";

    public static ByteRange Whole(long size) => new(RangeKind.Whole, 0, size);

    public static ByteRange Of(string header, long size)
    {
        if (!header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase) || header.Contains(',')) return Whole(size);

        var range = header.AsSpan(Unit.Length).Trim();
        var dash = range.IndexOf('-');
        if (dash < 0) return Whole(size);

        var from = range[..dash].Trim();
        var to = range[(dash + 1)..].Trim();
        if (from.IsEmpty) return TryRead(to, out var last) ? Tail(last, size) : Whole(size);
        if (!TryRead(from, out var first)) return Whole(size);
        var end = size - 1;
        if (!to.IsEmpty && !TryRead(to, out end)) return Whole(size);
        if (end < first && !to.IsEmpty) return Whole(size);
        if (first >= size) return new(RangeKind.Unsatisfiable, 0, 0);

        end = Math.Min(end, size - 1);
        return new(RangeKind.Part, first, end - first + 1);
    }

    private static ByteRange Tail(long length, long size)
    {
        if (length == 0) return new(RangeKind.Unsatisfiable, 0, 0);
        length = Math.Min(length, size);
        return new(RangeKind.Part, size - length, length);
    }

    private static bool TryRead(ReadOnlySpan<char> digits, out long number) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
