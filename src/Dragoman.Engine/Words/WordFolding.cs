namespace Dragoman.Engine.Words;

/// <summary>
/// Makes alike what reads alike: case, and the wide forms of ASCII. Each UTF-16 unit folds to one other, so a place in the folded text
/// is the same place in the text.
/// </summary>
internal static class WordFolding
{
    private const char FirstWide = '\uff01', LastWide = '\uff5e', WideSpace = '\u3000';

    private static readonly char[] Folded = Make();

    public static char Fold(char c) => Folded[c];

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
