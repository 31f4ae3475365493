using System.Text.Encodings.Web;
using System.Text.Json;
using Dragoman.Dialects.OpenIm.Json;
using Dragoman.Gateway.Http;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Dialects.OpenIm.Http;

/// <summary>The frame around every answer (section 2.2): status 200 and <c>errCode</c>, whatever happened.</summary>
internal static class Envelope
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static Task WriteAsync(HttpContext http, OpenImError error, CancellationToken ct, int status = StatusCodes.Status200OK) =>
        SendAsync(http, error, data: null, ct, status);

    /// <summary>Success; without data when there is none.</summary>
    public static Task WriteAsync(HttpContext http, Action<Utf8JsonWriter>? data, CancellationToken ct) => SendAsync(http, error: null, data, ct);

    /// <summary>Success. A message without fields leaves <c>data</c> out.</summary>
    public static Task WriteAsync(HttpContext http, IMessage data, CancellationToken ct) =>
        SendAsync(http, error: null, data.Descriptor.Fields.InDeclarationOrder().Count == 0 ? null : w => ProtoJson.Write(data, w), ct);

    /// <summary>Success whose data is one string.</summary>
    public static Task WriteAsync(HttpContext http, string data, CancellationToken ct) =>
        SendAsync(http, error: null, w => w.WriteStringValue(data), ct);

    public static byte[] Make(OpenImError? error)
    {
        using var output = new PooledWriter();
        Write(output, error, data: null);
        return output.Written.ToArray();
    }

    private static void Write(PooledWriter output, OpenImError? error, Action<Utf8JsonWriter>? data)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteNumber("errCode"u8, error?.Code ?? 0);
        json.WriteString("errMsg"u8, error?.Message ?? "");
        json.WriteString("errDlt"u8, error?.DetailOrMessage ?? "");
        if (data is not null)
        {
            json.WritePropertyName("data"u8);
            data(json);
        }

        json.WriteEndObject();
    }

    private static async Task SendAsync(
        HttpContext http, OpenImError? error, Action<Utf8JsonWriter>? data, CancellationToken ct, int status = StatusCodes.Status200OK)
    {
        using var body = new PooledWriter();
        Write(body, error, data);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = body.Written.Length;
        await http.Response.Body.WriteAsync(body.Written, ct);
    }
}
