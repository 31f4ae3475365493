using Dragoman.Engine.Words;

namespace Dragoman.Engine.Tests.Words;

public sealed class WordMatcherTests
{
    [Theory]
    [InlineData("there she is", "he")]
    [InlineData("ushers", "she")]
    [InlineData("HiS", "his")]
    [InlineData("ｈｅ", "he")]
    [InlineData("今天有坏词", "坏词")]
    [InlineData("Ｈｉｓ", "his")]
    [InlineData("a😀b", "😀")]
    public void The_first_word_that_ends_is_found(string text, string word) =>
        Assert.Equal(word, new WordMatcher(["he", "she", "his", "hers", "坏词", "😀"]).Find(text));

    [Fact]
    public void A_text_without_words_has_none()
    {
        var matcher = new WordMatcher(["hers", "坏词语"]);

        Assert.Null(matcher.Find("he r s 坏词 语"));
        Assert.Null(matcher.Find(""));
        Assert.Null(new WordMatcher([]).Find("anything"));
    }

    [Theory]
    [InlineData("ushers", "u*****")]
    [InlineData("hehehe!", "******!")]
    [InlineData("HE 他", "** 他")]
    [InlineData("nothing", "nothing")]
    public void Words_are_written_over(string text, string expected)
    {
        var characters = text.ToCharArray();

        Assert.Equal(text != expected, new WordMatcher(["he", "she", "hers"]).Mask(characters, '*'));
        Assert.Equal(expected, new string(characters));
    }

    [Fact]
    public void Words_that_are_empty_or_too_long_are_passed_over() =>
        Assert.Equal(1, new WordMatcher(["", new string('x', WordMatcher.MaxWordLength), new string('x', WordMatcher.MaxWordLength + 1), new string('X', WordMatcher.MaxWordLength)]).Count);

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(5_000)]
    public void A_word_at_the_end_of_a_text_of_any_length_is_found(int before)
    {
        var text = new string('-', before) + "longerthaneight";

        Assert.Equal("longerthaneight", new WordMatcher(["longerthaneight", "longerthan-eight"]).Find(text));
        Assert.Null(new WordMatcher(["longerthaneights", "longerthan-eight"]).Find(text));
    }

    [Theory]
    [InlineData(6, 30)]
    [InlineData(13, 80)]
    public void It_agrees_with_a_search_for_each_word(int wordLength, int textLength)
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            string[] words = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => Some(random, random.Next(1, wordLength)))];
            var matcher = new WordMatcher(words);
            for (var i = 0; i < 20; i++)
            {
                var text = Some(random, random.Next(0, textLength));
                var expected = Masked(text, words);
                var characters = text.ToCharArray();

                Assert.Equal(expected != text, matcher.Find(text) is not null);
                matcher.Mask(characters, '*');
                Assert.Equal(expected, new string(characters));
            }
        }
    }

    /// <summary>Few letters, so that words overlap, begin alike and end alike.</summary>
    private static string Some(Random random, int length) => new([.. Enumerable.Range(0, length).Select(_ => "abc的"[random.Next(4)])]);

    private static string Masked(string text, string[] words)
    {
        var masked = text.ToCharArray();
        foreach (var word in words)
        {
            for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
                masked.AsSpan(at, word.Length).Fill('*');
        }

        return new string(masked);
    }
}
