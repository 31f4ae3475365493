using Dragoman.Engine;

namespace Dragoman.Dialects.Agora;

internal static class AgoraId
{
    /// <summary>Stored with every entry that this dialect wrote: never changes.</summary>
    public static readonly DialectId Dialect = new(4);

    /// <summary>The slot of tokens, which are good for every device of their user.</summary>
    public static readonly DeviceSlot Tokens = new(Dialect, 0);

    /// <summary>Whose grants the app's own tokens are: no account can have this id.</summary>
    public static readonly UserId TheApp = new("");
}
