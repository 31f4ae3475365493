using System.Numerics;

namespace Dragoman.Engine.Journal;

/// <summary>
/// Where the writers of a unit meet that has entries of conversations of several writers. The last one to arrive writes the
/// unit, the others wait for it, so that order holds in each of the conversations.
/// </summary>
/// <remarks>Crossings are queued to all their writers at once, so any two of them are met in the same order everywhere.</remarks>
/// <param name="writers">One bit for each writer.</param>
internal sealed class Crossing(ulong writers)
{
    private readonly ManualResetEventSlim _written = new();
    private int _missing = BitOperations.PopCount(writers);

    /// <summary>The unit's writer waits for a storage that is away.</summary>
    public bool IsStuck { get; set; }

    /// <summary>One of its writers counts the unit as taken.</summary>
    public bool CountedBy(int writer) => writer == BitOperations.TrailingZeroCount(writers);

    /// <returns>Whether the caller is the last one, who writes the unit and then calls <see cref="Leave"/>.</returns>
    public bool Arrive() => Interlocked.Decrement(ref _missing) == 0;

    /// <returns>Whether the unit is written (or failed).</returns>
    public bool Wait(TimeSpan atMost) => _written.Wait(atMost);

    public void Leave() => _written.Set();
}
