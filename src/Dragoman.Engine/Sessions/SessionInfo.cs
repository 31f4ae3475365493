namespace Dragoman.Engine.Sessions;

/// <summary>A connection as the rules see it.</summary>
/// <param name="Grant">The default when the token is good by its signature alone.</param>
public readonly record struct SessionInfo(SessionId Id, DeviceSlot Slot, GrantKey Grant)
{
    public DialectId Dialect => Slot.Dialect;
    public DeviceKind Kind { get; init; }

    /// <summary>Which of the user's devices, as the client calls it; empty in dialects that know only kinds.</summary>
    public string Device { get; init; } = "";

    /// <summary>A phone that shows its user what the connection brings, so that no push has to wake it.</summary>
    public bool IsAwakePhone { get; init; }
}

/// <summary>Who is connected, on whichever node.</summary>
public interface ISessionDirectory
{
    /// <summary>The user's live connections; empty when offline.</summary>
    IReadOnlyList<SessionInfo> SessionsOf(AppId app, UserId user);

    /// <summary>Users of an app with at least one connection.</summary>
    int OnlineUsers(AppId app);
}
