namespace Dragoman.Load.Drivers;

/// <summary>The beginning of every text that the generator sends: who sent it, which of its messages it is, and when it was due.</summary>
internal static class Marker
{
    /// <summary>'D', 6 digits of sender, 10 of counter, 16 of timestamp.</summary>
    internal const int Length = 33;

    internal static void Write(Span<byte> text, int sender, long counter, long timestamp)
    {
        text[0] = (byte)'D';
        WriteHex(text.Slice(1, 6), sender);
        WriteHex(text.Slice(7, 10), counter);
        WriteHex(text.Slice(17, 16), timestamp);
    }

    internal static bool TryRead(ReadOnlySpan<byte> text, out int sender, out long counter, out long timestamp)
    {
        sender = 0;
        counter = timestamp = 0;
        if (text.Length < Length || text[0] != 'D') return false;
        if (!TryReadHex(text.Slice(1, 6), out var from)) return false;
        sender = (int)from;
        return TryReadHex(text.Slice(7, 10), out counter) && TryReadHex(text.Slice(17, 16), out timestamp);
    }

    /// <summary>Lower-case digits, as many as fit.</summary>
    internal static void WriteHex(Span<byte> destination, long value)
    {
        for (var i = destination.Length - 1; i >= 0; i--, value >>= 4) destination[i] = "0123456789abcdef"u8[(int)(value & 15)];
    }

    internal static bool TryReadHex(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            var nibble = digit <= '9' ? digit - '0' : digit - 'a' + 10;
            if ((uint)nibble > 15) return false;
            value = (value << 4) | (uint)nibble;
        }

        return true;
    }
}
