using System.Numerics;

namespace Dragoman.Engine.Words;

/// <summary>Finds any of many words in a text, in one pass over it (Aho and Corasick, 1975). Immutable.</summary>
/// <remarks>
/// All steps from state to state lie in one hash table, half empty: a step costs one look into memory that is seldom in the cache. Few are
/// made: at almost every place of a harmless text <see cref="WordBeginnings"/>, which is small, knows that no word begins there, and then
/// nothing is followed from it, neither at once nor when another word turned out not to be there.
/// </remarks>
public sealed class WordMatcher
{
    /// <summary>UTF-16 units of a word.</summary>
    public const int MaxWordLength = 128;

    /// <summary>Sorted, folded.</summary>
    private readonly string[] _words;

    // State 0 is the root.
    private readonly WordBeginnings _beginnings;
    private readonly State[] _states;
    private readonly Step[] _steps;
    private readonly int _shift;

    /// <param name="words">In any form; empty ones and such as are too long are passed over.</param>
    public WordMatcher(IEnumerable<string> words)
    {
        _words = [.. words.Where(word => word.Length is > 0 and <= MaxWordLength).Select(WordFolding.Fold).Distinct(StringComparer.Ordinal)];
        Array.Sort(_words, StringComparer.Ordinal);
        _beginnings = new(_words);
        var branches = Grow(_words);
        _states = new State[branches.Count];
        _steps = new Step[BitOperations.RoundUpToPowerOf2((uint)branches.Count * 2)];
        _shift = 32 - BitOperations.Log2((uint)_steps.Length);
        for (var state = 1; state < branches.Count; state++) Add(branches[state], state);
        for (var state = 1; state < branches.Count; state++) _states[state] = Link(branches[state]);
    }

    public int Count => _words.Length;

    /// <returns>The first word that ends in the text, in its folded form; null when there is none.</returns>
    public string? Find(ReadOnlySpan<char> text)
    {
        using var folded = new FoldedText(text, stackalloc char[FoldedText.ShortLength]);
        var (state, at) = (0, -1);
        var ends = NextEnd(folded.Text, ref state, ref at);
        return ends == 0 ? null : _words[ends - 1];
    }

    /// <summary>Writes the mask over every UTF-16 unit that is part of a word.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Mask(Span<char> text, char mask)
    {
        using var folded = new FoldedText(text, stackalloc char[FoldedText.ShortLength]);
        var (state, at, isMasked) = (0, -1, false);
        while (NextEnd(folded.Text, ref state, ref at) is var ends and not 0)
        {
            text[(at + 1 - _words[ends - 1].Length)..(at + 1)].Fill(mask);
            isMasked = true;
        }

        return isMasked;
    }

    /// <param name="folded">With its padding.</param>
    /// <param name="at">The last place that was read; then the one where a word ends.</param>
    /// <returns>The longest word that ends there: its index + 1; 0 when none ends behind <paramref name="at"/>.</returns>
    private int NextEnd(ReadOnlySpan<char> folded, ref int state, ref int at)
    {
        var length = folded.Length - FoldedText.Padding;
        for (at++; at < length; at++)
        {
            if (state == 0 && (at = _beginnings.Next(folded, at)) >= length) break;
            state = Next(state, folded, at);
            if (_states[state].Ends is var ends and not 0) return ends;
        }

        return 0;
    }

    /// <summary>One character further, where a word may begin if it is from the root. A state is as good as none when no word begins where it began.</summary>
    private int Next(int state, ReadOnlySpan<char> folded, int at)
    {
        while (true)
        {
            if (Child(state, folded[at]) is var child and not 0) return child;
            do
            {
                if (state == 0) return 0;
                state = _states[state].Fail;
            }
            while (!_beginnings.MayBeAt(folded, at - _states[state].Depth));
        }
    }

    /// <returns>0 when there is none: the root is nobody's child.</returns>
    private int Child(int state, char c)
    {
        for (var at = SlotOf(state, c); ; at = (at + 1) & (_steps.Length - 1))
        {
            ref readonly var step = ref _steps[at];
            if ((step.From == state && step.Edge == c) || step.To == 0) return step.To;
        }
    }

    /// <summary>Fibonacci hashing.</summary>
    private int SlotOf(int state, char c) => (int)((uint)state * 0x9e3779b1u + c * 0x85ebca6bu >> _shift);

    private void Add(Branch branch, int state)
    {
        var at = SlotOf(branch.Parent, branch.Edge);
        while (_steps[at].To != 0) at = (at + 1) & (_steps.Length - 1);
        _steps[at] = new(branch.Parent, state, branch.Edge);
    }

    /// <summary>
    /// A state goes on in the longest other one that it ends with, and ends the words that that one ends. It is nearer to the root, so it is
    /// linked already.
    /// </summary>
    private State Link(Branch branch)
    {
        var depth = (byte)(_states[branch.Parent].Depth + 1);
        if (depth == 1) return new(Fail: 0, branch.Ends, depth);

        int from = branch.Parent, fail;
        do
        {
            from = _states[from].Fail;
            fail = Child(from, branch.Edge);
        }
        while (fail == 0 && from != 0);

        return new(fail, branch.Ends != 0 ? branch.Ends : _states[fail].Ends, depth);
    }

    /// <summary>The states in the order of their distance from the root; each is a range of the sorted words that begin alike.</summary>
    private static List<Branch> Grow(string[] words)
    {
        var branches = new List<Branch>();
        var ranges = new Queue<(int From, int To, int Depth, int Parent, char Edge)>();
        ranges.Enqueue((0, words.Length, 0, 0, '\0'));
        while (ranges.TryDequeue(out var range))
        {
            var (at, to, depth, parent, edge) = range;
            var isWord = depth > 0 && words[at].Length == depth;
            var state = branches.Count;
            branches.Add(new(parent, edge, isWord ? at + 1 : 0));
            if (isWord) at++; // the others of the range are longer
            while (at < to)
            {
                var (begin, c) = (at, words[at][depth]);
                while (at < to && words[at][depth] == c) at++;
                ranges.Enqueue((begin, at, depth + 1, state, c));
            }
        }

        return branches;
    }

    /// <param name="Ends">The word that the way to here is: its index + 1, 0 for none.</param>
    private readonly record struct Branch(int Parent, char Edge, int Ends);

    /// <param name="To">0 in an empty slot.</param>
    private readonly record struct Step(int From, int To, char Edge);

    /// <param name="Fail">Where to go on when no step fits.</param>
    /// <param name="Ends">The longest word that ends here: its index + 1, 0 for none.</param>
    /// <param name="Depth">Characters from the root.</param>
    private readonly record struct State(int Fail, int Ends, byte Depth);
}
