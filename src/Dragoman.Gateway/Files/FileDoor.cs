using Dragoman.Engine;
using Dragoman.Engine.Files;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Gateway.Files;

/// <summary>Where the bytes of files come in and go out, for every dialect: whoever holds a signed link, and nobody else.</summary>
public sealed class FileDoor(ReceivePart receive, OpenFile open, FileReplies replies, FormReader forms, FileLimits limits)
{
    private const int Md5Bytes = 16;

    /// <summary>Serves an address below <see cref="FileAddresses.Root"/>.</summary>
    /// <param name="refuse">Writes a refusal in the dialect's words; the status is set.</param>
    public async Task ServeAsync(HttpContext http, AppId app, Func<HttpContext, Refusal, Task> refuse)
    {
        if (FileAddresses.TryRead(http.Request, app) is not { } link)
        {
            await RefuseAsync(http, new(Condition.LinkInvalid), refuse);
            return;
        }

        var method = http.Request.Method;
        if (link.Link.Verb == LinkVerb.Read && (HttpMethods.IsGet(method) || HttpMethods.IsHead(method))) await ReadAsync(http, link, refuse);
        else if (link.Link.Verb == LinkVerb.PutPart && HttpMethods.IsPut(method)) await ReceiveAsync(http, link, refuse);
        else if (link.Link.Verb == LinkVerb.PostForm && HttpMethods.IsPost(method)) await ReceiveFormAsync(http, link, refuse);
        else http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
    }

    private async Task ReadAsync(HttpContext http, SignedLink link, Func<HttpContext, Refusal, Task> refuse)
    {
        var opened = await open.RunAsync(link, http.RequestAborted);
        if (!opened.TryGet(out var file, out var refusal)) await RefuseAsync(http, refusal, refuse);
        else if (!await replies.WriteAsync(http, file)) await RefuseAsync(http, new(Condition.FileNotFound), refuse);
    }

    private async Task ReceiveAsync(HttpContext http, SignedLink link, Func<HttpContext, Refusal, Task> refuse)
    {
        if (!TryReadMd5(http.Request, out var md5))
        {
            await RefuseAsync(http, new(Condition.PartChecksumMismatch), refuse);
            return;
        }

        BodyBound.Raise(http, limits.MaxPart);
        await StoreAsync(http, link, http.Request.Body, http.Request.ContentLength, md5, refuse);
    }

    private async Task ReceiveFormAsync(HttpContext http, SignedLink link, Func<HttpContext, Refusal, Task> refuse)
    {
        BodyBound.Raise(http, limits.MaxPart + FormReader.MaxOverhead);
        if (await forms.FindFileAsync(http.Request, http.RequestAborted) is { } file) await StoreAsync(http, link, file.Body, length: null, md5: null, refuse);
        else await RefuseAsync(http, new(Condition.UploadPartsInvalid), refuse);
    }

    private async Task StoreAsync(HttpContext http, SignedLink link, Stream body, long? length, string? md5, Func<HttpContext, Refusal, Task> refuse)
    {
        var received = await receive.RunAsync(link, body, length, md5, http.RequestAborted);
        if (received.TryGet(out var part, out var refusal)) http.Response.Headers.ETag = $"\"{part.Md5}\"";
        else await RefuseAsync(http, refusal, refuse);
    }

    private static Task RefuseAsync(HttpContext http, Refusal refusal, Func<HttpContext, Refusal, Task> refuse)
    {
        http.Response.StatusCode = refusal.Condition switch
        {
            Condition.LinkInvalid or Condition.NotPermitted => StatusCodes.Status403Forbidden,
            Condition.LinkExpired or Condition.UploadExpired => StatusCodes.Status410Gone,
            Condition.FileNotFound or Condition.UploadNotFound => StatusCodes.Status404NotFound,
            Condition.PartTooLarge => StatusCodes.Status413PayloadTooLarge,
            _ => StatusCodes.Status400BadRequest,
        };
        return refuse(http, refusal);
    }

    private static bool TryReadMd5(HttpRequest request, out string? md5)
    {
        md5 = null;
        var header = request.Headers.ContentMD5.ToString();
        if (header.Length == 0) return true;

        Span<byte> bytes = stackalloc byte[Md5Bytes + 8];
        if (header.Length > 32 || !Convert.TryFromBase64String(header, bytes, out var length) || length != Md5Bytes) return false;
        md5 = Convert.ToHexStringLower(bytes[..length]);
        return true;
    }
}
