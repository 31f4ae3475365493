using Microsoft.AspNetCore.Http;

namespace Dragoman.Dialects.OpenIm.Rest.Object;

/// <summary>Under which address a client reaches this app (section 13): what its proxy says in <c>X-Request-Api</c>, else where it called.</summary>
internal static class ObjectUrls
{
    private const string ProxyHeader = "X-Request-Api";
    private const string Root = "object/";

    /// <summary>What is put before a name to make its address, in the vendor's way: the proxy's word is taken as it is.</summary>
    public static string PrefixOf(HttpRequest request)
    {
        var said = request.Headers[ProxyHeader].ToString();
        if (said.Length == 0) return $"{OwnBaseOf(request)}/{Root}";
        return said.EndsWith('/') ? said + Root : $"{said}/{Root}";
    }

    /// <summary>The app's address without a slash at the end, always one that a client can call.</summary>
    public static string BaseOf(HttpRequest request)
    {
        var said = request.Headers[ProxyHeader].ToString();
        return Uri.TryCreate(said, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https") && url.Query.Length == 0
            ? url.AbsoluteUri.TrimEnd('/')
            : OwnBaseOf(request);
    }

    private static string OwnBaseOf(HttpRequest request) => $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}";
}
