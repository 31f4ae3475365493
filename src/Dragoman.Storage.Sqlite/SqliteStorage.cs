using Dragoman.Engine.Ports;
using Dragoman.Storage.Sqlite.Accounts;
using Dragoman.Storage.Sqlite.Conversations;
using Dragoman.Storage.Sqlite.Entries;
using Dragoman.Storage.Sqlite.Groups;
using Dragoman.Storage.Sqlite.Native;
using Dragoman.Storage.Sqlite.Streams;
using Microsoft.Extensions.DependencyInjection;

namespace Dragoman.Storage.Sqlite;

/// <summary>The engine's ports on one SQLite file: <c>AddSqliteStorage(path)</c> is the whole feature.</summary>
public static class SqliteStorage
{
    /// <param name="path">The database file; its directory exists. Created and migrated when the services are first asked for.</param>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, string path)
    {
        services.AddSingleton(_ => SqliteFile.Open(path));
        services.AddSingleton(s => s.GetRequiredService<SqliteFile>().Readers);
        services.AddSingleton<ICommitStore, SqliteCommitStore>();
        services.AddSingleton<IEntryStore, SqliteEntryStore>();
        services.AddSingleton<IUserConversationStore, SqliteUserConversationStore>();
        services.AddSingleton<IAccountStore, SqliteAccountStore>();
        services.AddSingleton<IGroupStore, SqliteGroupStore>();
        services.AddSingleton<IAppStore, SqliteAppStore>();
        services.AddSingleton<IStreamStore, SqliteStreamStore>();
        return services;
    }
}

/// <summary>The file with its one writing connection and its readers.</summary>
internal sealed class SqliteFile : IDisposable
{
    private SqliteFile(SqliteDb writer, SqliteReaders readers)
    {
        Writer = writer;
        Readers = readers;
    }

    /// <summary>Used by the log writer's thread, and before it starts.</summary>
    public SqliteDb Writer { get; }

    public SqliteReaders Readers { get; }

    public static SqliteFile Open(string path)
    {
        var writer = SqliteDb.Open(path, isReadOnly: false);
        Migrator.Apply(writer);
        return new(writer, new SqliteReaders(path));
    }

    public void Dispose()
    {
        Readers.Dispose();
        Writer.Dispose();
    }
}
