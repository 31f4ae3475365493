namespace Dragoman.Engine.Hooks;

/// <summary>Lines whose next event was not heard, and until when all that is in them waits.</summary>
/// <remarks>
/// Bounded: when very many lines wait, the app with most of them waits as a whole, until the last of its lines may go on. Its
/// server is away then, or nearly so.
/// </remarks>
internal sealed class HeldLines
{
    private const int MaxLines = 1_024;

    private readonly Dictionary<OutboxLine, long> _lines = [];
    private readonly Dictionary<(AppId App, DialectId Sink), long> _apps = [];

    public void Hold(OutboxLine line, long until)
    {
        _lines[line] = until;
        if (_lines.Count > MaxLines) HoldWorstApp();
    }

    /// <returns>Unix milliseconds; null when the line is free.</returns>
    public long? UntilOf(OutboxLine line)
    {
        var isHeld = _lines.TryGetValue(line, out var until);
        return _apps.TryGetValue((line.App, line.Sink), out var all) ? Math.Max(until, all) : isHeld ? until : null;
    }

    /// <returns>Whether any may go on now that had to wait.</returns>
    public bool Release(long now)
    {
        var before = _lines.Count + _apps.Count;
        foreach (var (line, until) in _lines)
        {
            if (until <= now) _lines.Remove(line);
        }

        foreach (var (app, until) in _apps)
        {
            if (until <= now) _apps.Remove(app);
        }

        return _lines.Count + _apps.Count < before;
    }

    private void HoldWorstApp()
    {
        var worst = _lines.GroupBy(held => (held.Key.App, held.Key.Sink)).MaxBy(app => app.Count())!;
        var until = worst.Max(held => held.Value);
        _apps[worst.Key] = Math.Max(until, _apps.GetValueOrDefault(worst.Key));
        foreach (var held in worst.ToArray()) _lines.Remove(held.Key);
    }
}
