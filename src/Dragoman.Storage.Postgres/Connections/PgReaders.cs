using System.Collections.Concurrent;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql;

namespace Dragoman.Storage.Postgres.Connections;

/// <summary>A few connections that read, each with a thread of its own that waits for the server: no thread of the pool does.</summary>
internal sealed class PgReaders(PgServer server, PostgresOptions options) : ISqlReaders, IDisposable
{
    /// <summary>Reads that may wait; the connections are hopelessly behind then.</summary>
    private const int MaxWaiting = 100_000;

    private readonly BlockingCollection<ReadJob> _waiting = new(MaxWaiting);
    private readonly Lock _gate = new();
    private readonly List<Thread> _threads = [];
    private int _idle;

    public async ValueTask<T> ReadAsync<TState, T>(TState state, Func<SqlSession, TState, T> read, CancellationToken ct)
    {
        if (!server.IsAvailable) throw PgServer.Away(inner: null);

        var job = new ReadJob<TState, T>(state, read);
        if (!_waiting.TryAdd(job, 0, CancellationToken.None)) throw new TimeoutException("Too many reads wait for a connection.");
        if (Volatile.Read(ref _idle) == 0) AddThread();
        try
        {
            return await job.Task.WaitAsync(options.ReadTimeout, ct);
        }
        finally
        {
            job.IsAbandoned = true;
        }
    }

    public void Dispose()
    {
        _waiting.CompleteAdding();
        foreach (var thread in _threads) thread.Join(options.CommandTimeout);
        _waiting.Dispose();
    }

    private void AddThread()
    {
        lock (_gate)
        {
            if (_threads.Count >= options.ReaderCount || _waiting.IsAddingCompleted) return;
            var thread = new Thread(Run) { Name = $"storage reader {_threads.Count}", IsBackground = true };
            _threads.Add(thread);
            thread.Start();
        }
    }

    private void Run()
    {
        PgSession? session = null;
        while (true)
        {
            Interlocked.Increment(ref _idle);
            var isOpen = _waiting.TryTake(out var job, Timeout.Infinite);
            Interlocked.Decrement(ref _idle);
            if (!isOpen) break;
            if (!job!.IsAbandoned) Read(job, ref session);
        }

        session?.Dispose();
    }

    /// <summary>Runs a job; on a connection that turns out to be dead a second time, on a new one.</summary>
    private void Read(ReadJob job, ref PgSession? session)
    {
        var wasKept = session is not null;
        try
        {
            session ??= server.Open();
            job.Run(session);
            if (session.IsInTransaction) session.Rollback();
        }
        catch (StorageAwayException e)
        {
            job.Fail(e);
        }
        catch (Exception e)
        {
            if (!Recover(ref session))
            {
                job.Fail(e);
                return;
            }

            server.Doubt();
            if (wasKept && !job.IsAbandoned) Read(job, ref session);
            else job.Fail(PgServer.Away(e));
        }
    }

    /// <returns>Whether the connection is lost; otherwise it can be used again.</returns>
    private static bool Recover(ref PgSession? session)
    {
        try
        {
            if (session is { IsBroken: false }) session.Rollback();
        }
        catch (Exception)
        {
            // It broke on the way.
        }

        if (session is { IsBroken: false }) return false;
        session?.Dispose();
        session = null;
        return true;
    }

    private abstract class ReadJob
    {
        /// <summary>Nobody waits for it any more.</summary>
        public volatile bool IsAbandoned;

        public abstract void Run(SqlSession session);

        public abstract void Fail(Exception e);
    }

    private sealed class ReadJob<TState, T>(TState state, Func<SqlSession, TState, T> read) : ReadJob
    {
        private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Task => _result.Task;

        public override void Run(SqlSession session) => _result.TrySetResult(read(session, state));

        public override void Fail(Exception e) => _result.TrySetException(e);
    }
}
