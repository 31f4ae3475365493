using Dragoman.Dialects.OpenIm;
using Dragoman.Engine;
using Dragoman.Gateway;
using Dragoman.Server.Configuration;
using Dragoman.Server.Hosting;
using Dragoman.Storage.Sqlite;

var arguments = ServerArguments.Normalize(args);
var builder = WebApplication.CreateSlimBuilder(arguments);
builder.Configuration.Sources.Clear();
builder.Configuration.AddEnvironmentVariables("DRAGOMAN_").AddCommandLine(arguments);

var faults = new ConfigurationFaults();
var settings = ServerSettings.Read(builder.Configuration, arguments, faults);
if (DataDirectory.TryOpen(settings.DataPath, faults) is not { } data) return faults.Report();
using var held = data;

builder.AddServerLogging(settings);
builder.AddServerKestrel(settings);
builder.Services.AddSingleton(settings).AddSingleton(data).AddSingleton<DialectRouter>().AddSingleton<AppBook>().AddSingleton<EngineHost>();
builder.Services.AddSingleton(settings.Journal).AddSingleton(settings.Engine);
builder.Services.AddEngine().AddGateway(settings.Gateway).AddSqliteStorage(data.DatabasePath);
builder.Services.AddOpenImDialect();
builder.Services.AddHostedService<Drain>();

await using var app = builder.Build();
var apps = app.Services.GetRequiredService<AppBook>();
var isFirstStart = await apps.LoadAsync(faults, app.Lifetime.ApplicationStopping);
if (faults.Any) return faults.Report();

var engine = app.Services.GetRequiredService<EngineHost>();
await engine.StartAsync(CancellationToken.None);
await apps.OpenAsync(CancellationToken.None);
if (isFirstStart) apps.Describe(Console.Out);

app.UseHealth();
app.Run(app.Services.GetRequiredService<DialectRouter>().ServeAsync);
try
{
    await app.StartAsync();
    await app.WaitForShutdownAsync();
}
catch (IOException e)
{
    // An address that is taken or not ours: the one configuration error that only shows now.
    faults.Add("urls", e.Message);
    return faults.Report();
}
finally
{
    await engine.StopAsync();
}

return 0;
