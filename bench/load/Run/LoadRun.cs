using System.Diagnostics;
using Dragoman.Load.Drivers;
using Dragoman.Load.Net;

namespace Dragoman.Load.Run;

/// <summary>One run: connect everybody, warm up, measure, drain. All of it happens on the calling thread.</summary>
internal sealed partial class LoadRun : IDisposable
{
    private const int MaxHandshakesAtOnce = 128;
    private const long Millisecond = 1_000_000;

    /// <summary>Web clients only answer the server's pings (the server must send them); every other platform sends its own.</summary>
    private const int WebPlatform = 5;

    private readonly ILoadDriver _driver;
    private readonly Topology _topology;
    private readonly LoadOptions _options;
    private readonly ServerProbe? _server;
    private readonly WireLoop _wire;
    private readonly Ledger _ledger;

    private readonly Outstanding[] _outstanding;
    private readonly long[] _sent;
    private readonly long[] _nextSequence;
    private readonly int[] _senders;
    private readonly int[] _runnable;
    private readonly bool[] _isRunnable;
    private int _runnableCount;
    private int _pingSecond;
    private CancellationToken _stop;

    internal LoadRun(ILoadDriver driver, Topology topology, LoadOptions options, ServerProbe? server)
    {
        _driver = driver;
        _topology = topology;
        _options = options;
        _server = server;
        _wire = new WireLoop(driver, this, topology.Users);
        _ledger = new Ledger(topology);
        _sent = new long[topology.Users];
        _nextSequence = new long[topology.Users];
        _runnable = new int[topology.Users];
        _isRunnable = new bool[topology.Users];
        _senders = Enumerable.Range(0, topology.Users).Where(topology.IsSender).ToArray();
        _outstanding = new Outstanding[topology.Users];
        foreach (var sender in _senders) _outstanding[sender] = new Outstanding(options.Window);
    }

    public void Dispose() => _wire.Dispose();

    /// <exception cref="InvalidOperationException">Somebody could not connect.</exception>
    internal LoadReport Execute(CancellationToken ct)
    {
        _stop = ct;
        ConnectAll(0, _topology.Users);
        AskPositions();

        var start = Stopwatch.GetTimestamp();
        _measureFrom = start + Seconds(_options.Warmup);
        _measureTo = _measureFrom + Seconds(_options.Seconds);
        if (_options.Rate > 0) SendAtRate(start);
        else SendInWindows();

        var drained = Drain();
        return MakeReport(drained);
    }

    /// <summary>Only connects, holds and compares the server's memory.</summary>
    internal IdleReport Idle()
    {
        // The first connections load and compile code; that is not what a connection costs.
        var first = Math.Min(20, _topology.Users / 2);
        ConnectAll(0, first);
        AskPositions(first);
        var before = _server?.RssMiB ?? 0;

        var start = Stopwatch.GetTimestamp();
        ConnectAll(first, _topology.Users);
        var connecting = Stopwatch.GetElapsedTime(start);
        var afterConnect = _server?.RssMiB ?? 0;

        var lowest = afterConnect;
        var cpu = _server?.CpuTime ?? default;
        var hold = Stopwatch.GetTimestamp();
        var sampled = hold;
        while (Stopwatch.GetElapsedTime(hold).TotalSeconds < _options.Hold)
        {
            _wire.Poll(100 * Millisecond);
            KeepAlive();
            if (_server is null || Stopwatch.GetElapsedTime(sampled).TotalSeconds < 1) continue;
            sampled = Stopwatch.GetTimestamp();
            lowest = Math.Min(lowest, _server.RssMiB);
        }

        var held = Stopwatch.GetElapsedTime(hold);
        return new IdleReport
        {
            Connections = _topology.Users,
            ConnectsPerSecond = (_topology.Users - first) / connecting.TotalSeconds,
            Disconnects = _wire.Disconnects,
            FirstFailure = _wire.FirstFailure,
            HeldSeconds = held.TotalSeconds,
            ServerRssBeforeMiB = before,
            ServerRssAfterConnectMiB = afterConnect,
            ServerRssLowestMiB = lowest,
            KibPerConnection = (afterConnect - before) * 1024 / (_topology.Users - first),
            KibPerConnectionSettled = (lowest - before) * 1024 / (_topology.Users - first),
            ServerCpuPercentWhileIdle = _server is null ? 0 : (_server.CpuTime - cpu) / held * 100,
        };
    }

    private static long Seconds(int count) => count * Stopwatch.Frequency;

