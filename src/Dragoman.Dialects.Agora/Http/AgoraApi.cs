using System.Text;
using System.Text.Json;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Gateway;
using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Rates;
using Dragoman.Gateway.Connections;
using Dragoman.Gateway.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Dragoman.Dialects.Agora.Http;

/// <summary>Runs the HTTP routes: which app, how often, whose token, and then the endpoint.</summary>
internal sealed partial class AgoraApi(
    IEnumerable<AgoraEndpoint> endpoints, AgoraApps apps, AgoraTokens tokens, UserFinder users, SessionRegistry sessions, RateDesk rates, TimeProvider clock, ILogger<AgoraApi> logger)
{
    private const int MaxDepth = 32;
    private const string Scheme = "Bearer ";
    private const string EarlyPath = "/api/sdk/v1";
    private readonly RouteTable _routes = new(endpoints);

    /// <param name="path">With its app's prefix, without double slashes.</param>
    /// <param name="only">The app of the listener; null when the path may name any.</param>
    public async Task RunAsync(HttpContext http, string path, AppId? only)
    {
        Cors.Apply(http.Response);
        var ct = http.RequestAborted;
        var started = clock.GetTimestamp();
        AgoraApp? app = null;
        var rest = "";
        AgoraReply reply;
        try
        {
            if (HttpMethods.IsOptions(http.Request.Method)) return;

            (app, rest, var unknown) = AppOf(path, only);
            if (app is null && WithoutPrefix(http.Request, path) is { } own) (app, rest, unknown) = AppOf(own, only);
            reply = app is null ? unknown! : await ServeAsync(http, app, rest, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return; // The client hung up.
        }
        catch (BadHttpRequestException)
        {
            reply = AgoraErrors.InvalidBody;
        }
        catch (StorageAwayException)
        {
            reply = AgoraErrors.Busy;
        }
        catch (Exception e)
        {
            Log.Failed(logger, e, rest);
            reply = AgoraErrors.Internal;
        }

        var took = (long)clock.GetElapsedTime(started).TotalMilliseconds;
        Log.Served(logger, app?.Name ?? "", rest, reply.Error?.Error ?? "", took);
        if (reply.IsWritten || http.Response.HasStarted) return;
        await Envelope.WriteAsync(http, app!, rest, reply, clock.GetUtcNow().ToUnixTimeMilliseconds(), took, ct);
    }

    private async ValueTask<AgoraReply> ServeAsync(HttpContext http, AgoraApp app, string path, CancellationToken ct)
    {
        if (!app.Settings.IsServing) return AgoraErrors.Banned;
        if (!_routes.TryFind(http.Request.Method, path, out var endpoint, out var values, out var isKnownPath))
            return isKnownPath ? AgoraErrors.MethodNotAllowed : AgoraErrors.RouteNotFound;
        if (rates.Take(new RateKey(app.Id, RateName.Operation, endpoint.Template), Rate.Of(endpoint.RateOf(app.Settings.RateLimit.Calls))) is { } busy)
            return busy;

        foreach (var place in AgoraCall.UserPlaces)
        {
            if (values.TryGetValue(place, out var name)) values[place] = (await users.NamedAsync(app, name, ct)).Value;
        }

        Bearer? bearer = null;
        if (endpoint.Access != Access.Anybody)
        {
            (bearer, var denied) = await IdentifyAsync(http.Request, app, endpoint, values, ct);
            if (denied is not null) return denied;
        }

        var device = DeviceOf(http.Request, app, bearer);
        if (endpoint.ReadsBody) return await endpoint.HandleAsync(new AgoraCall(http, app, path, values, bearer, device), ct);

        var body = await RequestBody.ReadAsync(http.Request, endpoint.MaxBodyBytes, ct);
        if (body is null) return AgoraErrors.InvalidBody with { Status = StatusCodes.Status413PayloadTooLarge };

        if (endpoint.TakesBytes) return await endpoint.HandleAsync(new AgoraCall(http, app, path, values, bearer, device) { Bytes = body }, ct);
        if (endpoint.TakesForms)
        {
            var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)).ToDictionary(pair => pair.Key, pair => pair.Value[^1] ?? "", StringComparer.Ordinal);
            return await endpoint.HandleAsync(new AgoraCall(http, app, path, values, bearer, device) { Form = form }, ct);
        }

        using var json = body.Length == 0 ? null : JsonInput.TryParse(body, MaxDepth);
        if (body.Length > 0 && json is null) return AgoraErrors.NotJson;
        return await endpoint.HandleAsync(new AgoraCall(http, app, path, values, bearer, device) { Body = json?.RootElement ?? default }, ct);
    }

    /// <summary>The connection of the device that makes the call, where it says which it is.</summary>
    private SessionId DeviceOf(HttpRequest request, AgoraApp app, Bearer? bearer)
    {
        if (bearer is null or { IsApp: true } || request.Query["resource"].ToString() is not { Length: > 0 } resource) return default;

        foreach (var session in sessions.Of(app.Id, bearer.User))
        {
            if (session is AgoraSession own && own.Card.Resource == resource) return own.Id;
        }

        return default;
    }

    private async ValueTask<(Bearer? Bearer, AgoraError? Denied)> IdentifyAsync(
        HttpRequest request, AgoraApp app, AgoraEndpoint endpoint, Dictionary<string, string> values, CancellationToken ct)
    {
        var (bearer, fault) = await tokens.VerifyAsync(app, TokenOf(request), ct);
        if (bearer is null) return (null, AgoraErrors.Of(fault));
        if (bearer.IsApp) return (bearer, null);
        if (endpoint.Access == Access.App) return (null, AgoraErrors.Unauthorized);

        var found = await users.OfAsync(app, bearer, ct);
        if (!found.TryGet(out var account, out var refusal)) return (null, refusal);
        if (account.State == Engine.Accounts.AccountState.Disabled) return (null, AgoraErrors.Banned);
        if (account.InvalidBefore > bearer.IssuedAt) return (null, AgoraErrors.Of(TokenFault.Unknown));

        bearer = bearer with { User = account.Id };
        return endpoint.Access == Access.Owner && values["u"] != bearer.User.Value ? (null, AgoraErrors.Unauthorized) : (bearer, null);
    }

    /// <returns>Empty when there is none.</returns>
    public static string TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : "";
    }

    /// <summary>Clients put their address of the API before the path of a file, which has its prefix already: then it stands there twice.</summary>
    private static string? WithoutPrefix(HttpRequest request, string path) =>
        request.PathBase.Value is { Length: > 0 } prefix && path.StartsWith(prefix + "/", StringComparison.Ordinal) ? path[prefix.Length..] : null;

    /// <summary>Both prefixes: <c>/{org}/{app}</c> and <c>/app-id/{appId}</c>; some routes stand before them.</summary>
    private (AgoraApp? App, string Path, AgoraError? Unknown) AppOf(string path, AppId? only)
    {
        if (path.StartsWith(EarlyPath + "/", StringComparison.Ordinal))
        {
            var (found, after, unknown) = AppOf(path[EarlyPath.Length..], only);
            return (found, EarlyPath + after, unknown);
        }

        var parts = path.Split('/', 4);
        var (first, second) = (parts.Length > 1 ? parts[1] : "", parts.Length > 2 ? parts[2] : "");
        var rest = parts.Length > 3 ? "/" + parts[3].TrimEnd('/') : "";
        var app = first == "app-id" ? apps.FindByAppId(second) : apps.FindByKey($"{first}#{second}");
        return app is null || (only is { } bound && app.Id != bound) ? (null, rest, AgoraErrors.UnknownApp(first, second, rest)) : (app, rest, null);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Path} failed")]
        public static partial void Failed(ILogger logger, Exception e, string path);

        [LoggerMessage(Level = LogLevel.Debug, Message = "App {App}: {Path} answered {Error} in {Milliseconds} ms")]
        public static partial void Served(ILogger logger, string app, string path, string error, long milliseconds);
    }
}
