using Dragoman.Engine.Accounts;
using Dragoman.Engine.Caching;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Journal;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Relations;

/// <summary>What all changes of relations share: one at a time, on disk first, then in memory.</summary>
public sealed class RelationDesk(
    LogWriter journal,
    RelationDirectory relations,
    AccountDirectory accounts,
    IFriendStore friends,
    IStreamStore streams,
    Openings openings,
    ReadCursors cursors,
    KeyedGate gate,
    RelationLimits limits)
{
    /// <summary>One change at a time of what two users are to each other.</summary>
    internal ValueTask<KeyedGate.Holder> EnterAsync(AppId app, UserId one, UserId other, CancellationToken ct) =>
        gate.EnterAsync(ConversationKey.Direct(app, one, other), ct);

    /// <summary>One change at a time of a user's list.</summary>
    internal ValueTask<KeyedGate.Holder> EnterAsync(AppId app, UserId owner, CancellationToken ct) => gate.EnterAsync((app, owner), ct);

    /// <returns>Null when both exist; or AccountNotFound, PeerNotFound.</returns>
    internal async ValueTask<Refusal?> FindMissingAsync(AppId app, UserId owner, UserId other, CancellationToken ct)
    {
        if (await accounts.FindAsync(app, owner, ct) is null) return new(Condition.AccountNotFound, owner.Value);
        return await accounts.FindAsync(app, other, ct) is null ? new(Condition.PeerNotFound, other.Value) : null;
    }

    /// <param name="most">What the app's edition allows; 0 is what the server does.</param>
    /// <returns>Null when the list has room; or FriendLimitReached, PeerFriendLimitReached.</returns>
    internal async ValueTask<Refusal?> CheckRoomAsync(AppId app, UserId owner, int more, int most, Condition full, CancellationToken ct) =>
        await friends.CountAsync(app, owner, ct) + more > (most > 0 ? Math.Min(most, limits.MaxFriends) : limits.MaxFriends) ? new(full, owner.Value) : null;

    internal async ValueTask<ProfileFacts> FactsAsync(AppId app, UserId user, CancellationToken ct)
    {
        var account = await accounts.FindAsync(app, user, ct);
        return new(user, account?.Nickname ?? "", account?.Avatar ?? "");
    }

    /// <summary>The version of a user's list of friends.</summary>
    internal async ValueTask<long> VersionAsync(AppId app, UserId owner, CancellationToken ct) =>
        (await streams.ReadAsync(new StreamKey(app, StreamKind.Friends, owner.Value), long.MaxValue, limit: 0, ct)).Version;

    /// <summary>An entry of the timeline of two, which a talk between them may begin with.</summary>
    internal static Entry Write(Caller caller, UserId sender, UserId receiver, Notice notice) => NoticeEntry.Make(
        caller.Operation,
        ConversationKey.Direct(caller.App, sender, receiver),
        LogChannel.Timeline,
        sender,
        new Audience.Pair(sender, receiver),
        notice,
        EntryFlags.None);

    /// <param name="touched">The pairs whose relation changes, in any order.</param>
    /// <param name="news">What is no entry and yet for hooks to hear of.</param>
    internal async Task<Refusal?> CommitAsync(
        Caller caller,
        IReadOnlyList<StoreChange> changes,
        IReadOnlyList<(UserId One, UserId Other)> touched,
        IReadOnlyList<Notice> news,
        params Entry[] entries) =>
        await CommitAsync(caller, changes, touched, news, await openings.UnaskedAsync(caller.App, entries), entries);

    /// <param name="opening">What was asked about the conversation that begins with the entries.</param>
    /// <inheritdoc cref="CommitAsync(Caller, IReadOnlyList{StoreChange}, IReadOnlyList{ValueTuple{UserId, UserId}}, IReadOnlyList{Notice}, Entry[])"/>
    internal Task<Refusal?> CommitAsync(
        Caller caller,
        IReadOnlyList<StoreChange> changes,
        IReadOnlyList<(UserId One, UserId Other)> touched,
        IReadOnlyList<Notice> news,
        Opening opening,
        params Entry[] entries) =>
        journal.CommitAsync(new WriteUnit([.. changes, .. opening.Changes], entries)
        {
            Happened = Happened.Of(caller, [.. news, .. opening.Notices]),
            WhenWritten = () => Remember(caller.App, touched, entries),
        });

    private void Remember(AppId app, IReadOnlyList<(UserId One, UserId Other)> touched, Entry[] entries)
    {
        foreach (var (one, other) in touched)
        {
            relations.Changed(app, one, other);
            relations.Changed(app, other, one);
        }

        // Who does something in a conversation has seen it.
        foreach (var entry in entries)
        {
            if (entry.Channel == LogChannel.Timeline) cursors.Advance(entry.Sender, entry.Conversation, entry.Sequence);
        }
    }
}
