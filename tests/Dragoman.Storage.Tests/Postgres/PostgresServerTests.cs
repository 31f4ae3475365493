using System.ComponentModel.DataAnnotations;
using Dragoman.Engine.Ports;
using Dragoman.Storage.Postgres;
using Dragoman.Storage.Postgres.Connections;
using Dragoman.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dragoman.Storage.Tests.Postgres;

public sealed class PostgresServerTests
{
    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await using var server = Server();
        using (new PgDatabase(server)) server.Open().Execute("INSERT INTO schema_version (version) VALUES (9999)");

        Assert.Contains("9999", Assert.Throws<StorageException>(() => new PgDatabase(server)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Servers_that_start_together_migrate_once()
    {
        var connection = NewSchema();
        var starts = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var server = Server(connection);
            using var database = new PgDatabase(server);
            return database.StorageId;
        }));

        Assert.Single((await Task.WhenAll(starts)).Distinct());
    }

    [Fact]
    public async Task A_server_that_promises_less_is_made_to_wait_for_the_disk()
    {
        await using var server = Server(NewSchema() + ";Options=-c synchronous_commit=off");
        using var db = server.Open();
        var statement = db.Prepare("SELECT current_setting('synchronous_commit')");

        Assert.True(statement.Step());
        Assert.Equal("on", statement.Text(0));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_of_without_the_password()
    {
        await using var server = Server("Host=127.0.0.1;Port=1;Username=u;Password=secret;Database=d");

        Assert.DoesNotContain("secret", Assert.ThrowsAny<StorageException>(() => new PgDatabase(server)).ToString(), StringComparison.Ordinal);
        Assert.False(server.IsAvailable);
    }

    [Theory]
    [InlineData("", "is missing")]
    [InlineData("Database=d", "names no Host")]
    [InlineData("Host=h;Frobnicate=secret", "cannot be read as a connection string (Host=...;Database=...;Username=...;Password=...)")]
    [InlineData("Host=h;Port=secret", "cannot be read as a connection string (Host=...;Database=...;Username=...;Password=...)")]
    [InlineData("secret", "cannot be read as a connection string (Host=...;Database=...;Username=...;Password=...)")]
    public void A_connection_string_that_cannot_be_used_is_a_fault(string connection, string problem)
    {
        var options = new PostgresOptions { ConnectionString = connection };
        var faults = new List<ValidationResult>();

        Assert.False(Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true));
        Assert.Equal((problem, nameof(PostgresOptions.ConnectionString)), (faults.Single().ErrorMessage, faults.Single().MemberNames.Single()));
    }

    [Theory]
    [InlineData("SELECT a FROM t WHERE b = ? AND c = ?", "SELECT a FROM t WHERE b = $1 AND c = $2")]
    [InlineData("SELECT '?' || ? || \"?\" || ?", "SELECT '?' || $1 || \"?\" || $2")]
    [InlineData("LIKE ? ESCAPE '\\' AND x = ?", "LIKE $1 ESCAPE '\\' AND x = $2")]
    [InlineData("'it''s ?' ?", "'it''s ?' $1")]
    public void Question_marks_are_numbered_outside_of_quotes(string sql, string numbered)
    {
        Assert.Equal(numbered, Placeholders.Number(sql));
    }

    private static string NewSchema()
    {
        Assert.SkipWhen(PostgresCluster.Shared.WhyNot is not null, PostgresCluster.Shared.WhyNot ?? "");
        return PostgresCluster.Shared.NewSchema();
    }

    private static PgServer Server(string? connection = null) =>
        new(new PostgresOptions { ConnectionString = connection ?? NewSchema() }, NullLogger<PgServer>.Instance);
}
