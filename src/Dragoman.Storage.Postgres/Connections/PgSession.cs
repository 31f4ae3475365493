using System.Data;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Postgres.Writing;
using Dragoman.Storage.Sql;
using Npgsql;

namespace Dragoman.Storage.Postgres.Connections;

/// <summary>
/// One connection. Statements without an answer gather and leave with the next one that has one, or with the commit, so a
/// transaction with hundreds of changes costs few round trips. Npgsql prepares each statement once per connection.
/// </summary>
internal sealed class PgSession : SqlSession, IDisposable
{
    private const int MaxQueued = 1_000;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlBatch _batch;
    private readonly Dictionary<string, PgStatement> _statements = [];

    /// <param name="connection">Open; belongs to the session from now on.</param>
    public PgSession(NpgsqlConnection connection)
    {
        _connection = connection;
        _batch = new NpgsqlBatch(connection);
    }

    /// <summary>The connection is of no use any more.</summary>
    public bool IsBroken => _connection.State != ConnectionState.Open;

    public bool IsInTransaction { get; private set; }

    /// <summary>Where changes of streams gather; null writes them at once.</summary>
    public StreamBatch? Streams { get; set; }

    /// <summary>Runs statements that take no parameters and return nothing of interest.</summary>
    /// <param name="isPatient">Waits as long as it takes: a large table is being changed.</param>
    public void Execute(string sql, bool isPatient = false)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        if (isPatient) command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }

    public override PgStatement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = new(this, sql);
            _statements.Add(sql, statement);
        }

        statement.Reset();
        return statement;
    }

    public override void BeginWrite() => Begin("BEGIN");

    public override void BeginRead() => Begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");

    public override void Commit()
    {
        Queue("COMMIT");
        Flush();
        IsInTransaction = false;
    }

    public override void Rollback()
    {
        Clear();
        if (!IsInTransaction) return;
        IsInTransaction = false;
        Execute("ROLLBACK");
    }

    public override void Savepoint() => Queue("SAVEPOINT unit");

    public override void RollbackToSavepoint() => Queue("ROLLBACK TO unit");

    public override void ReleaseSavepoint() => Queue("RELEASE unit");

    public override bool TryDefer(StreamKey stream, string element, StreamState state)
    {
        if (Streams is null) return false;
        Streams.Add(stream, element, state);
        return true;
    }

    public override void WriteDeferred() => Streams?.Flush(this);

    /// <summary>Runs a statement with the next answer that is waited for; at once outside of a transaction.</summary>
    public void Queue(PgStatement statement)
    {
        Add(statement);
        if (!IsInTransaction || _batch.BatchCommands.Count >= MaxQueued) Flush();
    }

    /// <summary>Runs what is queued and the statement.</summary>
    public PgRows Execute(PgStatement statement)
    {
        Add(statement);
        try
        {
            using var reader = _batch.ExecuteReader();
            var rows = new PgRows();
            do
            {
                // The last answer is the statement's own; what was queued may have some that nobody wants.
                if (statement.HasRows) rows = PgRows.Read(reader);
            }
            while (reader.NextResult());
            return rows;
        }
        finally
        {
            Clear();
        }
    }

    public void Flush()
    {
        if (_batch.BatchCommands.Count == 0) return;
        try
        {
            _batch.ExecuteNonQuery();
        }
        finally
        {
            Clear();
        }
    }

    public void Dispose()
    {
        _batch.Dispose();
        _connection.Dispose();
    }

    private void Begin(string sql)
    {
        Queue(sql);
        IsInTransaction = true;
    }

    private void Queue(string sql) => _batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));

    private void Add(PgStatement statement)
    {
        var command = new NpgsqlBatchCommand(statement.Sql);
        foreach (var parameter in statement.Parameters) command.Parameters.Add(parameter);
        _batch.BatchCommands.Add(command);
    }

    private void Clear() => _batch.BatchCommands.Clear();
}
