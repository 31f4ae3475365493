using Npgsql;

namespace Dragoman.Storage.Postgres.Connections;

/// <summary>The rows of one answer, read to the end: the connection is free again while somebody walks through them.</summary>
internal sealed class PgRows
{
    private static readonly object Null = new();
    private readonly List<Cell> _cells = [];
    private int _width;

    public int Count { get; private set; }

    public static PgRows Read(NpgsqlDataReader reader)
    {
        var rows = new PgRows { _width = reader.FieldCount };
        var kinds = new Kind[rows._width];
        for (var i = 0; i < kinds.Length; i++) kinds[i] = KindOf(reader.GetFieldType(i));
        while (reader.Read())
        {
            for (var i = 0; i < kinds.Length; i++) rows._cells.Add(ReadCell(reader, i, kinds[i]));
            rows.Count++;
        }

        return rows;
    }

    public long Int64(int row, int column) => At(row, column).Number;

    public bool IsNull(int row, int column) => ReferenceEquals(At(row, column).Value, Null);

    /// <summary>A text or bytes; null when it is neither.</summary>
    public object? Value(int row, int column) => At(row, column).Value;

    private Cell At(int row, int column) => _cells[(row * _width) + column];

    private static Cell ReadCell(NpgsqlDataReader reader, int column, Kind kind)
    {
        if (reader.IsDBNull(column)) return new(0, Null);
        return kind switch
        {
            Kind.Text => new(0, reader.GetString(column)),
            Kind.Bytes => new(0, reader.GetFieldValue<byte[]>(column)),
            Kind.Bool => new(reader.GetBoolean(column) ? 1 : 0, null),
            _ => new(reader.GetInt64(column), null),
        };
    }

    private static Kind KindOf(Type type)
    {
        if (type == typeof(string)) return Kind.Text;
        if (type == typeof(byte[])) return Kind.Bytes;
        return type == typeof(bool) ? Kind.Bool : Kind.Number;
    }

    private enum Kind
    {
        Number,
        Text,
        Bytes,
        Bool,
    }

    private readonly record struct Cell(long Number, object? Value);
}
