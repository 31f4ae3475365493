using Dragoman.Engine.Presences;

namespace Dragoman.Engine.Ports;

/// <summary>Keeps a user's words and states; when he was last here stays as it is.</summary>
public sealed record PutPresence(AppId App, Presence Presence) : StoreChange(App)
{
    public override int OrderingKey => HashCode.Combine(App, Presence.User);
}

/// <summary>A user came or went; the moment never goes back.</summary>
/// <param name="At">Unix milliseconds.</param>
public sealed record SeeUser(AppId App, UserId User, long At) : StoreChange(App)
{
    public override int OrderingKey => HashCode.Combine(App, User);
}

/// <summary>Subscribes to these, and forgets what is over.</summary>
/// <param name="ExpiresAt">Unix milliseconds; so is <paramref name="Now"/>.</param>
public sealed record PutPresenceSubscriptions(AppId App, UserId Subscriber, IReadOnlyList<UserId> Users, long ExpiresAt, long Now) : StoreChange(App)
{
    public override int OrderingKey => HashCode.Combine(App, Subscriber);
}

public sealed record RemovePresenceSubscriptions(AppId App, UserId Subscriber, IReadOnlyList<UserId> Users) : StoreChange(App)
{
    public override int OrderingKey => HashCode.Combine(App, Subscriber);
}
