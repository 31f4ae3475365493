using System.Diagnostics;

namespace Dragoman.Dialects.Conformance;

/// <summary>Waits for a condition, never for a time.</summary>
internal static class Eventually
{
    /// <summary>Long, because the machine may be busy: only a failing test waits so long.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <exception cref="TimeoutException">The condition did not come true; the message says which and what was seen last.</exception>
    public static Task TrueAsync(Func<bool> condition, string what, Func<string>? seen = null) => TrueAsync(() => Task.FromResult(condition()), what, seen);

    /// <inheritdoc cref="TrueAsync(Func{bool}, string, Func{string}?)"/>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, Func<string>? seen = null)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(start) > Deadline) throw new TimeoutException($"not within {Deadline}: {what}; {seen?.Invoke()}");
            await Task.Delay(2);
        }
    }

    public static async Task<T> GetAsync<T>(Func<T?> find, string what, Func<string>? seen = null)
        where T : class
    {
        T? found = null;
        await TrueAsync(() => (found = find()) is not null, what, seen);
        return found!;
    }
}
