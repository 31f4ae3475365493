using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql;

/// <summary>Counts the rows of a table with <c>app</c> and <c>created_at</c> by the day of their creation.</summary>
internal static class CreationCounts
{
    private const long DayMs = 86_400_000;

    /// <param name="table">One of ours, never a client's text.</param>
    public static CountByDay Of(SqlSession db, string table, int app, long from, long to)
    {
        var days = new Dictionary<long, long>();
        var row = db.Prepare(
            $"""
            SELECT created_at / 86400000, count(*) FROM {table}
            WHERE app = ? AND created_at >= ? AND created_at < ? GROUP BY created_at / 86400000
            """).Bind(app).Bind(from).Bind(to);
        while (row.Step()) days[row.Int64(0) * DayMs] = row.Int64(1);

        var before = db.Prepare($"SELECT count(*) FROM {table} WHERE app = ? AND created_at < ?").Bind(app).Bind(from).ScalarOr(0);
        return new(before + days.Values.Sum(), before, days);
    }
}
