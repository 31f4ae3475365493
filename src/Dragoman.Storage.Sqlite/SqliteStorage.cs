using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql;
using Dragoman.Storage.Sql.Writing;
using Dragoman.Storage.Sqlite.Native;
using Microsoft.Extensions.DependencyInjection;

namespace Dragoman.Storage.Sqlite;

/// <summary>The engine's ports on one SQLite file: <c>AddSqliteStorage(path)</c> is the whole feature.</summary>
public static class SqliteStorage
{
    /// <param name="path">The database file; its directory exists. Created and migrated when the services are first asked for.</param>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, string path)
    {
        services.AddSingleton(_ => SqliteFile.Open(path));
        services.AddSingleton<ISqlSetup>(s => s.GetRequiredService<SqliteFile>());
        services.AddSingleton<ISqlReaders>(s => s.GetRequiredService<SqliteFile>().Readers);
        services.AddSingleton<ICommitStore, SqliteCommitStore>();
        services.AddSingleton<IStorageHealth, SqliteHealth>();
        services.AddSqlStores();
        return services;
    }
}

/// <summary>A file in this process does not go away: one that is full refuses writes and can still be read.</summary>
internal sealed class SqliteHealth : IStorageHealth
{
    public bool IsAvailable => true;
}

/// <summary>The file with its one writing connection and its readers.</summary>
internal sealed class SqliteFile : ISqlSetup, IDisposable
{
    private SqliteFile(SqliteDb writer, SqliteReaders readers)
    {
        Writer = writer;
        Heads = new(writer);
        Readers = readers;
        StorageId = ReadId(writer);
    }

    public SqlSession Session => Writer;

    public string StorageId { get; }

    /// <summary>Used by the log writer's thread, and before it starts.</summary>
    public SqliteDb Writer { get; }

    /// <summary>Used by the log writer's thread.</summary>
    public KeptLogHeads Heads { get; }

    public SqliteReaders Readers { get; }

    public static SqliteFile Open(string path)
    {
        var writer = SqliteDb.Open(path, isReadOnly: false);
        Migrator.Apply(writer);
        return new(writer, new SqliteReaders(path));
    }

    private static string ReadId(SqliteDb db)
    {
        var statement = db.Prepare("SELECT id FROM storage");
        statement.Step();
        var id = statement.Text(0);
        statement.Reset();
        return id;
    }

    public void Dispose()
    {
        Readers.Dispose();
        Writer.Dispose();
    }
}
