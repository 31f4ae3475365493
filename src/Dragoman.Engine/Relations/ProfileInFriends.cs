using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Sessions;

namespace Dragoman.Engine.Relations;

/// <summary>Somebody's profile changed: it counts as a change of every list of friends that he is on, and whoever is online hears of it.</summary>
/// <remarks>
/// In chunks, for somebody may be on a hundred thousand lists and others want to write meanwhile. The first chunk goes to disk together
/// with the profile. Should the server die before the last one, nobody was told that the change is done, and doing it again completes it.
/// </remarks>
public sealed class ProfileInFriends(IFriendStore friends, ISessionDirectory sessions, LogWriter journal, OnlineNews news, TimeProvider clock)
{
    internal const int ChunkSize = 1_000;

    /// <summary>What belongs into the unit that writes the profile.</summary>
    internal async ValueTask<FriendChunk> BeginAsync(AppId app, UserId user, CancellationToken ct) =>
        Chunk(app, user, after: default, await friends.OwnersAsync(app, user, after: default, ChunkSize, ct));

    /// <summary>Tells the first chunk's owners, and goes on with the others.</summary>
    /// <returns>Null when all lists are changed; or Overloaded, Unavailable.</returns>
    internal async ValueTask<Refusal?> FinishAsync(Caller caller, UserId user, FriendChunk first, CancellationToken ct)
    {
        for (var chunk = first; ;)
        {
            Tell(caller, user, chunk.Owners);
            if (chunk.Owners.Count < ChunkSize) return null;

            var last = chunk.Owners[^1];
            chunk = Chunk(caller.App, user, last, await friends.OwnersAsync(caller.App, user, last, ChunkSize, ct));
            if (chunk.Changes.Length == 0) return null;

            var refusal = await journal.CommitAsync(new WriteUnit(chunk.Changes));
            if (refusal is not null) return refusal;
        }
    }

    private static FriendChunk Chunk(AppId app, UserId user, UserId after, IReadOnlyList<UserId> owners) =>
        new(owners, owners.Count == 0 ? [] : [new TouchFriend(app, user, after, UpTo: owners[^1])]);

    private void Tell(Caller caller, UserId user, IReadOnlyList<UserId> owners)
    {
        var notice = new FriendProfileChanged(user) { At = clock.GetUtcNow().ToUnixTimeMilliseconds() };
        foreach (var owner in owners)
        {
            if (sessions.SessionsOf(caller.App, owner).Count == 0) continue;
            news.Tell(caller, ConversationKey.Direct(caller.App, user, owner), user, new Audience.Users([owner]), notice);
        }
    }
}

/// <summary>Some owners of lists that somebody is on, and the change of their lists.</summary>
internal readonly record struct FriendChunk(IReadOnlyList<UserId> Owners, StoreChange[] Changes);
