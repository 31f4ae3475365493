namespace Dragoman.Engine.Words;

/// <summary>Where words are looked for.</summary>
[Flags]
public enum WordPlaces
{
    None = 0,

    /// <summary>What is said.</summary>
    Messages = 1,

    /// <summary>Names, introductions and announcements of groups, and how members call themselves there.</summary>
    Groups = 2,

    /// <summary>How users call themselves.</summary>
    Profiles = 4,

    /// <summary>Wording of requests, and how friends are called.</summary>
    Relations = 8,

    All = Messages | Groups | Profiles | Relations,
}

/// <summary>One app's words, and what becomes of a text that has one. Immutable; a change swaps the whole.</summary>
/// <param name="refused">Nothing is written that has one of them.</param>
/// <param name="masked">They are written over, character by character.</param>
public sealed class WordFilter(IEnumerable<string> refused, IEnumerable<string> masked, WordPlaces places = WordPlaces.All, char mask = '*')
{
    private readonly WordMatcher _refused = new(refused);
    private readonly WordMatcher _masked = new(masked);

    public int Count => _refused.Count + _masked.Count;

    public bool Watches(WordPlaces place) => (places & place) != 0;

    /// <param name="text">Masked in place.</param>
    /// <param name="isMasked">Whether it was changed.</param>
    /// <returns>Null when it may be written; else the word for which it may not.</returns>
    public string? Screen(Span<char> text, out bool isMasked)
    {
        isMasked = false;
        var word = _refused.Count == 0 ? null : _refused.Find(text);
        if (word is null && _masked.Count > 0) isMasked = _masked.Mask(text, mask);
        return word;
    }
}
