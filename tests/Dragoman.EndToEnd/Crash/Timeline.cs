namespace Dragoman.EndToEnd.Crash;

/// <summary>What one device knows of its conversation: the message of every sequence number from 1, without a gap.</summary>
internal sealed class Timeline(Violations violations, string owner)
{
    private readonly List<string> _ids = [];
    private readonly Lock _lock = new();

    /// <summary>The highest sequence number; everything below it is there as well.</summary>
    internal long Synced
    {
        get
        {
            lock (_lock) return _ids.Count;
        }
    }

    /// <returns>False when there is a gap before this message: it has to be pulled first.</returns>
    internal bool TryAdd(long seq, string clientMsgId)
    {
        lock (_lock)
        {
            if (seq == _ids.Count + 1)
            {
                _ids.Add(clientMsgId);
                return true;
            }

            if (seq > _ids.Count) return false;
            if (!string.Equals(_ids[(int)seq - 1], clientMsgId, StringComparison.Ordinal))
                violations.Add($"{owner}: seq {seq} was {_ids[(int)seq - 1]} and is now {clientMsgId}");
            return true;
        }
    }

    internal string[] ToArray()
    {
        lock (_lock) return [.. _ids];
    }
}
