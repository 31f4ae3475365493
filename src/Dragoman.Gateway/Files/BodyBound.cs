using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Dragoman.Gateway.Files;

/// <summary>The server's bound on bodies is for calls; files have their own.</summary>
public static class BodyBound
{
    public static void Raise(HttpContext http, long bytes)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound) bound.MaxRequestBodySize = bytes;
    }
}
