using System.Diagnostics;
using Dragoman.Load.Drivers;

namespace Dragoman.Load.Run;

/// <summary>What the connections tell, and the books about it.</summary>
internal sealed partial class LoadRun : ILoadSink
{
    /// <summary>An open loop does not stop for a server that reads too slowly, but its memory has a limit.</summary>
    private const int MaxUnsentBytes = 8 * 1024 * 1024;

    private readonly LatencyHistogram _deliveryLatency = new();
    private readonly LatencyHistogram _ackLatency = new();
    private readonly SortedDictionary<int, long> _errors = [];

    private Counts _total;
    private Counts _measured;
    private long _measureFrom;
    private long _measureTo;
    private bool _measuring;
    private Usage _before;
    private Usage _after;

    private int _authenticated;
    private int _positioned;
    private long _refused;
    private long _notSent;
    private long _duplicated;
    private long _outOfOrder;
    private long _corrupt;

    void ILoadSink.OnAuthenticated(int user) => _authenticated++;

    void ILoadSink.OnPosition(int user, long sequence)
    {
        _nextSequence[user] = sequence + 1;
        _positioned++;
    }

    void ILoadSink.OnAcknowledged(int user, long counter)
    {
        var due = _topology.IsSender(user) ? _outstanding[user].TimestampOf(counter) : 0;
        if (due == 0)
        {
            _corrupt++; // acknowledged twice, or never sent
            return;
        }

        _total.Acked++;
        if (_measuring) _measured.Acked++;
        if (due >= _measureFrom && due < _measureTo) _ackLatency.Record(Stopwatch.GetTimestamp() - due);
        _ledger.Acknowledge(user, counter);
        FinishOne(user, counter);
    }

    void ILoadSink.OnRefused(int user, long counter, int code)
    {
        _refused++;
        _errors[code] = _errors.GetValueOrDefault(code) + 1;
        _outstanding[user].Finish(counter, all: true);
        MarkRunnable(user);
    }

    void ILoadSink.OnDelivered(int user, int sender, long counter, long timestamp, long sequence)
    {
        if (!IsPossible(user, sender, counter))
        {
            _corrupt++;
            return;
        }

        var isNew = _ledger.Receive(user, sender, counter);
        if (sequence == _nextSequence[user])
        {
            _nextSequence[user]++;
        }
        else if (isNew)
        {
            _outOfOrder++;
            _nextSequence[user] = Math.Max(_nextSequence[user], sequence + 1);
        }

        if (!isNew)
        {
            _duplicated++;
            return;
        }

        if (user == sender)
        {
            _total.Echoed++;
            if (_measuring) _measured.Echoed++;
            return;
        }

        _total.Delivered++;
        if (_measuring) _measured.Delivered++;
        if (timestamp >= _measureFrom && timestamp < _measureTo) _deliveryLatency.Record(Stopwatch.GetTimestamp() - timestamp);
        FinishOne(sender, counter);
    }

    void ILoadSink.OnOther(int user, long sequence)
    {
        // A notice from before the run may be pushed late; only a gap is an error.
        if (sequence == _nextSequence[user]) _nextSequence[user]++;
        else if (sequence > _nextSequence[user]) _outOfOrder++;
    }

    void ILoadSink.OnCorrupt(int user) => _corrupt++;

    Span<byte> ILoadSink.ReplyBuffer => _wire.SendBuffer;

    void ILoadSink.Reply(int user, int length) => _wire.Send(user, length);

    uint ILoadSink.NextMask() => _wire.NextMask();

    private bool IsPossible(int user, int sender, long counter) =>
        (uint)sender < (uint)_topology.Users
        && _topology.ConversationOf(sender) == _topology.ConversationOf(user)
        && _topology.IsSender(sender)
        && counter < _sent[sender];

    private void FinishOne(int sender, long counter)
    {
        _outstanding[sender].Finish(counter);
        if (_outstanding[sender].Count < _options.Window) MarkRunnable(sender);
    }

    private void SwitchPhase(long now)
    {
        if (_measuring == (now >= _measureFrom && now < _measureTo)) return;
        _measuring = !_measuring;
        var usage = new Usage(now, _server?.CpuTime ?? default, Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
        if (_measuring) _before = usage;
        else _after = usage;
    }

    private LoadReport MakeReport(bool drained) => new()
    {
        Seconds = (_after.Timestamp - _before.Timestamp) / (double)Stopwatch.Frequency,
        Measured = _measured,
        Total = _total,
        Delivery = _deliveryLatency,
        Ack = _ackLatency,
        ServerCpu = _after.ServerCpu - _before.ServerCpu,
        ClientCpu = _after.ClientCpu - _before.ClientCpu,
        ClientAllocatedBytes = _after.Allocated - _before.Allocated,
        ServerRssMiB = _server?.RssMiB ?? 0,
        ServerPeakRssMiB = _server?.PeakRssMiB ?? 0,
        Drained = drained,
        Unanswered = _total.Sent - _total.Acked - _refused,
        NotSent = _notSent,
        Lost = _ledger.CountLost(_sent),
        Duplicated = _duplicated,
        OutOfOrder = _outOfOrder,
        Corrupt = _corrupt,
        Disconnects = _wire.Disconnects,
        FirstFailure = _wire.FirstFailure,
        Errors = _errors,
    };

    private readonly record struct Usage(long Timestamp, TimeSpan ServerCpu, TimeSpan ClientCpu, long Allocated);
}
