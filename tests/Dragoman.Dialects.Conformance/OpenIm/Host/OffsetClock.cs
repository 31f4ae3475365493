namespace Dragoman.Dialects.Conformance.OpenIm.Host;

/// <summary>Real time, moved forward at will. Only the date moves: timers and time stamps stay real, so whatever waits goes on.</summary>
internal sealed class OffsetClock : TimeProvider
{
    private long _offsetTicks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _offsetTicks));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _offsetTicks, by.Ticks);
}
