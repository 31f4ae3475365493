using System.Diagnostics;

namespace Dragoman.EndToEnd;

/// <summary>Waits for a condition, never for a time.</summary>
internal static class Eventually
{
    /// <exception cref="TimeoutException">The condition did not come true; the message says which and what was seen last.</exception>
    internal static async Task TrueAsync(Func<bool> condition, string what, TimeSpan deadline, CancellationToken ct, Func<string>? seen = null)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > deadline) throw new TimeoutException($"not within {deadline}: {what}; {seen?.Invoke()}");
            await Task.Delay(5, ct);
        }
    }
}
