using Dragoman.Engine.Ports;
using Dragoman.Storage.Postgres.Connections;
using Dragoman.Storage.Sql.Writing;
using Dragoman.Storage.Sqlite;
using Dragoman.Testing;

namespace Dragoman.Storage.Tests;

/// <summary>Both databases are the same one, said twice.</summary>
public sealed class SchemaTests
{
    /// <summary>What PostgreSQL has besides, because it has several writers.</summary>
    private static readonly string[] OfPostgres =
    [
        "commits.at", "commits.batch", "commits.writer",
        "conversations.changes_at", "conversations.changes_seq", "conversations.last_at", "conversations.last_id", "conversations.last_seq",
        "schema_version.version",
    ];

    [Fact]
    public async Task Every_migration_has_its_twin()
    {
        Assert.SkipWhen(TestStorage.Postgres.WhyNot is not null, TestStorage.Postgres.WhyNot ?? "");
        using var directory = new TempDirectory();
        await using var engine = await TestEngine.StartAsync(directory.File("p"), storage: TestStorage.Postgres);
        using var postgres = engine.Get<PgServer>().Open();
        using var sqlite = SqliteFile.Open(directory.File("s.db"));

        var ofSqlite = Read(sqlite.Writer, "SELECT t.name || '.' || c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'");
        var ofPostgres = Read(postgres, "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = current_schema()");
        Assert.Equal(ofSqlite, ofPostgres.Except(OfPostgres).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Text_columns_are_compared_by_bytes()
    {
        Assert.SkipWhen(TestStorage.Postgres.WhyNot is not null, TestStorage.Postgres.WhyNot ?? "");
        using var directory = new TempDirectory();
        await using var engine = await TestEngine.StartAsync(directory.File("p"), storage: TestStorage.Postgres);
        using var db = engine.Get<PgServer>().Open();

        Assert.Empty(Read(
            db,
            "SELECT table_name || '.' || column_name FROM information_schema.columns "
            + "WHERE table_schema = current_schema() AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"));
    }

    [Fact]
    public void Every_change_has_SQL()
    {
        var table = ChangeTable.OfAllFeatures();
        var changes = typeof(StoreChange).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(StoreChange)) && !t.IsAbstract);

        Assert.Empty(changes.Where(change => !table.Knows(change)).Select(change => change.Name));
    }

    private static List<string> Read(Sql.SqlSession db, string sql)
    {
        var rows = db.Prepare(sql);
        var list = new List<string>();
        while (rows.Step()) list.Add(rows.Text(0));
        list.Sort(StringComparer.Ordinal);
        return list;
    }
}
