namespace Dragoman.Engine.Sessions;

/// <summary>A connection as the rules see it.</summary>
public readonly record struct SessionInfo(SessionId Id, DialectId Dialect, DeviceSlot Slot, GrantKey Grant);

/// <summary>Who is connected, on whichever node.</summary>
public interface ISessionDirectory
{
    /// <summary>The user's live connections; empty when offline.</summary>
    IReadOnlyList<SessionInfo> SessionsOf(AppId app, UserId user);
}
