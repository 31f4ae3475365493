using Dragoman.Engine;

namespace Dragoman.Dialects.OpenIm;

internal static class OpenImId
{
    /// <summary>Stored with every entry that this dialect wrote: never changes.</summary>
    public static readonly DialectId Dialect = new(3);

    /// <summary>A slot is one of the vendor's platforms.</summary>
    public static DeviceSlot Slot(int platform) => new(Dialect, platform);
}
