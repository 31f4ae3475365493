using Dragoman.Engine;

namespace Dragoman.Dialects.OpenIm;

internal static class OpenImId
{
    /// <summary>Stored with every entry that this dialect wrote: never changes.</summary>
    public static readonly DialectId Dialect = new(3);
}
