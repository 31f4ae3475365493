using Dragoman.Engine.Ports;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dragoman.Storage.Postgres.Connections;

/// <summary>
/// The database server as seen from here: opens connections, notices when it goes away and when it is back, and says each of
/// that once. While it is away nobody waits for it.
/// </summary>
internal sealed partial class PgServer : IStorageHealth, IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BeatWhileAway = TimeSpan.FromMilliseconds(250);

    /// <summary>Statements that a connection keeps prepared; there are fewer in all of the code.</summary>
    private const int PreparedStatements = 400;

    // Plans are kept, perhaps from when a table was empty; all our access is by key, and this says so. Acknowledged means on
    // disk, whatever the server's default is; stronger settings stay.
    private const string SessionSettings =
        """
        SET jit = off; SET enable_seqscan = off; SET enable_mergejoin = off;
        SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
        """;

    private readonly ILogger<PgServer> _logger;
    private readonly NpgsqlDataSource _source;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _doubt = new(0, 1);
    private Task _watch = Task.CompletedTask;
    private volatile bool _isAway;
    private int _isDisposed;

    public PgServer(PostgresOptions options, ILogger<PgServer> logger)
    {
        _logger = logger;
        var connection = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            Pooling = false,
            Enlist = false,
            Timeout = (int)Math.Ceiling(options.ConnectTimeout.TotalSeconds),
            CommandTimeout = (int)Math.Ceiling(options.CommandTimeout.TotalSeconds),
            MaxAutoPrepare = PreparedStatements,
            AutoPrepareMinUsages = 2,
            TcpKeepAlive = true,
            PersistSecurityInfo = false,
            IncludeErrorDetail = false,
        };
        connection.ApplicationName ??= "dragoman";
        Schema = connection.SearchPath?.Split(',')[0].Trim() ?? "";
        _source = NpgsqlDataSource.Create(connection);
    }

    /// <summary>Where our tables are, when the connection string names it (<c>Search Path</c>); else empty.</summary>
    public string Schema { get; }

    public bool IsAvailable => !_isAway;

    /// <summary>Opens a connection.</summary>
    /// <exception cref="StorageAwayException">The server cannot be reached, or could not be a moment ago.</exception>
    public PgSession Open()
    {
        if (_isAway) throw Away(inner: null);
        try
        {
            return new(OpenNow());
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException)
        {
            Lost(e);
            throw Away(e);
        }
    }

    /// <summary>To be called when a connection broke: the server may be gone.</summary>
    public void Doubt()
    {
        try
        {
            _doubt.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody doubts already.
        }
    }

    /// <summary>Starts to look after the server.</summary>
    public void Watch() => _watch = Task.Run(WatchAsync);

    public static StorageAwayException Away(Exception? inner) => new("The database is away.", inner);

    public async ValueTask DisposeAsync()
    {
        // The container disposes of it once for each service that it is.
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        await _stop.CancelAsync();
        await _watch;
        await _source.DisposeAsync();
        _stop.Dispose();
        _doubt.Dispose();
    }

    private NpgsqlConnection OpenNow()
    {
        var connection = _source.CreateConnection();
        try
        {
            connection.Open();
            using var settings = new NpgsqlCommand(SessionSettings, connection);
            settings.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private async Task WatchAsync()
    {
        NpgsqlConnection? connection = null;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                connection ??= await OpenAsync();
                await using var beat = new NpgsqlCommand("SELECT 1", connection);
                await beat.ExecuteNonQueryAsync(_stop.Token);
                Back();
                await _doubt.WaitAsync(Beat, _stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // One connection can end for many reasons; the server is away when the next one cannot be opened.
                var wasOpen = connection is not null;
                if (connection is not null) await connection.DisposeAsync();
                connection = null;
                if (wasOpen && !_isAway) continue;
                Lost(e);
                await Task.WhenAny(Task.Delay(BeatWhileAway, _stop.Token));
            }
        }

        if (connection is not null) await connection.DisposeAsync();
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = _source.CreateConnection();
        try
        {
            await connection.OpenAsync(_stop.Token);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private void Lost(Exception e)
    {
        if (_isAway) return;
        lock (_source)
        {
            if (_isAway) return;
            _isAway = true;
        }

        Log.WentAway(_logger, e.Message);
        Doubt();
    }

    private void Back()
    {
        if (!_isAway) return;
        _isAway = false;
        Log.CameBack(_logger);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The database is away, requests are refused until it is back: {Problem}")]
        public static partial void WentAway(ILogger logger, string problem);

        [LoggerMessage(Level = LogLevel.Information, Message = "The database is back")]
        public static partial void CameBack(ILogger logger);
    }
}
