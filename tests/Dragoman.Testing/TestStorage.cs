using System.Collections.Concurrent;
using Dragoman.Storage.Postgres;
using Dragoman.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Dragoman.Testing;

/// <summary>Where a test keeps its data. A path names the same data again, as after a restart.</summary>
public abstract class TestStorage
{
    public static TestStorage Sqlite { get; } = new SqliteFiles();

    public static TestStorage Postgres { get; } = new PostgresSchemas();

    /// <summary>SQLite, unless <c>DRAGOMAN_TEST_STORAGE=postgres</c>.</summary>
    public static TestStorage Chosen { get; } =
        string.Equals(Environment.GetEnvironmentVariable("DRAGOMAN_TEST_STORAGE"), "postgres", StringComparison.OrdinalIgnoreCase) ? Postgres : Sqlite;

    /// <summary>Why it cannot be used on this machine; null when it can.</summary>
    public abstract string? WhyNot { get; }

    public abstract void AddTo(IServiceCollection services, string path);

    /// <summary>The server's options for this storage; its data directory is its own business.</summary>
    public abstract IReadOnlyList<string> ArgumentsOf(string path);

    private sealed class SqliteFiles : TestStorage
    {
        public override string? WhyNot => null;

        public override void AddTo(IServiceCollection services, string path) => services.AddSqliteStorage(path);

        public override IReadOnlyList<string> ArgumentsOf(string path) => [];
    }

    private sealed class PostgresSchemas : TestStorage
    {
        private readonly ConcurrentDictionary<string, string> _connections = new(StringComparer.Ordinal);

        public override string? WhyNot => PostgresCluster.Shared.WhyNot;

        public override void AddTo(IServiceCollection services, string path) =>
            services.AddPostgresStorage(new PostgresOptions { ConnectionString = ConnectionOf(path), WriterCount = 4, ReaderCount = 4 });

        public override IReadOnlyList<string> ArgumentsOf(string path) =>
            ["--Storage=postgres", $"--Storage:ConnectionString={ConnectionOf(path)}", "--Storage:WriterCount=4", "--Storage:ReaderCount=4"];

        private string ConnectionOf(string path) => _connections.GetOrAdd(path, static _ => PostgresCluster.Shared.NewSchema());
    }
}
