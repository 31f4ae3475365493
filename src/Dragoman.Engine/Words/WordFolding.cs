namespace Dragoman.Engine.Words;

/// <summary>
/// Makes alike what reads alike: case, and the wide forms of ASCII. Each UTF-16 unit folds to one other, so a place in the folded text
/// is the same place in the text.
/// </summary>
internal static class WordFolding
{
    private const char FirstWide = '\uff01', LastWide = '\uff5e', WideSpace = '\u3000';

    /// <summary>Kana and the common Han characters have no case; behind them come Cyrillic letters again.</summary>
    private const char FirstCasedBehind = '\ua640';

    private static readonly char[] Folded = Make();

    /// <remarks>What has no case is not looked up: the table would push other things out of the cache.</remarks>
    public static char Fold(char c) => c is > WideSpace and < FirstCasedBehind ? c : Folded[c];

    public static string Fold(string text) => string.Create(text.Length, text, static (folded, text) =>
    {
        for (var i = 0; i < folded.Length; i++) folded[i] = Folded[text[i]];
    });

    private static char[] Make()
    {
        var folded = new char[char.MaxValue + 1];
        for (var i = 0; i < folded.Length; i++) folded[i] = FoldOne((char)i);
        return folded;
    }

    private static char FoldOne(char c) => char.ToLowerInvariant(c switch
    {
        >= FirstWide and <= LastWide => (char)(c - FirstWide + '!'),
        WideSpace => ' ',
        _ => c,
    });
}
