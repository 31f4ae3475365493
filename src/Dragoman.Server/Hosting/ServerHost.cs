using Dragoman.Dialects.Agora;
using Dragoman.Dialects.OpenIm;
using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Files.Disk;
using Dragoman.Files.S3;
using Dragoman.Gateway;
using Dragoman.Server.Configuration;
using Dragoman.Storage.Postgres;
using Dragoman.Storage.Sqlite;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Dragoman.Server.Hosting;

/// <summary>A whole server: everything wired, started in order, stopped in order.</summary>
internal sealed class ServerHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DataDirectory _data;
    private readonly EngineHost _engine;

    private ServerHost(WebApplication app, DataDirectory data, EngineHost engine)
    {
        _app = app;
        _data = data;
        _engine = engine;
    }

    public IServiceProvider Services => _app.Services;

    /// <summary>The addresses that the server really listens on.</summary>
    public IReadOnlyCollection<string> Addresses =>
        [.. _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    /// <returns>The running server; null when the configuration has faults, which are then in <paramref name="faults"/>.</returns>
    /// <param name="customize">Replaces services before anything is built: the clock, the log.</param>
    public static async Task<ServerHost?> StartAsync(
        string[] args, ConfigurationFaults faults, TextWriter output, Action<WebApplicationBuilder>? customize = null)
    {
        var arguments = ServerArguments.Normalize(args);

        // Without the switch the framework watches the content root for changes of files that we do not read.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddEnvironmentVariables("DRAGOMAN_").AddCommandLine(arguments);

        var settings = ServerSettings.Read(builder.Configuration, arguments, faults);
        if (DataDirectory.TryOpen(settings.DataPath, faults) is not { } data) return null;
        if (!settings.IsStorageUsable)
        {
            data.Dispose();
            return null;
        }

        builder.AddServerLogging(settings);
        builder.AddServerKestrel(settings);
        AddServices(builder.Services, settings, data);
        customize?.Invoke(builder);

        var app = builder.Build();
        ServerHost? host = null;
        try
        {
            host = new(app, data, app.Services.GetRequiredService<EngineHost>());
            if (await host.StartAsync(settings, faults, output)) return host;
        }
        catch (StorageException e)
        {
            faults.Add(settings.Postgres is null ? "data" : "Storage:ConnectionString", e.Message);
        }

        if (host is not null) await host.DisposeAsync();
        else await StopAsync(app, data);
        return null;
    }

    /// <summary>Ends when the process is told to stop and everything is stopped.</summary>
    public async Task WaitAsync()
    {
        await _app.WaitForShutdownAsync();
        await _engine.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _engine.StopAsync();
        await StopAsync(_app, _data);
    }

    private static async ValueTask StopAsync(WebApplication app, DataDirectory data)
    {
        await app.DisposeAsync();
        data.Dispose();
    }

    private static void AddServices(IServiceCollection services, ServerSettings settings, DataDirectory data)
    {
        services.AddSingleton(settings).AddSingleton(data);
        services.AddSingleton(settings.Journal).AddSingleton(settings.Engine).AddSingleton(settings.Outbox).AddSingleton(settings.Files.Limits)
            .AddSingleton(settings.Relations).AddSingleton(settings.Credentials).AddSingleton(settings.Deliveries)
            .AddSingleton(settings.Rooms)
            .AddSingleton(settings.Topics);
        services.AddSingleton<DialectRouter>().AddSingleton<AppBook>().AddSingleton<EngineHost>();
        services.AddEngine().AddGateway(settings.Gateway);
        if (settings.Postgres is { } postgres) services.AddPostgresStorage(postgres);
        else services.AddSqliteStorage(data.DatabasePath);
        if (settings.Files.S3 is { } s3) services.AddS3Files(s3);
        else services.AddDiskFiles(settings.Files.Path ?? data.FilesPath);
        services.AddOpenImDialect().AddAgoraDialect();
        services.AddHostedService<Drain>();
    }

    private async Task<bool> StartAsync(ServerSettings settings, ConfigurationFaults faults, TextWriter output)
    {
        var apps = Services.GetRequiredService<AppBook>();
        var isFirstStart = await apps.LoadAsync(faults, CancellationToken.None);
        if (faults.Any) return false;

        await _engine.StartAsync(CancellationToken.None);
        await apps.OpenAsync(CancellationToken.None);
        if (isFirstStart) apps.Describe(output);

        _app.UseHealth();
        _app.Run(Services.GetRequiredService<DialectRouter>().ServeAsync);
        try
        {
            await _app.StartAsync();
            return true;
        }
        catch (IOException e)
        {
            // An address that is taken or not ours: the one configuration error that only shows now.
            faults.Add(settings.Listeners.Count > 0 ? "urls or Listeners" : "urls", e.Message);
            return false;
        }
    }
}
