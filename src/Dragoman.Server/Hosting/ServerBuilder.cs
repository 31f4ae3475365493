using Dragoman.Engine.Ports;
using Dragoman.Server.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;

namespace Dragoman.Server.Hosting;

/// <summary>Kestrel, logging and health.</summary>
internal static class ServerBuilder
{
    /// <summary>No body that a dialect reads is larger.</summary>
    private const int MaxBodyBytes = 32 * 1024 * 1024;

    public static void AddServerKestrel(this WebApplicationBuilder builder, ServerSettings settings)
    {
        builder.WebHost.UseUrls([.. settings.Urls, .. settings.Listeners.Select(l => l.Url)]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(4));
    }

    public static void AddServerLogging(this WebApplicationBuilder builder, ServerSettings settings)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        builder.Logging.SetMinimumLevel(Enum.TryParse<LogLevel>(settings.LogLevel, ignoreCase: true, out var level) ? level : LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
    }

    /// <summary><c>GET /healthz</c>: 200 while the server serves, 503 while its storage is away.</summary>
    public static void UseHealth(this WebApplication app)
    {
        var storage = app.Services.GetRequiredService<IStorageHealth>();
        app.Use((http, next) =>
        {
            if (http.Request.Path != "/healthz" || !HttpMethods.IsGet(http.Request.Method)) return next(http);
            if (storage.IsAvailable) return http.Response.WriteAsync("ok");

            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return http.Response.WriteAsync("the storage is away");
        });
    }
}
