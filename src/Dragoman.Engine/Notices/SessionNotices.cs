using Dragoman.Engine.Conversations;

namespace Dragoman.Engine.Notices;

/// <summary>A connection came or went; for hooks alone.</summary>
/// <param name="Connection">The server's number of it.</param>
public abstract record SessionNotice(UserId User, DeviceSlot Slot, long Connection) : Notice
{
    /// <summary>Whether the client was not in front of its user.</summary>
    public bool IsInBackground { get; init; }

    internal override ConversationKey? PlaceIn(AppId app) => ConversationKey.Inbox(app, User);
}

public sealed record SignedIn(UserId User, DeviceSlot Slot, long Connection) : SessionNotice(User, Slot, Connection);

/// <summary>For whatever reason.</summary>
public sealed record SignedOut(UserId User, DeviceSlot Slot, long Connection) : SessionNotice(User, Slot, Connection);

/// <summary>The connection lost its right to be there: another login took its place, or an administrator ended it.</summary>
public sealed record SessionEnded(UserId User, DeviceSlot Slot, long Connection) : SessionNotice(User, Slot, Connection);
