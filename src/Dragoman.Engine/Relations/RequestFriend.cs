using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;
using Dragoman.Engine.Words;

namespace Dragoman.Engine.Relations;

/// <summary>Whether the other one is asked.</summary>
public enum RequestStyle
{
    /// <summary>Always, unless he wants no requests at all.</summary>
    Always,

    /// <summary>As he wants it himself: <see cref="Account.Adding"/>.</summary>
    AsHeLikes,
}

/// <summary>Somebody wants another one as a friend.</summary>
public sealed record FriendWish
{
    public required UserId From { get; init; }
    public required UserId To { get; init; }
    public string Message { get; init; } = "";
    public string Extra { get; init; } = "";
    public RequestStyle Style { get; init; }

    /// <summary>A block of one by the other stops the wish, too; otherwise it only stops messages.</summary>
    public bool YieldsToBlocks { get; init; }

    /// <summary>Friends that the app's edition allows a user; 0 is what the server does.</summary>
    public int MaxFriends { get; init; }
}

public enum WishOutcome
{
    Requested,
    BecameFriends,

    /// <summary>Nothing had to be done. Only with <see cref="RequestStyle.AsHeLikes"/>; otherwise it is AlreadyFriends.</summary>
    WereFriends,
}

/// <summary>Asks somebody to be friends; asking again makes the request new and is told again.</summary>
public sealed class RequestFriend(
    RelationDesk desk,
    RelationDirectory relations,
    AccountDirectory accounts,
    IFriendRequestStore requests,
    HookDesk hooks,
    WordDesk words,
    OnlineNews news,
    RelationLimits limits,
    TimeProvider clock)
{
    /// <returns>
    /// What came of it; or NotPermitted, CannotBefriendSelf, RelationTextTooLong, WordRejected, AccountNotFound, PeerNotFound, PeerIsBlocked,
    /// BlockedByPeer, AlreadyFriends, PeerRefusesRequests, FriendLimitReached, PeerFriendLimitReached, FriendRequestLimitReached.
    /// </returns>
    public async ValueTask<Result<WishOutcome>> RunAsync(Caller caller, FriendWish wish, CancellationToken ct)
    {
        if (!caller.MayActFor(wish.From)) return new Refusal(Condition.NotPermitted, wish.From.Value);
        if (wish.From == wish.To) return new Refusal(Condition.CannotBefriendSelf, wish.To.Value);
        if ((limits.CheckMessage(wish.Message) ?? limits.CheckExtra(wish.Extra)) is { } tooLong) return tooLong;

        var message = wish.Message;
        if (words.Screen(caller.App, WordPlaces.Relations, ref message) is { } rejected) return rejected;
        wish = wish with { Message = message };
        if (hooks.Asks<RequestingFriendship>(caller.App) && await hooks.AskAsync(new RequestingFriendship(caller, wish), ct) is { } forbidden)
            return forbidden;

        using var turn = await desk.EnterAsync(caller.App, wish.From, wish.To, ct);
        if (await desk.FindMissingAsync(caller.App, wish.From, wish.To, ct) is { } missing) return missing;

        var mine = await relations.FindAsync(caller.App, wish.From, wish.To, ct);
        var theirs = await relations.FindAsync(caller.App, wish.To, wish.From, ct);
        if (wish.YieldsToBlocks && (mine & Relation.Blocks) != 0) return new Refusal(Condition.PeerIsBlocked, wish.To.Value);
        if (wish.YieldsToBlocks && (theirs & Relation.Blocks) != 0) return new Refusal(Condition.BlockedByPeer, wish.To.Value);
        if ((mine & theirs & Relation.HasFriend) != 0)
        {
            if (wish.Style == RequestStyle.AsHeLikes) return WishOutcome.WereFriends;
            return new Refusal(Condition.AlreadyFriends, wish.To.Value);
        }

        var mode = await ModeAsync(caller.App, wish, ct);
        if (mode == AddMode.Nobody) return new Refusal(Condition.PeerRefusesRequests, wish.To.Value);
        if (await FindFullAsync(caller.App, wish, mine, theirs, ct) is { } full) return full;
        return mode == AddMode.Anyone ? await BefriendAsync(caller, wish) : await AskAsync(caller, wish, ct);
    }

    private async ValueTask<AddMode> ModeAsync(AppId app, FriendWish wish, CancellationToken ct)
    {
        var mode = (await accounts.FindAsync(app, wish.To, ct))!.Adding;
        return wish.Style == RequestStyle.Always && mode == AddMode.Anyone ? AddMode.Confirm : mode;
    }

    private async ValueTask<Refusal?> FindFullAsync(AppId app, FriendWish wish, Relation mine, Relation theirs, CancellationToken ct)
    {
        if ((mine & Relation.HasFriend) == 0 && await desk.CheckRoomAsync(app, wish.From, 1, wish.MaxFriends, Condition.FriendLimitReached, ct) is { } full)
            return full;
        return (theirs & Relation.HasFriend) == 0 ? await desk.CheckRoomAsync(app, wish.To, 1, wish.MaxFriends, Condition.PeerFriendLimitReached, ct) : null;
    }

    private async ValueTask<Result<WishOutcome>> AskAsync(Caller caller, FriendWish wish, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var pendingSince = limits.PendingSince(now);
        var old = await requests.FindAsync(caller.App, wish.From, wish.To, pendingSince, ct);
        if (old is not { State: FriendRequestState.Pending })
        {
            var waiting = new FriendRequestQuery(wish.To, FriendRequestSide.Received, FriendRequestStates.Pending, pendingSince);
            if (await requests.CountAsync(caller.App, waiting, ct) >= limits.MaxPendingRequests)
                return new Refusal(Condition.FriendRequestLimitReached, wish.To.Value);
        }

        var request = new FriendRequest
        {
            From = wish.From,
            To = wish.To,
            Message = wish.Message,
            Extra = wish.Extra,
            RequestedAt = now.ToUnixTimeMilliseconds(),
        };
        var notice = new FriendRequested
        {
            At = request.RequestedAt,
            Request = request,
            From = await desk.FactsAsync(caller.App, wish.From, ct),
            To = await desk.FactsAsync(caller.App, wish.To, ct),
        };
        var refusal = await desk.CommitAsync(
            caller, [new PutFriendRequest(caller.App, request)], touched: [], [notice], NoticeEntry.ForInbox(caller, wish.To, wish.From, notice));
        if (refusal is not null) return refusal;

        var conversation = ConversationKey.Direct(caller.App, wish.From, wish.To);
        news.Tell(caller, conversation, wish.From, new Audience.Pair(wish.From, wish.To), notice, isUrgent: true);
        return WishOutcome.Requested;
    }

    private async ValueTask<Result<WishOutcome>> BefriendAsync(Caller caller, FriendWish wish)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var notice = new FriendAdded(wish.From, wish.To, FriendSource.Request) { At = now };
        var refusal = await desk.CommitAsync(
            caller,
            [new AddFriendships(caller.App, Friends.Of(wish.From, wish.To, FriendSource.Request, wish.From, now))],
            [(wish.From, wish.To)],
            news: [],
            RelationDesk.Write(caller, wish.To, wish.From, notice));
        return refusal is null ? WishOutcome.BecameFriends : refusal;
    }
}
