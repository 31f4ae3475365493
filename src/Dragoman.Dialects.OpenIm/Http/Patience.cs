using System.Globalization;
using Dragoman.Engine;
using Microsoft.AspNetCore.Http;

namespace Dragoman.Dialects.OpenIm.Http;

/// <summary>The headers of an answer 429 (section 2.2).</summary>
internal static class Patience
{
    public static void Ask(HttpResponse response, Refusal refusal, DateTimeOffset now)
    {
        var wait = refusal.Until is { } until ? until - now : TimeSpan.Zero;
        response.Headers["X-RateLimit-Policy"] = "BBR";
        response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }
}
