namespace Dragoman.Engine.Hooks;

/// <summary>Lets only so many runs tell at the same time, in the order in which they came; one app never keeps all hands busy, for its server may be slow.</summary>
internal sealed class OutboxHands(int count)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<(AppId App, TaskCompletionSource Turn)> _waiting = new();
    private readonly Dictionary<AppId, int> _busy = [];
    private int _free = count;

    private int MostOfOneApp { get; } = count - (count / 4);

    /// <summary>Completes when there is a hand, which is to be given back.</summary>
    public Task TakeAsync(AppId app)
    {
        lock (_gate)
        {
            if (TryTake(app)) return Task.CompletedTask;

            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.AddLast((app, turn));
            return turn.Task;
        }
    }

    public void GiveBack(AppId app)
    {
        lock (_gate)
        {
            _free++;
            _busy[app]--;
            var next = _waiting.First;
            while (next is { } waiting && _free > 0)
            {
                next = waiting.Next;
                if (!TryTake(waiting.Value.App)) continue;
                _waiting.Remove(waiting);
                waiting.Value.Turn.SetResult();
            }
        }
    }

    private bool TryTake(AppId app)
    {
        var busy = _busy.GetValueOrDefault(app);
        if (_free == 0 || busy >= MostOfOneApp) return false;

        _free--;
        _busy[app] = busy + 1;
        return true;
    }
}
