using Dragoman.Engine;
using Dragoman.Engine.Accounts.Credentials;
using Dragoman.Engine.Deliveries;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Relations;
using Dragoman.Engine.Rooms;
using Dragoman.Engine.Topics;
using Dragoman.Gateway;
using Dragoman.Storage.Postgres;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Server.Configuration;

/// <param name="Dialect">The dialect that the listener speaks.</param>
/// <param name="App">The app that it serves; null is the dialect's default.</param>
internal sealed record ListenerSettings(string Url, int Port, string Dialect, string? App);

/// <summary>The server's own configuration: <c>--urls</c>, <c>--data</c>, <c>--apps</c>, <c>--dev</c> and the sections.</summary>
internal sealed class ServerSettings
{
    private const string DefaultUrl = "http://127.0.0.1:5080";
    private static readonly string[] KnownKeys = ["urls", "data", "apps", "dev", "storage", "files"];
    private static readonly string[] KnownSections = ["gateway", "journal", "engine", "outbox", "relations", "deliveries", "credentials", "rooms", "storage", "files", "listeners", "logging"];

    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>The directory of the database and of whatever else this server keeps.</summary>
    public required string DataPath { get; init; }

    /// <summary>The apps file that was asked for; null means <c>apps.json</c> in the data directory, made when it is missing.</summary>
    public string? AppsPath { get; init; }

    /// <summary>Known and empty secrets are accepted.</summary>
    public bool IsDev { get; init; }

    public required IReadOnlyList<ListenerSettings> Listeners { get; init; }
    public required GatewayOptions Gateway { get; init; }
    public required JournalOptions Journal { get; init; }
    public required EngineLimits Engine { get; init; }
    public required OutboxOptions Outbox { get; init; }
    public required FileSettings Files { get; init; }

    /// <summary>How to reach PostgreSQL; null stores in a SQLite file in the data directory.</summary>
    public PostgresOptions? Postgres { get; init; }

    /// <summary>False when the faults leave nothing that could be opened.</summary>
    public required bool IsStorageUsable { get; init; }

    public required RelationLimits Relations { get; init; }
    public required DeliveryLimits Deliveries { get; init; }
    public required RoomLimits Rooms { get; init; }
    public required TopicLimits Topics { get; init; }
    public required CredentialLimits Credentials { get; init; }
    public string LogLevel { get; init; } = "Information";

    public static ServerSettings Read(IConfiguration configuration, string[] args, ConfigurationFaults faults)
    {
        CheckKeys(args, faults);
        var known = faults.All.Count;
        var postgres = ReadStorage(configuration, faults);
        var isStorageUsable = faults.All.Count == known;
        var urls = (configuration["urls"] ?? DefaultUrl).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var url in urls) CheckUrl("urls", url, faults);
        var level = configuration["Logging:Level"] ?? "Information";
        if (!Enum.TryParse<LogLevel>(level, ignoreCase: true, out _))
            faults.Add("Logging:Level", $"\"{level}\" is none of Trace, Debug, Information, Warning, Error");
        return new()
        {
            Urls = urls,
            DataPath = Path.GetFullPath(configuration["data"] ?? "data"),
            AppsPath = configuration["apps"] is { } apps ? Path.GetFullPath(apps) : null,
            IsDev = Flag(configuration, "dev", faults),
            Listeners = ReadListeners(configuration.GetSection("Listeners"), faults),
            Gateway = Bind<GatewayOptions>(configuration, "Gateway", faults),
            Journal = Bind<JournalOptions>(configuration, "Journal", faults),
            Engine = Bind<EngineLimits>(configuration, "Engine", faults),
            Outbox = Bind<OutboxOptions>(configuration, "Outbox", faults),
            Files = FileSettings.Read(configuration, faults),
            Postgres = postgres,
            IsStorageUsable = isStorageUsable,
            Relations = Bind<RelationLimits>(configuration, "Relations", faults),
            Deliveries = Bind<DeliveryLimits>(configuration, "Deliveries", faults),
            Rooms = Bind<RoomLimits>(configuration, "Rooms", faults),
            Topics = Bind<TopicLimits>(configuration, "Topics", faults),
            Credentials = Bind<CredentialLimits>(configuration, "Credentials", faults),
            LogLevel = level,
        };
    }

    private static void CheckKeys(string[] args, ConfigurationFaults faults)
    {
        foreach (var key in ServerArguments.Keys(args))
        {
            var first = key.Split(':')[0];
            var isKnown = key.Contains(':', StringComparison.Ordinal)
                ? KnownSections.Contains(first, StringComparer.OrdinalIgnoreCase)
                : KnownKeys.Contains(key, StringComparer.OrdinalIgnoreCase);
            if (!isKnown) faults.Add(key, "is not an option of this server");
        }
    }

    private static PostgresOptions? ReadStorage(IConfiguration configuration, ConfigurationFaults faults)
    {
        var storage = configuration["Storage"] ?? "sqlite";
        if (string.Equals(storage, "postgres", StringComparison.OrdinalIgnoreCase)) return Bind<PostgresOptions>(configuration, "Storage", faults);

        if (!string.Equals(storage, "sqlite", StringComparison.OrdinalIgnoreCase))
            faults.Add("Storage", $"\"{storage}\" is none of sqlite, postgres");
        foreach (var child in configuration.GetSection("Storage").GetChildren()) faults.Add(child.Path, "is an option of postgres only");
        return null;
    }

    private static int CheckUrl(string key, string url, ConfigurationFaults faults)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            if (address.Scheme == "http") return address.Port;
            faults.Add(key, $"\"{url}\" must begin with http:// (TLS belongs to a proxy in front)");
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            faults.Add(key, $"\"{url}\" is no address such as http://127.0.0.1:5080");
        }

        return 0;
    }

    private static bool Flag(IConfiguration configuration, string key, ConfigurationFaults faults)
    {
        if (configuration[key] is not { } text) return false;
        if (bool.TryParse(text, out var value)) return value;
        faults.Add(key, $"\"{text}\" is neither true nor false");
        return false;
    }

    private static List<ListenerSettings> ReadListeners(IConfigurationSection section, ConfigurationFaults faults)
    {
        var listeners = new List<ListenerSettings>();
        foreach (var item in section.GetChildren())
        {
            var (url, dialect) = (item["Url"], item["Dialect"]);
            if (string.IsNullOrEmpty(url)) faults.Add($"{item.Path}:Url", "is missing");
            if (string.IsNullOrEmpty(dialect)) faults.Add($"{item.Path}:Dialect", "is missing");
            foreach (var child in item.GetChildren().Where(c => c.Key.ToUpperInvariant() is not ("URL" or "DIALECT" or "APP")))
                faults.Add(child.Path, "is not an option of a listener");
            if (string.IsNullOrEmpty(url) || string.IsNullOrEmpty(dialect)) continue;

            listeners.Add(new(url, CheckUrl($"{item.Path}:Url", url, faults), dialect, item["App"]));
        }

        return listeners;
    }

    private static T Bind<T>(IConfiguration configuration, string name, ConfigurationFaults faults)
        where T : class, new()
    {
        var options = new T();
        Sections.Bind(configuration, name, faults, options);
        return options;
    }
}
