namespace Dragoman.Gateway.Connections;

/// <summary>
/// Writes what a crowd hears: frames gather while there is more to say, and each connection is then written to once. The lane of the bus
/// that calls is the only one that does.
/// </summary>
/// <remarks>
/// Thousands of writes at once would fill the thread pool's queue, and everybody else's would wait behind: so a part goes when most of the
/// one before it has left. And after many writes comes a rest, in which more gathers: of a crowd of two thousand each hears the first message
/// at once, and what follows at most every 40 ms, together.
/// </remarks>
public sealed class CrowdWriter
{
    private const int Part = 64;

    /// <summary>Writes a second that crowds are worth.</summary>
    private const int MostWrites = 50_000;

    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(200);

    private readonly List<ClientConnection> _waiting = [];

    /// <summary>Queues a whole frame, to be written with the next <see cref="Flush"/> at the latest.</summary>
    public void Send(ClientConnection connection, ReadOnlyMemory<byte> frame)
    {
        if (connection.TryGather(frame)) _waiting.Add(connection);
    }

    public void Flush()
    {
        for (var i = 0; i < _waiting.Count; i++)
        {
            if (i > 0 && i % Part == 0 && ThreadPool.PendingWorkItemCount > Part) Thread.Sleep(1);
            _waiting[i].WriteGathered();
        }

        var rest = TimeSpan.FromSeconds((double)_waiting.Count / MostWrites);
        _waiting.Clear();
        if (rest.TotalMilliseconds >= 1) Thread.Sleep(rest < LongestRest ? rest : LongestRest);
    }
}
