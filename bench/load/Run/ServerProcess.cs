using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Dragoman.Load.Net;

namespace Dragoman.Load.Run;

/// <summary>A server that this program starts, on a directory that the caller owns, and ends.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int SigTerm = 15;

    private readonly Process _process;
    private readonly string _log;

    private ServerProcess(Process process, string log, Uri url, TimeSpan readyAfter)
    {
        _process = process;
        _log = log;
        Url = url;
        ReadyAfter = readyAfter;
        Probe = ServerProbe.Below(process.Id);
    }

    internal Uri Url { get; }

    /// <summary>From the start of the process to the first 200 of /healthz.</summary>
    internal TimeSpan ReadyAfter { get; }

    internal ServerProbe Probe { get; }

    internal bool HasExited => _process.HasExited;

    internal int ExitCode => _process.ExitCode;

    /// <summary>What it wrote to both outputs, since the first start with this log.</summary>
    internal string Output => File.ReadAllText(_log);

    /// <param name="command">Of a shell; <c>--urls</c>, <c>--data</c> and, when it is given, <c>--apps</c> are appended.</param>
    /// <param name="log">A file that both outputs are appended to.</param>
    /// <exception cref="InvalidOperationException">It ended or was not ready in time; the message has the end of its output.</exception>
    internal static async Task<ServerProcess> StartAsync(
        string command, Uri url, string data, string? apps, string log, TimeSpan deadline, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        var process = Launch(command, url, data, apps, log);
        try
        {
            await WaitUntilReadyAsync(process, url, log, deadline, ct);
            return new ServerProcess(process, log, url, Stopwatch.GetElapsedTime(start));
        }
        catch
        {
            KillTree(process);
            throw;
        }
    }

    /// <summary>Starts it without waiting: for a server that is expected to refuse.</summary>
    internal static Process Launch(string command, Uri url, string data, string? apps, string log)
    {
        var line = $"exec {command} --urls {url.GetLeftPart(UriPartial.Authority)} --data '{data}'";
        if (apps is not null) line += $" --apps '{apps}'";
        return Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"{line} >>'{log}' 2>&1"]))!;
    }

    /// <summary>A port that is free now.</summary>
    internal static Uri FreeUrl()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    /// <summary>SIGKILL, as a power cut for the process; returns when it is gone.</summary>
    internal void Kill() => KillTree(_process);

    /// <summary>SIGTERM.</summary>
    /// <returns>How long the end took.</returns>
    /// <exception cref="TimeoutException">It did not end; it still runs.</exception>
    internal async Task<TimeSpan> TerminateAsync(TimeSpan deadline)
    {
        var start = Stopwatch.GetTimestamp();
        _ = Libc.Kill(Probe.ProcessId, SigTerm);
        using var timeout = new CancellationTokenSource(deadline);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"the server still runs {deadline} after SIGTERM: {End(_log)}", e);
        }

        return Stopwatch.GetElapsedTime(start);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            try
            {
                await TerminateAsync(TimeSpan.FromSeconds(10));
            }
            catch (TimeoutException)
            {
                KillTree(_process);
            }
        }

        _process.Dispose();
    }

    private static async Task WaitUntilReadyAsync(Process process, Uri url, string log, TimeSpan deadline, CancellationToken ct)
    {
        // A connection for each try: a refused one must not be kept by a pool.
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var reply = await http.GetAsync(new Uri(url, "/healthz"), ct);
                if (reply.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            if (process.HasExited) throw new InvalidOperationException($"the server ended with {process.ExitCode}: {End(log)}");
            if (Stopwatch.GetElapsedTime(start) > deadline) throw new InvalidOperationException($"the server is not ready after {deadline}: {End(log)}");
            await Task.Delay(10, ct);
        }
    }

    private static string End(string log)
    {
        var text = File.Exists(log) ? File.ReadAllText(log) : "";
        return text.Length > 4000 ? text[^4000..] : text;
    }

    private static void KillTree(Process process)
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }
}
