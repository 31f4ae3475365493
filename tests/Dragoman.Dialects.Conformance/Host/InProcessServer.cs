using System.Text.Json.Nodes;
using Dragoman.Dialects.Conformance.OpenIm.Host;
using Dragoman.Engine;
using Dragoman.Server.Configuration;
using Dragoman.Server.Hosting;
using Dragoman.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Dragoman.Dialects.Conformance.Host;

/// <summary>
/// A whole server in this process, on a free port and in a directory of its own. Several apps with different settings live in it,
/// so that one start serves a class. When it ends it asserts that the server found no fault in itself.
/// </summary>
public abstract class InProcessServer : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("dragoman-test-").FullName;
    private ServerHost? _host;

    internal OffsetClock Clock { get; } = new();
    internal LogCollector Log { get; } = new();

    /// <summary>The address without a path.</summary>
    internal Uri Address { get; private set; } = null!;

    /// <summary>Set by a test that makes the server fail on purpose.</summary>
    internal bool MayLogErrors { get; set; }

    /// <summary>The apps of this server: name, and the settings of the dialect as JSON. The first one is the default.</summary>
    internal virtual IReadOnlyList<(string Name, string Settings)> AppSettings => [("demo", "{}")];

    /// <summary>Options of the server besides those that every test has.</summary>
    internal virtual IReadOnlyList<string> Options => [];

    /// <summary>For what no route tells.</summary>
    internal T Get<T>()
        where T : notnull => _host!.Services.GetRequiredService<T>();

    internal AppId AppIdOf(string name) => Get<AppBook>().Find(name)!.Value;

    /// <summary>The definition of an app, as an apps file holds it.</summary>
    private protected abstract JsonObject Define(string name, JsonNode? settings, bool isDefault);

    public virtual async ValueTask InitializeAsync()
    {
        var apps = new JsonArray();
        foreach (var (name, settings) in AppSettings) apps.Add(Define(name, JsonNode.Parse(settings), isDefault: apps.Count == 0));
        await File.WriteAllTextAsync(Path.Combine(_directory, "given.json"), new JsonObject { ["apps"] = apps }.ToJsonString());
        await StartAsync();
    }

    /// <summary>Stops the server and starts it again on the same data.</summary>
    internal async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await StopAsync();
        Directory.Delete(_directory, recursive: true);
        if (!MayLogErrors) Assert.Empty(Log.Errors);
    }

    private async Task StartAsync()
    {
        var faults = new ConfigurationFaults();
        string[] args =
        [
            "--urls=http://127.0.0.1:0", $"--data={Path.Combine(_directory, "data")}", $"--apps={Path.Combine(_directory, "given.json")}",
            "--Gateway:DrainTime=00:00:00.200", .. TestStorage.Chosen.ArgumentsOf(_directory), .. Options,
        ];
        _host = await ServerHost.StartAsync(args, faults, TextWriter.Null, builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(Clock);
            builder.Logging.ClearProviders();
            builder.Logging.AddProvider(Log);
            if (Log.Watched.Length > 0) builder.Logging.AddFilter(Log.Watched, LogLevel.Debug);
        });
        Assert.Empty(faults.All);
        Address = new Uri(_host!.Addresses.Single());
    }

    private async Task StopAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        _host = null;
    }
}
