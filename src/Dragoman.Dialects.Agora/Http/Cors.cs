using Microsoft.AspNetCore.Http;

namespace Dragoman.Dialects.Agora.Http;

/// <summary>What every answer carries so that browsers may read it (section 1.4).</summary>
internal static class Cors
{
    private const string RequestHeaders =
        "Authorization, Content-Type, Accept, restrict-access, share-secret, thumbnail, thumbnail-height, thumbnail-width, X-Requested-With";

    public static void Apply(HttpResponse response)
    {
        var headers = response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = "GET,POST,PUT,DELETE,OPTIONS";
        headers.AccessControlAllowHeaders = RequestHeaders;
        headers.AccessControlMaxAge = "86400";
    }

    /// <summary>For SockJS, whose requests carry credentials: a star would be refused by the browser.</summary>
    public static void ApplyCredentialed(HttpContext http)
    {
        var origin = http.Request.Headers.Origin.ToString();
        var headers = http.Response.Headers;
        headers.AccessControlAllowOrigin = origin.Length > 0 ? origin : "*";
        if (origin.Length > 0) headers.AccessControlAllowCredentials = "true";
        headers.Vary = "Origin";
        headers.AccessControlAllowMethods = "GET,POST,OPTIONS";
        headers.AccessControlAllowHeaders = RequestHeaders;
    }
}
