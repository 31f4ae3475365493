using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Hooks;

/// <content>What is told when, and what comes of it.</content>
public sealed partial class Outbox
{
    private int MaxRuns => _options.Workers * RunsAhead;

    /// <summary>Starts runs of as many lines as are free and find room.</summary>
    /// <returns>The time at which everything was looked at that was due then; null when there is more than that.</returns>
    private async ValueTask<long?> StartRunsAsync()
    {
        var now = Now();
        if (_held.Release(now)) _seen = 0;
        for (var page = 0; page < MaxPages; page++)
        {
            if (_runs.Count >= MaxRuns) return null;

            var due = await _store.DueAsync(now, _seen, PageSize, _stop.Token);
            if (due.Count == 0) return now;

            await StartRunsAsync(due);
            _seen = due[^1].Id;
            if (due.Count < PageSize) return now;
        }

        return null;
    }

    private async ValueTask StartRunsAsync(IReadOnlyList<OutboxItem> due)
    {
        var runs = new Dictionary<OutboxLine, OutboxRun>();
        var putOff = new List<(AppId App, (long Id, long DueAt) Item)>();
        foreach (var item in due)
        {
            var line = OutboxLine.Of(item);
            if (_held.UntilOf(line) is { } until) putOff.Add((item.App, (item.Id, until)));
            else if (runs.TryGetValue(line, out var run)) run.Add(item);
            else if (!_runs.ContainsKey(line) && HasRoomFor(line.App, runs.Keys)) runs.Add(line, new(line, item, _clock));
        }

        foreach (var run in runs.Values) _runs.Add(run.Line, RunAsync(run));
        if (putOff.Count == 0) return;
        await WriteAsync([.. putOff.GroupBy(p => p.App).Select(app => new SettleHooks(app.Key, Done: [], Again: [], [.. app.Select(p => p.Item)]))]);
    }

    /// <summary>One app never takes all of it, so that the others' runs reach the hands that are kept for them.</summary>
    private bool HasRoomFor(AppId app, IReadOnlyCollection<OutboxLine> starting)
    {
        if (_runs.Count + starting.Count >= MaxRuns) return false;
        var ofApp = 0;
        foreach (var line in _runs.Keys) ofApp += line.App == app ? 1 : 0;
        foreach (var line in starting) ofApp += line.App == app ? 1 : 0;
        return ofApp < MaxRuns - (MaxRuns / 4);
    }

    private async Task RunAsync(OutboxRun run)
    {
        await Task.Yield();
        await _hands.TakeAsync(run.Line.App);
        try
        {
            _stop.Token.ThrowIfCancellationRequested();
            await run.TellAsync(item => TellAsync(item, _stop.Token));
        }
        catch (OperationCanceledException)
        {
            // Stopping: what was heard until now is written down.
        }

        _hands.GiveBack(run.Line.App);

        _ended.Enqueue(run);
        Wake();
    }

    /// <summary>Writes down what came of the runs that ended; until then their lines are not free.</summary>
    private async ValueTask SettleAsync()
    {
        while (_ended.TryDequeue(out var run)) _unsettled.Add(run);
        if (_unsettled.Count == 0) return;

        var now = Now();
        var settled = new List<SettleHooks>();
        var held = new List<(OutboxLine, long)>();
        foreach (var run in _unsettled)
        {
            var (done, again) = (new List<long>(run.Heard), new List<(long Id, long DueAt)>());
            if (run.Unheard is { } item && IsTooOld(item, now))
            {
                Log.GivenUp(_logger, item.Id, item.Tries);
                done.Add(item.Id);
            }
            else if (run.Unheard is { } unheard)
            {
                again.Add((unheard.Id, now + DelayAfter(unheard.Tries)));
                held.Add((run.Line, again[0].DueAt));
            }

            if (done.Count + again.Count > 0) settled.Add(new(run.Line.App, done, again, PutOff: []));
        }

        if (settled.Count > 0) await WriteAsync([.. settled]);
        foreach (var (line, until) in held) _held.Hold(line, until);
        foreach (var run in _unsettled) _runs.Remove(run.Line);
        _unsettled.Clear();
        _seen = 0;
    }

    private async ValueTask<bool> TellAsync(OutboxItem item, CancellationToken ct)
    {
        // Of a dialect that is not part of this build any more.
        if (!_sinks.TryGetValue(item.Sink, out var sink)) return true;

        try
        {
            var happened = item.Event;
            if (happened is { Notice: null, Conversation: { } conversation })
            {
                var entry = await _entries.FindAsync(conversation, happened.Channel, happened.Sequence, ct);
                if (entry is null) return true; // Gone for good since: there is nothing to tell of.
                happened = happened with { Message = entry };
            }

            return await sink.TellAsync(item.App, happened, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            if (e is not StorageAwayException) Log.TellFailed(_logger, e, item.Id);
            return false;
        }
    }

    private bool IsTooOld(OutboxItem item, long now) => now - item.CreatedAt > _options.GiveUpAfter.TotalMilliseconds;

    private long DelayAfter(int tries) =>
        (long)Math.Min(_options.FirstRetry.TotalMilliseconds * Math.Pow(2, Math.Min(tries, 30)), _options.LongestRetry.TotalMilliseconds);
}
