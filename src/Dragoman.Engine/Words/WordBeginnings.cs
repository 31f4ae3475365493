using System.Runtime.InteropServices;

namespace Dragoman.Engine.Words;

/// <summary>
/// Where in a text one of many words may begin: judged by its first four characters, then by its first eight. It may say yes where none does,
/// seldom, and never says no where one does. Immutable.
/// </summary>
/// <remarks>Four bytes for each word, and one for each character: 100,000 words stay in a core's own cache.</remarks>
internal sealed class WordBeginnings
{
    private const int Window = 4;

    /// <summary>By first character. Bit n: there are words of n characters; what is longer than a window counts as if it were as long.</summary>
    private readonly byte[] _lengths = new byte[char.MaxValue + 1];

    /// <summary>Words by their first four characters, shorter ones by all that they have.</summary>
    private readonly BloomFilter _four;

    /// <summary>Words of four and more characters by their first eight, or all that they have.</summary>
    private readonly BloomFilter _eight;

    /// <summary>Bit n: there are words of four and n characters, eight counting as above.</summary>
    private readonly uint _longer;

    /// <param name="words">Folded, none empty.</param>
    public WordBeginnings(string[] words)
    {
        _four = new(words.Length);
        _eight = new(words.Length);
        Span<char> padded = stackalloc char[WordMatcher.MaxWordLength + FoldedText.Padding];
        foreach (var word in words)
        {
            padded.Clear();
            word.CopyTo(padded);
            var (near, far) = WindowsAt(padded, 0);
            var length = Math.Min(word.Length, Window);
            _lengths[word[0]] |= (byte)(1 << length);
            _four.Add(Cut(near, length));
            if (word.Length < Window) continue;

            length = Math.Min(word.Length - Window, Window);
            _longer |= 1u << length;
            _eight.Add(Join(near, Cut(far, length)));
        }
    }

    /// <param name="folded">With its padding.</param>
    /// <returns>The first place from <paramref name="at"/> on where a word may begin; the text's length when there is none.</returns>
    public int Next(ReadOnlySpan<char> folded, int at)
    {
        while (at < folded.Length - FoldedText.Padding && !MayBeAt(folded, at)) at++;
        return at;
    }

    /// <param name="folded">With its padding.</param>
    public bool MayBeAt(ReadOnlySpan<char> folded, int at)
    {
        var lengths = (uint)_lengths[folded[at]];
        if (lengths == 0) return false;

        var (near, far) = WindowsAt(folded, at);
        if ((lengths & 1u << Window) != 0 && _four.MayHave(near) && MayBeLonger(near, far)) return true;
        for (var length = 1; length < Window && lengths >> length != 0; length++)
        {
            if ((lengths & 1u << length) != 0 && _four.MayHave(Cut(near, length))) return true;
        }

        return false;
    }

    private bool MayBeLonger(ulong near, ulong far)
    {
        for (var length = 0; _longer >> length > 0; length++)
        {
            if ((_longer & 1u << length) != 0 && _eight.MayHave(Join(near, Cut(far, length)))) return true;
        }

        return false;
    }

    /// <summary>The first characters of a window: they are in its lowest bits.</summary>
    private static ulong Cut(ulong window, int length) => length == Window ? window : window & ((1ul << length * 16) - 1);

    private static ulong Join(ulong near, ulong far) => near * 0x9e3779b97f4a7c15ul ^ far;

    private static (ulong Near, ulong Far) WindowsAt(ReadOnlySpan<char> folded, int at)
    {
        var bytes = MemoryMarshal.AsBytes(folded.Slice(at, FoldedText.Padding));
        return (MemoryMarshal.Read<ulong>(bytes), MemoryMarshal.Read<ulong>(bytes[sizeof(ulong)..]));
    }
}
