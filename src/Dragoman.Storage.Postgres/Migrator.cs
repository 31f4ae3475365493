using System.Reflection;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Postgres.Connections;

namespace Dragoman.Storage.Postgres;

/// <summary>Brings a database to the schema of this binary, one server at a time; refuses one that is ahead of it.</summary>
internal static class Migrator
{
    private const int OldestServer = 130_000;

    /// <summary>Of the advisory lock: "drgm" in ASCII.</summary>
    private const long LockKey = 0x6472676d;

    /// <param name="session">Is closed afterwards, and the lock with it.</param>
    public static void Apply(PgSession session)
    {
        using var db = session;
        Check(db);
        db.Execute($"SELECT pg_advisory_lock({LockKey})");
        db.Execute("CREATE TABLE IF NOT EXISTS schema_version (version bigint NOT NULL)");
        var steps = Steps();
        var version = db.Prepare("SELECT coalesce(max(version), 0) FROM schema_version").ScalarOr(0);
        if (version > steps.Count)
        {
            throw new StorageException(
                $"The database has schema {version}, this version of Dragoman knows {steps.Count}: start the newer version that wrote it.");
        }

        for (var i = (int)version; i < steps.Count; i++)
            db.Execute($"BEGIN; {steps[i]}; INSERT INTO schema_version (version) VALUES ({i + 1}); COMMIT");
    }

    private static void Check(PgSession db)
    {
        var server = db.Prepare("SELECT current_setting('server_version_num')::bigint").ScalarOr(0);
        if (server < OldestServer) throw new StorageException($"PostgreSQL {server / 10_000} is too old; 13 is the oldest that can be used.");

        var statement = db.Prepare("SELECT current_setting('server_encoding')");
        statement.Step();
        var encoding = statement.Text(0);
        statement.Reset();
        if (encoding != "UTF8") throw new StorageException($"The database is encoded in {encoding}; it must be UTF8.");
    }

    private static List<string> Steps()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return reader.ReadToEnd();
            })];
    }
}
