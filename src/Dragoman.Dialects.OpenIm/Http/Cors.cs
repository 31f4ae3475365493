using Microsoft.AspNetCore.Http;

namespace Dragoman.Dialects.OpenIm.Http;

/// <summary>What every answer carries so that browsers may read it (section 2.1).</summary>
internal static class Cors
{
    private const string Exposed =
        "Content-Length, Access-Control-Allow-Origin, Access-Control-Allow-Headers,Cache-Control,Content-Language,Content-Type,Expires,Last-Modified,Pragma,FooBar";

    public static void Apply(HttpResponse response)
    {
        var headers = response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = "*";
        headers.AccessControlAllowHeaders = "*";
        headers.AccessControlExposeHeaders = Exposed;
        headers.AccessControlMaxAge = "172800";
        headers.AccessControlAllowCredentials = "false";
    }

    /// <summary>The answer to any OPTIONS request.</summary>
    public static async Task AnswerPreflightAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync("\"Options Request!\"", http.RequestAborted);
    }
}
