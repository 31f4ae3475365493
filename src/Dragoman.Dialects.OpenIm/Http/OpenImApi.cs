using System.Collections.Frozen;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Auth;
using Dragoman.Dialects.OpenIm.Rest.Object;
using Dragoman.Engine;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Rates;
using Dragoman.Engine.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dragoman.Dialects.OpenIm.Http;

/// <summary>Runs the HTTP routes: the checks of section 2.2 in their order, then the endpoint.</summary>
internal sealed partial class OpenImApi(
    IEnumerable<OpenImEndpoint> endpoints, ObjectRedirect objects, OpenImTokens tokens, RateDesk rates, TimeProvider clock, ILogger<OpenImApi> logger)
{
    private readonly FrozenDictionary<string, OpenImEndpoint> _endpoints = endpoints.ToFrozenDictionary(e => e.Path, StringComparer.Ordinal);

    public async Task RunAsync(HttpContext http, OpenImApp app)
    {
        Cors.Apply(http.Response);
        var ct = http.RequestAborted;
        var started = clock.GetTimestamp();
        try
        {
            if (HttpMethods.IsOptions(http.Request.Method)) await Cors.AnswerPreflightAsync(http);
            else if (await objects.TryServeAsync(http, app)) return;
            else if (HttpMethods.IsPost(http.Request.Method)) await PostAsync(http, app, ct);
            else await NotFoundAsync(http, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The client hung up.
        }
        catch (BadHttpRequestException e)
        {
            if (!http.Response.HasStarted) await Envelope.WriteAsync(http, OpenImErrors.Args.With(e.Message), ct);
        }
        catch (StorageAwayException)
        {
            if (!http.Response.HasStarted) await Envelope.WriteAsync(http, OpenImErrors.Unavailable, CancellationToken.None);
        }
        catch (Exception e)
        {
            Log.Failed(logger, e, http.Request.Path.Value ?? "");
            if (!http.Response.HasStarted) await Envelope.WriteAsync(http, OpenImErrors.Internal, CancellationToken.None);
        }

        Log.Served(logger, app.Name, http.Request.Path.Value ?? "", clock.GetElapsedTime(started).TotalMilliseconds);
    }

    private async Task PostAsync(HttpContext http, OpenImApp app, CancellationToken ct)
    {
        if (rates.Take(new RateKey(app.Id, RateName.App), Rate.Of(app.Settings.RateLimit.App)) is { } busy)
        {
            await RefuseAsync(http, busy, ct);
            return;
        }

        var operationId = http.Request.Headers["operationID"].ToString();
        if (operationId.Length == 0)
        {
            await Envelope.WriteAsync(http, OpenImErrors.Args.With("header must have operationID"), ct);
            return;
        }

        var path = http.Request.Path.Value ?? "";
        var endpoint = _endpoints.GetValueOrDefault(path) is { } known && known.IsServedBy(app) ? known : null;
        Caller caller = default;
        var platform = 0;
        GrantKey grant = default;
        if (endpoint?.NeedsToken != false)
        {
            var token = http.Request.Headers["token"].ToString();
            if (token.Length == 0)
            {
                await Envelope.WriteAsync(http, OpenImErrors.Args.With("header must have token"), ct);
                return;
            }

            var verified = await tokens.VerifyAsync(app, token, ct);
            if (!verified.TryGet(out var claims, out var error))
            {
                await Envelope.WriteAsync(http, error, ct);
                return;
            }

            caller = app.CallerOf(claims.UserId, operationId) with { Route = path };
            (platform, grant) = (claims.PlatformId, claims.Grant);
            if (!caller.IsAdministrator
                && rates.Take(new RateKey(app.Id, RateName.Caller, claims.UserId), Rate.Of(app.Settings.RateLimit.User)) is { } tooOften)
            {
                await RefuseAsync(http, tooOften, ct);
                return;
            }
        }

        if (endpoint is null) await NotFoundAsync(http, ct);
        else await endpoint.RunAsync(new OpenImCall(http, app, operationId, caller, platform, grant), ct);
    }

    /// <summary>429 as the vendor's limiter words it (section 2.2).</summary>
    private Task RefuseAsync(HttpContext http, Refusal refusal, CancellationToken ct)
    {
        Patience.Ask(http.Response, refusal, clock.GetUtcNow());
        return Envelope.WriteAsync(http, refusal, ct, StatusCodes.Status429TooManyRequests);
    }

    private static Task NotFoundAsync(HttpContext http, CancellationToken ct)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        http.Response.ContentType = "text/plain";
        return http.Response.WriteAsync("404 page not found", ct);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Path} failed")]
        public static partial void Failed(ILogger logger, Exception e, string path);

        [LoggerMessage(Level = LogLevel.Debug, Message = "App {App}: {Path} took {Milliseconds} ms")]
        public static partial void Served(ILogger logger, string app, string path, double milliseconds);
    }
}
