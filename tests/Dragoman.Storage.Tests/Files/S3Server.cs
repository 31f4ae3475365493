using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Dragoman.Files.S3;
using Dragoman.Storage.Tests.Files;

[assembly: AssemblyFixture(typeof(S3Server))]

namespace Dragoman.Storage.Tests.Files;

/// <summary>
/// An object storage of its own process (<c>tests/s3</c>), gone with this one at the latest; or the one that
/// <c>DRAGOMAN_TEST_S3</c> names: <c>http://key:secret@host:port/bucket</c>.
/// </summary>
public sealed class S3Server : IAsyncLifetime
{
    private const string Given = "DRAGOMAN_TEST_S3";
    private static readonly TimeSpan InstallDeadline = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);
    private Process? _process;

    /// <summary>Why there is none on this machine; null when there is one.</summary>
    public string? WhyNot { get; private set; }

    public S3Options Options { get; private set; } = new();

    /// <summary>Its options, but for a change.</summary>
    public S3Options With(Action<S3Options> change)
    {
        var options = new S3Options { ServiceUrl = Options.ServiceUrl, Bucket = Options.Bucket, AccessKey = Options.AccessKey, SecretKey = Options.SecretKey };
        change(options);
        return options;
    }

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable(Given) is { Length: > 0 } given)
        {
            Options = OptionsOf(new Uri(given));
            return;
        }

        try
        {
            WhyNot = await StartAsync();
        }
        catch (Win32Exception)
        {
            WhyNot = "no Node.js with npm";
        }
        catch (OperationCanceledException)
        {
            WhyNot = "npm ci did not end in tests/s3";
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null) return;
        _process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _process.WaitForExitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private static S3Options OptionsOf(Uri url) => new()
    {
        ServiceUrl = $"{url.Scheme}://{url.Authority}",
        Bucket = url.AbsolutePath.Trim('/'),
        AccessKey = url.UserInfo.Split(':')[0],
        SecretKey = url.UserInfo.Split(':')[1],
    };

    private async Task<string?> StartAsync()
    {
        // <repository>/tests/Dragoman.X/bin/<configuration>/net10.0/
        var home = Path.Combine(new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Parent!.FullName, "s3");
        if (!Directory.Exists(Path.Combine(home, "node_modules", "s3rver")) && await InstallAsync(home) is { } failure) return failure;

        _process = Process.Start(new ProcessStartInfo("node", [Path.Combine(home, "server.mjs")]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var answer = await _process.StandardOutput.ReadLineAsync().WaitAsync(StartDeadline);
        if (answer?.StartsWith("ready ", StringComparison.Ordinal) != true) return $"the object storage for tests did not start: {answer}";

        var port = int.Parse(answer["ready ".Length..], CultureInfo.InvariantCulture);
        Options = new() { ServiceUrl = $"http://127.0.0.1:{port}", Bucket = "dragoman", AccessKey = "S3RVER", SecretKey = "S3RVER" };
        return null;
    }

    private static async Task<string?> InstallAsync(string home)
    {
        using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        {
            WorkingDirectory = home,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var deadline = new CancellationTokenSource(InstallDeadline);
        var errors = npm.StandardError.ReadToEndAsync(deadline.Token);
        await npm.WaitForExitAsync(deadline.Token);
        return npm.ExitCode == 0 ? null : $"npm ci failed in tests/s3: {(await errors).Trim().Split('\n')[^1]}";
    }
}
