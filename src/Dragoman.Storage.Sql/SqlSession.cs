using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql;

/// <summary>
/// One connection with its kept prepared statements, as the features of this project need it. One thread at a time.
/// </summary>
/// <remarks>
/// The SQL here stays in the part that SQLite 3.35 and PostgreSQL 13 share: <c>?</c> parameters in order, upserts,
/// <c>RETURNING</c>, integers for everything that is not text or bytes. What is faster said differently is said by the
/// database's own project.
/// </remarks>
internal abstract class SqlSession
{
    /// <summary>A kept statement, reset and without parameters; the caller steps it to its end or resets it.</summary>
    public abstract SqlStatement Prepare(string sql);

    public abstract void BeginWrite();

    /// <summary>Until <see cref="Commit"/> all reads see the database of one moment.</summary>
    public abstract void BeginRead();

    public abstract void Commit();

    public abstract void Rollback();

    /// <summary>Marks a point inside a write to which <see cref="RollbackToSavepoint"/> returns; they do not nest.</summary>
    public abstract void Savepoint();

    public abstract void RollbackToSavepoint();

    public abstract void ReleaseSavepoint();

    /// <summary>
    /// Takes note of a change of a stream, to be written together with others before the transaction ends: several writers then
    /// lock the streams in one order, and a unit that touches hundreds of them costs one statement.
    /// </summary>
    /// <returns>False when it is to be written now.</returns>
    public virtual bool TryDefer(StreamKey stream, string element, StreamState state) => false;

    /// <summary>Writes what <see cref="TryDefer"/> took: to be called before a stream is counted on in another way.</summary>
    public virtual void WriteDeferred()
    {
        // Nothing was taken.
    }

    /// <summary>Runs several reads on the database of one moment.</summary>
    public T ReadConsistently<TState, T>(TState state, Func<SqlSession, TState, T> read)
    {
        BeginRead();
        try
        {
            return read(this, state);
        }
        finally
        {
            Commit();
        }
    }
}

/// <summary>A prepared statement. Parameters are bound in order, columns count from 0.</summary>
internal abstract class SqlStatement
{
    public abstract SqlStatement Bind(long value);

    public abstract SqlStatement Bind(string value);

    public abstract SqlStatement Bind(ReadOnlySpan<byte> value);

    public SqlStatement Bind(bool value) => Bind(value ? 1L : 0L);

    /// <summary>Moves to the next row; false at the end, when the statement is reset.</summary>
    public abstract bool Step();

    /// <summary>Runs a statement whose rows, if any, are of no interest. Its failure may show later in the transaction.</summary>
    public abstract void Run();

    public abstract void Reset();

    public abstract long Int64(int column);

    public abstract string Text(int column);

    public abstract bool IsNull(int column);

    /// <summary>The column's bytes, or its text as UTF-8; valid until the next step.</summary>
    public abstract ReadOnlySpan<byte> Span(int column);

    public int Int32(int column) => (int)Int64(column);

    public bool Bool(int column) => Int64(column) != 0;

    public byte[] Bytes(int column) => Span(column).ToArray();

    /// <summary>Whether there is a row; resets the statement.</summary>
    public bool Any()
    {
        var any = Step();
        Reset();
        return any;
    }

    /// <summary>The first column of the only row, or <paramref name="none"/>; resets the statement.</summary>
    public long ScalarOr(long none)
    {
        var value = Step() ? Int64(0) : none;
        Reset();
        return value;
    }
}

/// <summary>Lends connections to whoever reads.</summary>
internal interface ISqlReaders
{
    /// <exception cref="TimeoutException">No connection became free within the deadline.</exception>
    ValueTask<T> ReadAsync<TState, T>(TState state, Func<SqlSession, TState, T> read, CancellationToken ct);
}

/// <summary>The database as it is prepared at start, before the log writer and the readers use it.</summary>
internal interface ISqlSetup
{
    /// <summary>A connection that may write.</summary>
    SqlSession Session { get; }

    /// <summary>As <see cref="Engine.Ports.IStreamStore.StorageId"/>.</summary>
    string StorageId { get; }
}
