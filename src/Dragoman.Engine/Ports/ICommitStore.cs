using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;

namespace Dragoman.Engine.Ports;

/// <summary>The one way to the disk. Called by the log writer only, one batch at a time.</summary>
public interface ICommitStore
{
    /// <summary>
    /// Writes the units in order in one transaction and gives every entry its place (<see cref="Entry.Place"/>).
    /// A unit that collides gets its <see cref="WriteUnit.Conflict"/> and leaves no trace; the others are on disk when
    /// this returns. Throws when nothing could be written: then nothing was.
    /// </summary>
    ValueTask CommitAsync(IReadOnlyList<WriteUnit> units, CancellationToken ct);

    /// <summary>What the log writer must remember after a start.</summary>
    /// <param name="count">The newest entries that had a client key, newest first, at most this many.</param>
    ValueTask<JournalMemory> RecallAsync(int count, CancellationToken ct);
}

/// <param name="LastId">The highest message id on disk; 0 when there is none.</param>
public sealed record JournalMemory(MessageId LastId, IReadOnlyList<RememberedSend> Recent);

public readonly record struct RememberedSend(DedupKey Key, SentMessage Sent);
