namespace Dragoman.Engine.Sessions;

/// <summary>A connection as the rules see it.</summary>
public readonly record struct SessionInfo(SessionId Id, DialectId Dialect, DeviceSlot Slot, GrantKey Grant)
{
    /// <summary>A phone that shows its user what the connection brings, so that no push has to wake it.</summary>
    public bool IsAwakePhone { get; init; }
}

/// <summary>Who is connected, on whichever node.</summary>
public interface ISessionDirectory
{
    /// <summary>The user's live connections; empty when offline.</summary>
    IReadOnlyList<SessionInfo> SessionsOf(AppId app, UserId user);
}
