using System.Buffers;
using System.Globalization;
using Dragoman.Engine.Files;
using Dragoman.Engine.Ports;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Gateway.Files;

/// <summary>Writes a file, or a range of it, with one bounded buffer.</summary>
public sealed class FileReplies(IFileBytes bytes)
{
    private const int BufferBytes = 128 * 1024;

    /// <returns>False, and nothing written, when its bytes are gone.</returns>
    public async Task<bool> WriteAsync(HttpContext http, StoredFile file)
    {
        var (request, response, ct) = (http.Request, http.Response, http.RequestAborted);
        Describe(response, file);
        var tag = $"\"{file.Id}\"";
        if (request.Headers.IfNoneMatch.ToString().Split(',').Any(t => t.Trim() is var given && (given == "*" || given == tag || given == "W/" + tag)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return true;
        }

        var size = file.Content.Size;
        var range = IsForThis(request, tag) ? ByteRange.Of(request.Headers.Range.ToString(), size) : ByteRange.Whole(size);
        if (range.Kind == RangeKind.Unsatisfiable)
        {
            response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{size}");
            return true;
        }

        if (HttpMethods.IsHead(request.Method))
        {
            Announce(response, range, size);
            return true;
        }

        await using var content = await bytes.OpenAsync(file.Content, range.First, range.Length, ct);
        if (content is null) return false;
        Announce(response, range, size);
        await CopyAsync(content, response, range.Length, ct);
        return true;
    }

    private static void Describe(HttpResponse response, StoredFile file)
    {
        var presentation = FilePresentation.Of(file);
        var headers = response.Headers;
        headers.ContentType = presentation.ContentType;
        headers.ContentDisposition = presentation.Disposition;
        headers.ETag = $"\"{file.Id}\"";
        headers.LastModified = DateTimeOffset.FromUnixTimeMilliseconds(file.CreatedAt).ToString("R", CultureInfo.InvariantCulture);
        headers.AcceptRanges = "bytes";
        headers.CacheControl = "private, max-age=86400, immutable"; // an id never gets other bytes

        // Whatever it says it is, nothing in it runs as a part of this site.
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline'; sandbox";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
    }

    private static void Announce(HttpResponse response, ByteRange range, long size)
    {
        response.ContentLength = range.Length;
        if (range.Kind == RangeKind.Whole) return;
        response.StatusCode = StatusCodes.Status206PartialContent;
        response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {range.First}-{range.First + range.Length - 1}/{size}");
    }

    /// <summary>A range that was meant for other bytes is answered with all of these.</summary>
    private static bool IsForThis(HttpRequest request, string tag) => request.Headers.IfRange.ToString() is var condition && (condition.Length == 0 || condition == tag);

    private static async Task CopyAsync(Stream content, HttpResponse response, long length, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (length > 0)
            {
                var read = await content.ReadAsync(buffer, ct);
                if (read == 0) throw new StorageException("A file is shorter than it was stored.");
                await response.Body.WriteAsync(buffer.AsMemory(0, read), ct);
                length -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
