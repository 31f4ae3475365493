using Dragoman.Engine.Conversations;

namespace Dragoman.Storage.Sql.Writing;

/// <param name="SentAt">Of the last entry, Unix milliseconds.</param>
internal readonly record struct LogEnd(long Sequence, long SentAt)
{
    /// <summary>Times grow with the sequence, a millisecond at least: there are clients that order by time alone.</summary>
    public LogEnd Next(long now) => new(Sequence + 1, Math.Max(now, SentAt + 1));
}

internal sealed class LogHead(long id, LogEnd timeline, LogEnd changes)
{
    private LogEnd _timeline = timeline;
    private LogEnd _changes = changes;

    /// <summary>The conversation's row.</summary>
    public long Id { get; } = id;

    public long Timeline => _timeline.Sequence;

    public long Changes => _changes.Sequence;

    public LogEnd TimelineEnd => _timeline;

    public LogEnd ChangesEnd => _changes;

    /// <summary>The newest message id in either log, where several nodes make ids; otherwise not kept.</summary>
    public long LastId { get; set; }

    /// <summary>A place was taken.</summary>
    public bool IsMoved { get; private set; }

    /// <summary>Takes the next place in a log.</summary>
    public (long Log, LogEnd Place) Next(LogChannel channel, long now)
    {
        IsMoved = true;
        return channel == LogChannel.Timeline
            ? (Id * 2, _timeline = _timeline.Next(now))
            : ((Id * 2) + 1, _changes = _changes.Next(now));
    }
}
