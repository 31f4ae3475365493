using System.Globalization;
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
    /// <param name="schema">Made when it does not exist; empty is the server's own default.</param>
    public static void Apply(PgSession session, string schema)
    {
        using var db = session;
        Check(db);
        db.Execute($"SELECT pg_advisory_lock({LockKey})", isPatient: true);
        if (schema.Length > 0) db.Execute($"CREATE SCHEMA IF NOT EXISTS \"{schema.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        db.Execute("CREATE TABLE IF NOT EXISTS schema_version (version bigint NOT NULL)");
        var steps = Steps();
        var applied = Applied(db);
        if (applied.Count > 0 && applied.Max > steps.Keys[^1])
        {
            throw new StorageException(
                $"The database has schema {applied.Max}, this version of Dragoman knows {steps.Keys[^1]}: start the newer version that wrote it.");
        }

        foreach (var (version, sql) in steps)
        {
            if (!applied.Contains(version)) db.Execute($"BEGIN; {sql}; INSERT INTO schema_version (version) VALUES ({version}); COMMIT", isPatient: true);
        }
    }

    private static SortedSet<long> Applied(PgSession db)
    {
        var rows = db.Prepare("SELECT version FROM schema_version");
        var applied = new SortedSet<long>();
        while (rows.Step()) applied.Add(rows.Int64(0));
        return applied;
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

    /// <summary>The migrations by the number that their names begin with.</summary>
    private static SortedList<long, string> Steps()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"{typeof(Migrator).Namespace}.Migrations.";
        var steps = new SortedList<long, string>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            steps.Add(long.Parse(name[prefix.Length..].Split('_')[0], CultureInfo.InvariantCulture), reader.ReadToEnd());
        }

        return steps;
    }
}
