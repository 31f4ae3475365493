using Dragoman.Engine.Messages;

namespace Dragoman.Engine.Journal;

/// <summary>Keeps retries out of the log: the newest sends, and those on their way, by their dedup key. Shared by all writers.</summary>
internal sealed class SendBook(int capacity)
{
    private readonly Lock _gate = new();
    private readonly RecentSends _recent = new(capacity);
    private readonly Dictionary<DedupKey, WriteUnit> _onTheirWay = [];

    /// <summary>Fills the book after a start.</summary>
    /// <param name="sends">The newest first.</param>
    public void Recall(IReadOnlyList<Ports.RememberedSend> sends)
    {
        lock (_gate)
        {
            _recent.Expect(sends.Count);
            for (var i = sends.Count - 1; i >= 0; i--) _recent.Remember(sends[i].Key, sends[i].Sent);
        }
    }

    /// <returns>Whether the unit is to be written; if not, it is or will be answered like its first try.</returns>
    public bool Admit(WriteUnit unit)
    {
        if (unit.Key.IsNone) return true;

        Refusal? refusal = null;
        lock (_gate)
        {
            if (_recent.TryFind(unit.Key, out var sent))
            {
                unit.RepeatOf = sent with { IsRepeat = true };
            }
            else
            {
                if (_onTheirWay.TryAdd(unit.Key, unit)) return true;
                var first = _onTheirWay[unit.Key];
                if (!first.IsUnresolved)
                {
                    (first.Retries ??= []).Add(unit);
                    return false;
                }

                refusal = new(Condition.Unavailable);
            }
        }

        unit.Complete(refusal);
        return false;
    }

    /// <summary>The unit is on disk. To be called before its caller is told, so that no retry slips in between.</summary>
    public void Written(WriteUnit unit)
    {
        if (unit.Key.IsNone) return;
        lock (_gate)
        {
            _recent.Remember(unit.Key, SentOf(unit));
            _onTheirWay.Remove(unit.Key);
        }
    }

    /// <summary>The unit is not on disk, and a retry is welcome.</summary>
    public void NotWritten(WriteUnit unit)
    {
        if (unit.Key.IsNone) return;
        lock (_gate) _onTheirWay.Remove(unit.Key);
    }

    /// <summary>Nobody knows whether the unit is on disk, and its caller waits no longer: a retry cannot be answered either.</summary>
    public void Unresolved(WriteUnit unit)
    {
        lock (_gate) unit.IsUnresolved = true;
    }

    /// <summary>Answers those that wait for the unit; its own outcome is known.</summary>
    public static void AnswerRetries(WriteUnit unit, Refusal? refusal)
    {
        if (unit.Retries is not { } retries) return;

        unit.Retries = null;
        foreach (var retry in retries)
        {
            if (refusal is null) retry.RepeatOf = SentOf(unit) with { IsRepeat = true };
            retry.Complete(refusal);
        }
    }

    private static SentMessage SentOf(WriteUnit unit)
    {
        var entry = unit.Entries[0];
        return new(entry.Id, entry.Sequence, entry.SentAt, IsRepeat: false);
    }
}
