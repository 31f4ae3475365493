using System.Globalization;
using System.Reflection;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Sqlite.Native;

namespace Dragoman.Storage.Sqlite;

/// <summary>Brings a database file to the schema of this binary; refuses one that is ahead of it.</summary>
internal static class Migrator
{
    public static void Apply(SqliteDb db)
    {
        var steps = Steps();
        var version = Version(db);
        if (version > steps.Count)
        {
            throw new StorageException(
                $"The database has schema {version}, this version of Dragoman knows {steps.Count}: start the newer version that wrote it.");
        }

        for (var i = version; i < steps.Count; i++)
        {
            db.Execute("BEGIN IMMEDIATE");
            try
            {
                db.Execute(steps[i]);
                db.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version={i + 1}"));
                db.Execute("COMMIT");
            }
            catch
            {
                db.Execute("ROLLBACK");
                throw;
            }
        }
    }

    private static int Version(SqliteDb db)
    {
        var statement = db.Prepare("PRAGMA user_version");
        var version = statement.Step() ? statement.Int32(0) : 0;
        statement.Reset();
        return version;
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
