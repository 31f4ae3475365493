using Dragoman.Engine.Hooks;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Journal;

/// <summary>What must reach the disk together: changes of rows and entries of logs, all or nothing.</summary>
public sealed class WriteUnit
{
    private readonly TaskCompletionSource<Refusal?> _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WriteUnit(Entry entry)
    {
        Entries = [entry];
        Changes = [];
    }

    public WriteUnit(IReadOnlyList<StoreChange> changes, params Entry[] entries)
    {
        Changes = changes;
        Entries = entries;
    }

    public IReadOnlyList<StoreChange> Changes { get; private set; }
    public Entry[] Entries { get; }

    /// <summary>What this does besides its entries that the app's own server may want to hear of.</summary>
    public Happened? Happened { get; init; }

    /// <summary>
    /// Brings memory up to date: called when the unit is on disk and before anybody is told, so that a client which asks
    /// at once finds what it was told of. Short, and must not throw.
    /// </summary>
    public Action? WhenWritten { get; init; }

    /// <summary>Set by the store when a change collides with what is there (a taken id); the unit is then not written.</summary>
    public Condition Conflict { get; set; }

    /// <summary>The first send, when this unit turned out to be its retry.</summary>
    public SentMessage? RepeatOf { get; internal set; }

    /// <summary>Completes when the unit is on disk (null), was refused, or could not be written.</summary>
    public Task<Refusal?> Committed => _committed.Task;

    /// <summary>What retries of this unit have in common; made by whoever queues it, not by the writer.</summary>
    internal DedupKey Key { get; private set; }

    /// <summary>Units with the same key that came while this one was on its way; they share its fate. Kept by <see cref="SendBook"/>.</summary>
    internal List<WriteUnit>? Retries { get; set; }

    /// <summary>Its callers were refused, but it may be on disk. Kept by <see cref="SendBook"/>.</summary>
    internal bool IsUnresolved { get; set; }

    /// <summary>Set when the unit belongs to several writers.</summary>
    internal Crossing? Crossing { get; set; }

    /// <summary>Which units must be written in the order in which they were queued.</summary>
    internal int OrderingKey =>
        Entries.Length > 0 ? Entries[0].Conversation.GetHashCode() : Changes.Count > 0 ? Changes[0].OrderingKey : 0;

    /// <summary>Whether it puts events into the outbox.</summary>
    internal bool HasHooks { get; private set; }

    /// <summary>Adds what <see cref="HookDesk"/> noted; before the unit is queued.</summary>
    internal void AddHooks(IReadOnlyList<StoreChange>? noted)
    {
        if (noted is null) return;
        Changes = [.. Changes, .. noted];
        HasHooks = true;
    }

    internal void MakeKey()
    {
        if (Entries.Length != 1) return;
        var entry = Entries[0];
        Key = DedupKey.Of(entry.Conversation.App, entry.Sender, entry.ClientKey.Span);
    }

    internal void Complete(Refusal? refusal)
    {
        _committed.TrySetResult(refusal);
        if (refusal is null && RepeatOf is null) return;
        foreach (var entry in Entries) entry.Receipt?.Settle(RepeatOf, refusal);
    }
}
