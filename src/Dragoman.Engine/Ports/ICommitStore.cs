using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;

namespace Dragoman.Engine.Ports;

/// <summary>The one way to the disk. Called by the log writer only, one batch at a time for each of its writers.</summary>
public interface ICommitStore
{
    /// <summary>How many batches may be written at the same time; writers count from 0. At most <see cref="MaxWriters"/>.</summary>
    int WriterCount { get; }

    /// <summary>More would only wait for each other; the log writer keeps sets of them in one integer.</summary>
    const int MaxWriters = 64;

    /// <summary>
    /// Writes the units in order in one transaction and gives every entry its place (<see cref="Entry.Place"/>).
    /// A unit that collides gets its <see cref="WriteUnit.Conflict"/> and leaves no trace; the others are on disk when
    /// this returns. Throws when nothing could be written: then nothing was.
    /// </summary>
    /// <exception cref="StorageAwayException">The storage has gone; it has been reported already.</exception>
    /// <exception cref="CommitUnknownException">All of it may be on disk, or nothing. The writer's next call must be <see cref="WasCommittedAsync"/>.</exception>
    ValueTask CommitAsync(int writer, IReadOnlyList<WriteUnit> units, CancellationToken ct);

    /// <summary>Whether the batch whose commit ended with <see cref="CommitUnknownException"/> is on disk.</summary>
    /// <exception cref="StorageAwayException">Nobody can say yet: ask again.</exception>
    ValueTask<bool> WasCommittedAsync(int writer, CancellationToken ct);

    /// <summary>What the log writer must remember after a start.</summary>
    /// <param name="count">The newest entries that had a client key, newest first, at most this many.</param>
    ValueTask<JournalMemory> RecallAsync(int count, CancellationToken ct);
}

/// <param name="LastId">The highest message id on disk; 0 when there is none.</param>
public sealed record JournalMemory(MessageId LastId, IReadOnlyList<RememberedSend> Recent);

public readonly record struct RememberedSend(DedupKey Key, SentMessage Sent);
