using System.Text.Json;
using Dragoman.Engine;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Gateway.Dialects;

/// <summary>A dialect as the server sees it: which part of an app's definition is its own, and where its requests go.</summary>
public interface IDialect
{
    /// <summary>Lower case: its path prefix, and its name in the configuration of listeners.</summary>
    string Name { get; }

    /// <summary>Its member in an app's definition, and in the app's <c>settings</c>.</summary>
    string Section { get; }

    /// <summary>The vendor's own host names, for which this dialect answers.</summary>
    IReadOnlyCollection<string> HostNames { get; }

    /// <summary>Fresh credentials for an app that is made on the first start.</summary>
    object MakeCredentials(ISecrets secrets);

    /// <summary>What is wrong with an app's sections; empty when they can be used.</summary>
    /// <param name="isDev">Known and empty secrets are accepted.</param>
    IEnumerable<AppFault> Validate(AppSections sections, bool isDev);

    /// <summary>Starts to serve an app whose sections are valid.</summary>
    Task AddAppAsync(AppId app, AppSections sections, CancellationToken ct);

    /// <summary>The options to paste into the vendor's SDK, one line each.</summary>
    IEnumerable<string> Describe(AppSections sections, string baseUrl);

    /// <summary>Serves a request of an app, or of the default app when the dialect's requests name none.</summary>
    /// <param name="app">The app that listener or path named; null when the dialect has to find it in the request.</param>
    Task ServeAsync(HttpContext http, AppId? app);
}

/// <param name="Key">Where in the definition, for instance <c>openIm.secret</c>.</param>
public sealed record AppFault(string Key, string Problem);

/// <summary>What an app's definition holds for one dialect.</summary>
/// <param name="Credentials">Undefined when the app does not speak the dialect.</param>
public sealed record AppSections(string AppName, bool IsDefault, JsonElement Credentials, JsonElement Settings)
{
    /// <summary>Known and empty secrets are accepted.</summary>
    public bool IsDev { get; init; }
}

/// <summary>Makes secrets that nobody can guess.</summary>
public interface ISecrets
{
    /// <param name="bytes">Of randomness; the text has twice as many digits.</param>
    string Hex(int bytes);
}
