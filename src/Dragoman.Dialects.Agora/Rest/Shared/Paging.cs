using System.Globalization;
using Dragoman.Dialects.Agora.Http;

namespace Dragoman.Dialects.Agora.Rest.Shared;

/// <summary>Which part of a list a call wants: <c>pagenum</c> and <c>pagesize</c>.</summary>
internal readonly record struct Paging(long Skip, int Take)
{
    /// <param name="first">How the first page is counted: 0 or 1.</param>
    public static Paging Of(AgoraCall call, int first, int usual, int most)
    {
        var size = Number(call.Query("pagesize")) is > 0 and var wanted ? Math.Min(wanted, most) : usual;
        var page = Math.Max(0, (Number(call.Query("pagenum")) ?? first) - (long)first);
        return new(page * size, size);
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
