using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Dialects.Agora.Http;

/// <summary>The frames around answers (sections 3.1 and 3.2). Every error is JSON with a text: without one, clients wait for ever.</summary>
internal static class Envelope
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="took">Milliseconds.</param>
    public static Task WriteAsync(HttpContext http, AgoraApp app, string path, AgoraReply reply, long now, long took, CancellationToken ct) =>
        reply.Error is { } error
            ? WriteAsync(http, error, now, took, ct)
            : SendAsync(http, reply.Status, reply.Whole ?? Make(http.Request, app, path, reply, now, took), ct);

    public static Task WriteAsync(HttpContext http, AgoraError error, long now, long took, CancellationToken ct)
    {
        var body = new JsonObject { ["error"] = error.Error };
        if (error.Exception is not null) body["exception"] = error.Exception;
        body["timestamp"] = now;
        body["duration"] = took;
        body["error_description"] = error.Description;
        if (error.ErrorCode is { } code) body["error_code"] = code;
        if (error.Result is { } result) body["result"] = result;
        return SendAsync(http, error.Status, body, ct);
    }

    public static Task SendAsync(HttpContext http, int status, JsonNode body, CancellationToken ct)
    {
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString(Json));
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json;charset=utf-8";
        http.Response.ContentLength = bytes.Length;
        return http.Response.Body.WriteAsync(bytes, ct).AsTask();
    }

    [SuppressMessage("Globalization", "CA1308", Justification = "The vendor's action is the method in lower case.")]
    private static JsonObject Make(HttpRequest request, AgoraApp app, string path, AgoraReply reply, long now, long took)
    {
        var shown = reply.Path ?? path;
        var body = new JsonObject
        {
            ["action"] = reply.Action ?? request.Method.ToLowerInvariant(),
            ["application"] = app.Uuid.ToString("D"),
            ["path"] = shown,
            ["uri"] = $"{request.Scheme}://{request.Host.Value}{request.PathBase.Value}/{app.Options.OrgName}/{app.Options.AppName}{path}",
        };
        if (ParametersOf(request) is { Count: > 0 } parameters) body["params"] = parameters;
        body["entities"] = reply.Entities ?? [];
        body["data"] = reply.Data ?? new JsonArray();
        body["timestamp"] = now;
        body["duration"] = took;
        body["organization"] = app.Options.OrgName;
        body["applicationName"] = app.Options.AppName;
        if (reply.Count is { } count) body["count"] = count;
        if (reply.Cursor is { } cursor) body["cursor"] = cursor;
        foreach (var (name, value) in reply.Beside ?? []) body[name] = value?.DeepClone();
        return body;
    }

    private static JsonObject ParametersOf(HttpRequest request)
    {
        var parameters = new JsonObject();
        foreach (var (name, values) in request.Query)
        {
            if (name.Length > 0) parameters[name] = new JsonArray([.. values.Select(value => (JsonNode?)JsonValue.Create(value ?? ""))]);
        }

        return parameters;
    }
}
