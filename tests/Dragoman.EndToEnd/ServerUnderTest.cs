using System.Security.Cryptography;
using Dragoman.Load.OpenIm;
using Dragoman.Load.Run;

namespace Dragoman.EndToEnd;

/// <summary>The real server program on a directory of its own, which can be started and ended many times.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    internal const string Admin = "imAdmin";

    /// <summary>Generous: a machine that builds something else at the same time must not fail a test. The budget itself is reported.</summary>
    internal static readonly TimeSpan ReadyDeadline = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("dragoman-e2e-");
    private ServerProcess? _process;

    /// <summary>Where it listens; the same over restarts.</summary>
    internal Uri Url { get; } = ServerProcess.FreeUrl();

    /// <summary>The address of the OpenIM dialect.</summary>
    internal Uri OpenIm => new(Url, "/openim");

    internal string Secret { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    internal string DataDirectory => Path.Combine(_directory.FullName, "data");

    /// <summary>Both outputs of all starts.</summary>
    internal string Output => File.Exists(Log) ? File.ReadAllText(Log) : "";

    internal ServerProcess Process => _process ?? throw new InvalidOperationException("the server is not started");

    private string Log => Path.Combine(_directory.FullName, "log");

    /// <summary>Starts it with an apps file that has one OpenIM app.</summary>
    /// <returns>How long it took until /healthz answered.</returns>
    internal Task<TimeSpan> StartAsync(CancellationToken ct, string options = "", string? secret = null) =>
        StartAsync(WriteApps(secret ?? Secret), ct, options);

    /// <summary>Starts it as somebody does who has no apps file yet.</summary>
    internal Task<TimeSpan> StartWithoutAppsAsync(CancellationToken ct) => StartAsync(apps: null, ct, options: "");

    /// <summary>Starts another process on the same data, on a port of its own, with this OpenIM secret, and waits until it ends.</summary>
    /// <returns>The exit code and the output; null when it did not end within the deadline.</returns>
    internal async Task<(int ExitCode, string Output)?> LaunchAsync(string secret, TimeSpan deadline)
    {
        var log = Path.Combine(_directory.FullName, "second-log");
        using var process = ServerProcess.Launch(Command(), ServerProcess.FreeUrl(), DataDirectory, WriteApps(secret), log);
        using var timeout = new CancellationTokenSource(deadline);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, await File.ReadAllTextAsync(log, CancellationToken.None));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return null;
        }
    }

    internal void Kill() => Process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private async Task<TimeSpan> StartAsync(string? apps, CancellationToken ct, string options)
    {
        if (_process is not null) await _process.DisposeAsync();
        _process = await ServerProcess.StartAsync(Command() + options, Url, DataDirectory, apps, Log, ReadyDeadline, ct);
        return _process.ReadyAfter;
    }

    private string WriteApps(string secret)
    {
        var apps = Path.Combine(_directory.FullName, "apps.json");
        File.WriteAllText(apps, OpenImApps.Json(secret, Admin));
        return apps;
    }

    private static string Command()
    {
        if (Environment.GetEnvironmentVariable("DRAGOMAN_RUN") is { Length: > 0 } command) return command;

        // <repository>/tests/Dragoman.EndToEnd/bin/<configuration>/net10.0/
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = output.Parent!.Name;
        var root = output.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        var server = Path.Combine(root, "src", "Dragoman.Server", "bin", configuration, "net10.0", "dragoman.dll");
        return File.Exists(server)
            ? $"dotnet '{server}'"
            : throw new InvalidOperationException($"build src/Dragoman.Server first, or set DRAGOMAN_RUN: there is no {server}");
    }
}
