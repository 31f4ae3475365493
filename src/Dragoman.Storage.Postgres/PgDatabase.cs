using Dragoman.Engine.Ports;
using Dragoman.Storage.Postgres.Connections;
using Dragoman.Storage.Sql;
using Npgsql;

namespace Dragoman.Storage.Postgres;

/// <summary>The database as it is found at start: reached, checked, migrated.</summary>
internal sealed class PgDatabase : ISqlSetup, IDisposable
{
    private readonly PgServer _server;
    private PgSession? _session;

    public PgDatabase(PgServer server)
    {
        _server = server;
        try
        {
            Migrator.Apply(server.Open(), server.Schema);
            StorageId = ReadId(Session);
            server.Watch();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw new StorageException($"The database cannot be prepared: {e.Message}", e);
        }
    }

    public string StorageId { get; }

    public SqlSession Session
    {
        get
        {
            if (_session is { IsBroken: true }) Dispose();
            return _session ??= _server.Open();
        }
    }

    public void Dispose()
    {
        _session?.Dispose();
        _session = null;
    }

    private static string ReadId(SqlSession db)
    {
        var statement = db.Prepare("SELECT id FROM storage");
        statement.Step();
        var id = statement.Text(0);
        statement.Reset();
        return id;
    }
}