    private void ConnectAll(int from, int to)
    {
        var started = from;
        var progress = Stopwatch.GetTimestamp();
        while (_authenticated < to)
        {
            for (; started < to && started - _authenticated < MaxHandshakesAtOnce; started++) _wire.Connect(started);

            var before = _authenticated;
            _wire.Poll(100 * Millisecond);
            if (_authenticated > before) progress = Stopwatch.GetTimestamp();
            if (_wire.Disconnects > 0) throw new InvalidOperationException("connecting failed: " + _wire.FirstFailure);
            if (Stopwatch.GetElapsedTime(progress) > WireLoop.HandshakeTimeout)
                throw new InvalidOperationException($"no handshake was answered for {WireLoop.HandshakeTimeout}; {_authenticated} are connected");
        }
    }

    private void AskPositions(int? users = null)
    {
        var all = users ?? _topology.Users;
        for (var user = 0; user < all; user++) _wire.Send(user, _driver.WriteOpening(user, _wire.NextMask(), _wire.SendBuffer));

        var start = Stopwatch.GetTimestamp();
        while (_positioned < all)
        {
            _wire.Poll(100 * Millisecond);
            if (_wire.Disconnects > 0) throw new InvalidOperationException("the first request failed: " + _wire.FirstFailure);
            if (Stopwatch.GetElapsedTime(start) > WireLoop.HandshakeTimeout)
                throw new InvalidOperationException($"the first request was answered to {_positioned} of {all}");
        }
    }

    private void SendInWindows()
    {
        foreach (var sender in _senders) MarkRunnable(sender);
        for (var now = Stopwatch.GetTimestamp(); now < _measureTo; now = Stopwatch.GetTimestamp())
        {
            _stop.ThrowIfCancellationRequested();
            SwitchPhase(now);
            for (var i = 0; i < _runnableCount; i++)
            {
                _isRunnable[_runnable[i]] = false;
                FillWindow(_runnable[i], now);
            }

            _runnableCount = 0;
            _wire.Poll(10 * Millisecond);
            KeepAlive();
        }
    }

    private void FillWindow(int sender, long now)
    {
        if (!_wire.IsOpen(sender)) return;
        var buffer = _wire.SendBuffer;
        var length = 0;
        while (_outstanding[sender].Count < _options.Window && length + _driver.MaxFrameLength <= buffer.Length)
            length += WriteNext(sender, now, buffer[length..]);
        if (length > 0) _wire.Send(sender, length);
    }

    private void SendAtRate(long start)
    {
        // A shorter step buys little precision for a wake-up each.
        const long MinStep = Millisecond / 4;
        var interval = Stopwatch.Frequency / (double)_options.Rate;
        var scheduled = 0L;
        var due = start;
        for (var now = Stopwatch.GetTimestamp(); due < _measureTo; now = Stopwatch.GetTimestamp())
        {
            _stop.ThrowIfCancellationRequested();
            SwitchPhase(now);
            for (; due <= now && due < _measureTo; due = start + (long)(++scheduled * interval))
            {
                var sender = _senders[scheduled % _senders.Length];
                if (!_wire.IsOpen(sender) || _wire.UnsentBytes(sender) > MaxUnsentBytes) _notSent++;
                else _wire.Send(sender, WriteNext(sender, due, _wire.SendBuffer));
            }

            _wire.Poll(Math.Max(due - Stopwatch.GetTimestamp(), MinStep));
            _runnableCount = 0;
            Array.Clear(_isRunnable);
            KeepAlive();
        }
    }

    private int WriteNext(int sender, long due, Span<byte> destination)
    {
        var counter = _sent[sender]++;
        _outstanding[sender].Add(counter, _topology.Members, due);
        _total.Sent++;
        if (_measuring) _measured.Sent++;
        return _driver.WriteMessage(sender, counter, due, _wire.NextMask(), destination);
    }

    /// <returns>Whether everything arrived in time.</returns>
    private bool Drain()
    {
        SwitchPhase(Math.Max(Stopwatch.GetTimestamp(), _measureTo)); // at a low rate the last message is due a while before
        var until = Stopwatch.GetTimestamp() + Seconds(_options.Drain);
        while (Stopwatch.GetTimestamp() < until)
        {
            if (_total.Acked + _refused == _total.Sent && _total.Delivered + _total.Echoed == _total.Acked * _topology.Members) return true;
            _wire.Poll(10 * Millisecond);
            KeepAlive();
        }

        return false;
    }

    private void MarkRunnable(int sender)
    {
        if (_isRunnable[sender]) return;
        _isRunnable[sender] = true;
        _runnable[_runnableCount++] = sender;
    }

    private void KeepAlive()
    {
        if (_options.Platform == WebPlatform) return;
        var second = (int)(Stopwatch.GetTimestamp() / Stopwatch.Frequency % 20);
        if (second == _pingSecond) return;
        _pingSecond = second;
        for (var user = second; user < _topology.Users; user += 20) _wire.Ping(user);
    }
}
