using System.Text;
using Dragoman.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Dragoman.Storage.Postgres.Connections;

internal sealed class PgStatement(PgSession session, string sql) : SqlStatement
{
    private PgRows? _rows;
    private int _row;

    public string Sql { get; } = Placeholders.Number(sql);

    /// <summary>Whether somebody may step through rows of it.</summary>
    public bool HasRows { get; } =
        sql.StartsWith("SELECT", StringComparison.Ordinal) || sql.Contains("RETURNING", StringComparison.Ordinal);

    /// <summary>What has been bound since the last reset.</summary>
    public List<NpgsqlParameter> Parameters { get; } = [];

    public override SqlStatement Bind(long value)
    {
        Parameters.Add(new NpgsqlParameter<long> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint });
        return this;
    }

    public override SqlStatement Bind(string value)
    {
        Parameters.Add(new NpgsqlParameter<string> { TypedValue = StoredText.Of(value), NpgsqlDbType = NpgsqlDbType.Text });
        return this;
    }

    public override SqlStatement Bind(ReadOnlySpan<byte> value)
    {
        Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = value.ToArray(), NpgsqlDbType = NpgsqlDbType.Bytea });
        return this;
    }

    /// <summary>Binds a column of a bulk statement, as for <c>unnest</c>. The array belongs to the statement from now on.</summary>
    public PgStatement Bind(long[] values) => Add(new NpgsqlParameter<long[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });

    public PgStatement Bind(string[] values)
    {
        for (var i = 0; i < values.Length; i++) values[i] = StoredText.Of(values[i]);
        return Add(new NpgsqlParameter<string[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
    }

    public PgStatement Bind(ReadOnlyMemory<byte>[] values) =>
        Add(new NpgsqlParameter<ReadOnlyMemory<byte>[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });

    public override bool Step()
    {
        if (_rows is null)
        {
            _rows = session.Execute(this);
            _row = -1;
        }

        if (++_row < _rows.Count) return true;
        Reset();
        return false;
    }

    public override void Run()
    {
        session.Queue(this);
        Reset();
    }

    public override void Reset()
    {
        Parameters.Clear();
        _rows = null;
    }

    public override long Int64(int column) => _rows!.Int64(_row, column);

    public override string Text(int column) => _rows!.Value(_row, column) as string ?? "";

    public override bool IsNull(int column) => _rows!.IsNull(_row, column);

    public override ReadOnlySpan<byte> Span(int column) => _rows!.Value(_row, column) switch
    {
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        _ => default,
    };

    private PgStatement Add(NpgsqlParameter parameter)
    {
        Parameters.Add(parameter);
        return this;
    }
}
