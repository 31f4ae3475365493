using System.Diagnostics;
using System.Globalization;

namespace Dragoman.Testing;

/// <summary>A throw-away PostgreSQL cluster (<c>tests/postgres</c>), which goes with this process.</summary>
public sealed class PostgresCluster : IDisposable
{
    private const string Given = "DRAGOMAN_TEST_POSTGRES";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>A test runner that takes longer than 10 s to exit has failed.</summary>
    private static readonly TimeSpan ExitDeadline = TimeSpan.FromSeconds(5);
    private static readonly Lazy<PostgresCluster> LazyShared = new(StartShared);
    private static int s_schemas;

    private readonly Process? _script;

    private PostgresCluster(string connection) => Connection = connection;

    private PostgresCluster(Process script)
    {
        _script = script;
        var answer = Answer();
        if (answer.StartsWith("ready ", StringComparison.Ordinal))
            Connection = $"Host={answer["ready ".Length..]};Username=dragoman;Database=postgres";
        else
            WhyNot = answer;
    }

    /// <summary>One for all tests of the process; or the one that <c>DRAGOMAN_TEST_POSTGRES</c> names.</summary>
    public static PostgresCluster Shared => LazyShared.Value;

    /// <summary>The connection string of its default database; with a <c>Search Path</c> that does not exist it is as good as an empty one.</summary>
    public string Connection { get; } = "";

    /// <summary>Why there is none on this machine; null when there is one.</summary>
    public string? WhyNot { get; }

    /// <summary>Starts one that the caller may kill.</summary>
    public static PostgresCluster Start()
    {
        // <repository>/tests/Dragoman.X/bin/<configuration>/net10.0/
        var root = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Parent!.FullName;
        var start = new ProcessStartInfo("/bin/bash", [Path.Combine(root, "postgres")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new(Process.Start(start)!);
    }

    /// <summary>The connection string of a new schema, which is as good as a new database and made when it is first used.</summary>
    public string NewSchema()
    {
        if (WhyNot is not null) throw new InvalidOperationException(WhyNot);
        var schema = string.Create(
            CultureInfo.InvariantCulture, $"test_{Environment.ProcessId}_{Interlocked.Increment(ref s_schemas)}_{Random.Shared.Next():x8}");
        return $"{Connection};Search Path={schema}";
    }

    /// <summary>SIGKILL to the server and everything that belongs to it.</summary>
    public void Kill() => Tell("kill");

    public void Restart() => Tell("start");

    public void Dispose()
    {
        if (_script is null) return;
        _script.StandardInput.Close();
        if (!_script.WaitForExit(Deadline)) _script.Kill(entireProcessTree: true);
        _script.Dispose();
    }

    private void Leave()
    {
        if (_script is null) return;
        _script.StandardInput.Close();
        _script.WaitForExit(ExitDeadline);
    }

    private static PostgresCluster StartShared()
    {
        if (Environment.GetEnvironmentVariable(Given) is { Length: > 0 } connection) return new(connection);
        var cluster = Start();

        // The script sees the end of its input, also when this process is killed, and cleans up by itself if that takes longer.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.Leave();
        return cluster;
    }

    private void Tell(string command)
    {
        _script!.StandardInput.WriteLine(command);
        _script.StandardInput.Flush();
        _ = Answer();
    }

    private string Answer() =>
        _script!.StandardOutput.ReadLineAsync().WaitAsync(Deadline).GetAwaiter().GetResult() ?? "none tests/postgres ended without an answer";
}
