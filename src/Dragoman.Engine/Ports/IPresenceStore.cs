using Dragoman.Engine.Presences;

namespace Dragoman.Engine.Ports;

/// <summary>Reads of presence and of subscriptions to it.</summary>
public interface IPresenceStore
{
    ValueTask<Presence?> FindAsync(AppId app, UserId user, CancellationToken ct);

    /// <summary>Who is subscribed to a user, those whose time is over included.</summary>
    ValueTask<IReadOnlyList<PresenceSubscription>> SubscribersAsync(AppId app, UserId user, CancellationToken ct);

    /// <summary>To whom somebody is subscribed after a moment, in the order of their ids.</summary>
    ValueTask<IReadOnlyList<PresenceSubscription>> ListAsync(AppId app, UserId subscriber, long endingAfter, long skip, int take, CancellationToken ct);

    /// <param name="except">These are not counted.</param>
    ValueTask<int> CountAsync(AppId app, UserId subscriber, long endingAfter, IReadOnlyList<UserId> except, CancellationToken ct);
}
