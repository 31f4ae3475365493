using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Postgres.Connections;
using Npgsql;

namespace Dragoman.Storage.Postgres.Writing;

/// <summary>One writer: its connection, what is repeated when it fails, and what is known when the connection is lost.</summary>
internal sealed class PgWriter(PgServer server, MessageIds ids, TimeProvider clock, string name) : IDisposable
{
    private const int MaxAttempts = 6;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(20);

    private PgTransaction? _transaction;
    private long _batch;

    public void Commit(IReadOnlyList<WriteUnit> units)
    {
        for (var attempt = 1; ; attempt++)
        {
            var transaction = _transaction ??= new(Open(), ids);
            try
            {
                transaction.Write(units, name, ++_batch, Now());
                return;
            }
            catch (Exception e) when (e is not StorageAwayException)
            {
                if (!Recover(transaction, e)) throw;
                if (attempt == MaxAttempts || (e is not PostgresException && attempt > 1)) throw Failure(e);
                if (e is PostgresException) Thread.Sleep(LongestPause * Random.Shared.NextDouble() * attempt);
            }
        }
    }

    /// <summary>Whether the last batch is on disk.</summary>
    public bool WasCommitted()
    {
        try
        {
            using var session = server.Open();

            // The lock waits for the lost connection's transaction, in case that the server still works on it.
            return session.Prepare("SELECT batch FROM commits WHERE writer = ? FOR UPDATE").Bind(name).ScalarOr(0) == _batch;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            server.Doubt();
            throw PgServer.Away(e);
        }
    }

    public void Dispose() => _transaction?.Dispose();

    private PgSession Open()
    {
        var session = server.Open();
        try
        {
            session.Prepare("INSERT INTO commits (writer, batch, at) VALUES (?, 0, ?) ON CONFLICT (writer) DO NOTHING").Bind(name).Bind(Now()).Run();
            return session;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            session.Dispose();
            server.Doubt();
            throw PgServer.Away(e);
        }
    }

    /// <summary>Brings the writer back to where a batch can be written.</summary>
    /// <returns>Whether the same batch may be tried again.</returns>
    /// <exception cref="CommitUnknownException">The batch may be on disk.</exception>
    private bool Recover(PgTransaction transaction, Exception e)
    {
        // An error that the server reports has undone everything; only a fatal one may hide a commit.
        var isReported = e is PostgresException { InvariantSeverity: "ERROR" } && !transaction.Session.IsBroken;
        var isLost = !isReported && e is NpgsqlException or TimeoutException or IOException;
        var wasCommitting = transaction.IsCommitting;
        if (!isLost && TryRollback(transaction))
            return e is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

        transaction.Dispose();
        _transaction = null;
        server.Doubt();
        if (isLost && wasCommitting) throw new CommitUnknownException(e.Message, e);
        return isLost;
    }

    private static bool TryRollback(PgTransaction transaction)
    {
        try
        {
            transaction.Rollback();
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
        {
            return false;
        }
    }

    private static Exception Failure(Exception e) =>
        e is PostgresException ? new StorageException($"The batch was refused again and again: {e.Message}", e) : PgServer.Away(e);

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
