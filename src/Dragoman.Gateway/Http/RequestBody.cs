using Microsoft.AspNetCore.Http;

namespace Dragoman.Gateway.Http;

/// <summary>Reads request bodies whole, up to a limit.</summary>
public static class RequestBody
{
    /// <returns>Null when the body is larger than the limit.</returns>
    public static async ValueTask<byte[]?> ReadAsync(HttpRequest request, int limit, CancellationToken ct)
    {
        if (request.ContentLength > limit) return null;

        using var collected = new MemoryStream((int)(request.ContentLength ?? 1024));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, ct)) > 0)
        {
            if (collected.Length + read > limit) return null;
            collected.Write(buffer, 0, read);
        }

        return collected.ToArray();
    }
}
