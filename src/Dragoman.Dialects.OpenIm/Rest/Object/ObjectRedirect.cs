using System.Text.Json;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Engine;
using Dragoman.Engine.Files;
using Dragoman.Engine.Ports;
using Dragoman.Gateway.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dragoman.Dialects.OpenIm.Rest.Object;

/// <summary>What answers without a token: <c>GET /object/{name}</c>, and the signed addresses to which it leads.</summary>
internal sealed partial class ObjectRedirect(ResolveFile resolve, FileDoor door, ILogger<ObjectRedirect> logger)
{
    private const string Root = "/object";

    /// <returns>False when the request is for an ordinary route.</returns>
    public async ValueTask<bool> TryServeAsync(HttpContext http, OpenImApp app)
    {
        if (FileAddresses.IsFile(http.Request.Path))
        {
            await ServeFileAsync(http, app);
            return true;
        }

        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method)) return false;
        if (!http.Request.Path.StartsWithSegments(Root, StringComparison.Ordinal, out var rest)) return false;
        await RedirectAsync(http, app, (rest.Value ?? "").TrimStart('/'));
        return true;
    }

    private async Task ServeFileAsync(HttpContext http, OpenImApp app)
    {
        try
        {
            await door.ServeAsync(http, app.Id, static (http, refusal) => RefuseAsync(http, OpenImErrors.Of(refusal)));
        }
        catch (IOException e) when (!http.Response.HasStarted)
        {
            // What the client sent ended early, or is more than it may send.
            http.Response.StatusCode = e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status400BadRequest;
            await RefuseAsync(http, OpenImErrors.Args.With("the body could not be read"));
        }
        catch (StorageException e) when (!http.Response.HasStarted)
        {
            // Not 200 with an envelope, as on the routes: whoever puts a part looks at the status only.
            if (e is not StorageAwayException) Log.Failed(logger, e, http.Request.Method);
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await RefuseAsync(http, OpenImErrors.Unavailable);
        }
        catch (StorageAwayException)
        {
            http.Abort(); // in the middle of a file: so that nobody takes the rest for the end
        }
    }

    private async Task RedirectAsync(HttpContext http, OpenImApp app, string name)
    {
        if (name.Length == 0) await TextAsync(http, StatusCodes.Status400BadRequest, "name is empty");
        else if (!ObjectQueries.IsKnown(http.Request.Query["type"])) await TextAsync(http, StatusCodes.Status400BadRequest, ObjectQueries.Unknown);
        else if ((await resolve.RunAsync(app.Id, name, http.RequestAborted)).TryGet(out var file, out _))
        {
            http.Response.Headers.CacheControl = "no-store"; // the address ends, and the name may get another file
            http.Response.Redirect(FileAddresses.Spell(file.Address, ObjectUrls.BaseOf(http.Request)), permanent: false);
        }
        else await TextAsync(http, StatusCodes.Status404NotFound, "record not found");
    }

    private static Task TextAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }

    /// <summary>The envelope, with a status that tells a client without one that this failed.</summary>
    private static Task RefuseAsync(HttpContext http, OpenImError error)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        var body = Envelope.Make(error);
        http.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The bytes of a file could not be served: {Method}")]
        public static partial void Failed(ILogger logger, Exception e, string method);
    }
}
