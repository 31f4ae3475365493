using System.ComponentModel.DataAnnotations;
using Dragoman.Engine.Ports;
using Npgsql;

namespace Dragoman.Storage.Postgres;

/// <summary>Section <c>Storage</c>, when <c>--Storage=postgres</c>.</summary>
public sealed class PostgresOptions : IValidatableObject
{
    /// <summary>As Npgsql reads it: <c>Host=…;Database=…;Username=…;Password=…</c>. Never logged.</summary>
    [Required(ErrorMessage = "is missing")]
    public string ConnectionString { get; set; } = "";

    /// <summary>Connections that write, each with its own conversations.</summary>
    [Range(1, ICommitStore.MaxWriters)]
    public int WriterCount { get; set; } = 2;

    /// <summary>Connections that read, and threads that wait for them; opened when they are needed.</summary>
    [Range(1, 256)]
    public int ReaderCount { get; set; } = 8;

    /// <summary>Whole seconds, as <see cref="CommandTimeout"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>A statement that takes longer fails; a connection that does not answer then is given up.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a read waits for a connection and its answer.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(10);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Problem() is { } problem) yield return new(problem, [nameof(ConnectionString)]);
    }

    // Npgsql's own message may repeat a part of the string.
    private string? Problem()
    {
        try
        {
            return string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(ConnectionString).Host) ? "names no Host" : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            return "cannot be read as a connection string (Host=...;Database=...;Username=...;Password=...)";
        }
    }
}
