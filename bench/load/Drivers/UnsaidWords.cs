namespace Dragoman.Load.Drivers;

/// <summary>Words for a filter, always the same ones: Latin and Chinese, beginnings of what the generator says among them, none of it whole.</summary>
internal static class UnsaidWords
{
    private const int Seed = 20_261_121;
    private const string Latin = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int FirstHan = 0x4e00, LastHan = 0x9fa5;

    internal static IEnumerable<string> Make(int count)
    {
        var random = new Random(Seed);
        for (var i = 0; i < count; i++) yield return i % 2 == 0 ? LatinWord(random) : HanWord(random);
    }

    /// <summary>It ends in a sign that no marker and no filling has.</summary>
    private static string LatinWord(Random random) => string.Create(random.Next(4, 11), random, static (word, random) =>
    {
        foreach (ref var c in word) c = Latin[random.Next(Latin.Length)];
        word[^1] = '$';
    });

    private static string HanWord(Random random) => string.Create(random.Next(2, 6), random, static (word, random) =>
    {
        foreach (ref var c in word) c = (char)random.Next(FirstHan, LastHan + 1);
    });
}
