using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Dragoman.Dialects.Conformance.OpenIm.Host;

/// <summary>Keeps what the server logs at Error or above, because whatever a client does is no error of the server; and what a test watches.</summary>
internal sealed class LogCollector : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _errors = new();

    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>How the categories begin of which every line is kept, down to Debug; empty for none. To be set before the start.</summary>
    public string Watched { get; set; } = "";

    public IReadOnlyCollection<string> Errors => [.. _errors];

    /// <summary>What the watched categories logged.</summary>
    public IReadOnlyCollection<string> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) =>
        new Logger(categoryName, _errors, Watched.Length > 0 && categoryName.StartsWith(Watched, StringComparison.Ordinal) ? _lines : null);

    public void Clear() => _errors.Clear();

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Logger(string category, ConcurrentQueue<string> errors, ConcurrentQueue<string>? lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= (lines is null ? LogLevel.Error : LogLevel.Debug);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Debug) lines?.Enqueue(formatter(state, exception));
            if (logLevel >= LogLevel.Error) errors.Enqueue($"{category}: {formatter(state, exception)} {exception}");
        }
    }
}
