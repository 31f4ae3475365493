using Dragoman.Dialects.OpenIm.Protos;

namespace Dragoman.Dialects.OpenIm.Http;

/// <summary>The vendor's paging (section 2.3).</summary>
internal static class Paging
{
    private const int MaxPage = 1_000;

    /// <summary>Null when the pagination can be used; else the vendor's 1001.</summary>
    public static OpenImError? Check(RequestPagination? pagination)
    {
        if (pagination is null) return OpenImErrors.Args.With("pagination is empty");
        if (pagination.PageNumber < 1) return OpenImErrors.Args.With("pageNumber is invalid");
        return pagination.ShowNumber < 1 ? OpenImErrors.Args.With("showNumber is invalid") : null;
    }

    /// <summary>The rows before the page, and how many are on it.</summary>
    public static (long Skip, int Take) Window(this RequestPagination pagination)
    {
        var take = Math.Min(pagination.ShowNumber, MaxPage);
        return ((long)(pagination.PageNumber - 1) * take, take);
    }

    public static IEnumerable<T> Page<T>(this IReadOnlyList<T> all, RequestPagination pagination)
    {
        var size = Math.Min(pagination.ShowNumber, MaxPage);
        var skip = (long)(pagination.PageNumber - 1) * size;
        return skip >= all.Count ? [] : all.Skip((int)skip).Take(size);
    }
}
