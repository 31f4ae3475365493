using Dragoman.Engine.Conversations;
using Dragoman.Engine.Events;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Ports;

namespace Dragoman.Engine.Relations;

public enum FriendAnswer
{
    Accept,

    /// <summary>The one who asked gets the other on his list, but not the other way round.</summary>
    AcceptOneWay,

    Refuse,
}

/// <summary>Whoever was asked says yes or no. A yes also answers what he himself has asked the other one.</summary>
public sealed class AnswerFriendRequest(
    RelationDesk desk,
    RelationDirectory relations,
    IFriendRequestStore requests,
    HookDesk hooks,
    Openings openings,
    OnlineNews news,
    RelationLimits limits,
    TimeProvider clock)
{
    /// <param name="from">Who asked.</param>
    /// <param name="to">Who answers.</param>
    /// <param name="words">What is said with the answer.</param>
    /// <param name="maxFriends">What the app's edition allows a user; 0 is what the server does.</param>
    /// <returns>
    /// The answered request; or NotPermitted, RelationTextTooLong, FriendRequestNotFound, FriendRequestHandled,
    /// FriendLimitReached (of who answers), PeerFriendLimitReached (of who asked), a hook's refusal.
    /// </returns>
    public async ValueTask<Result<FriendRequest>> RunAsync(
        Caller caller, UserId from, UserId to, FriendAnswer answer, string words, CancellationToken ct, int maxFriends = 0)
    {
        if (!caller.MayActFor(to)) return new Refusal(Condition.NotPermitted, to.Value);
        if (limits.CheckMessage(words) is { } tooLong) return tooLong;
        if (hooks.Asks<AnsweringFriendRequest>(caller.App)
            && await hooks.AskAsync(new AnsweringFriendRequest(caller, from, to, answer, words), ct) is { } forbidden) return forbidden;
        var asked = answer == FriendAnswer.Refuse ? Opening.None : await AskAsync(caller, from, to, ct);
        if (!asked.TryGet(out var opening, out var unwanted)) return unwanted;

        using var turn = await desk.EnterAsync(caller.App, from, to, ct);
        var now = clock.GetUtcNow();
        var request = await requests.FindAsync(caller.App, from, to, limits.PendingSince(now), ct);
        if (request is null) return new Refusal(Condition.FriendRequestNotFound, from.Value);
        if (request.State != FriendRequestState.Pending) return new Refusal(Condition.FriendRequestHandled, from.Value);

        var at = now.ToUnixTimeMilliseconds();
        return answer == FriendAnswer.Refuse
            ? await RefuseAsync(caller, Answered(caller, request, FriendRequestState.Refused, words, at), ct)
            : await AcceptAsync(caller, Answered(caller, request, FriendRequestState.Accepted, words, at), answer, opening, maxFriends, ct);
    }

    /// <summary>A talk between the two begins with the yes: who never had one gets the conversation onto his list.</summary>
    private async ValueTask<Result<Opening>> AskAsync(Caller caller, UserId from, UserId to, CancellationToken ct)
    {
        if (!openings.Concern(caller.App, ConversationKind.Direct)) return Opening.None;
        var request = await requests.FindAsync(caller.App, from, to, limits.PendingSince(clock.GetUtcNow()), ct);
        return request is { State: FriendRequestState.Pending }
            ? await openings.OfEachAsync(caller, ConversationKey.Direct(caller.App, from, to), [to, from], ct)
            : Opening.None;
    }

    private static FriendRequest Answered(Caller caller, FriendRequest request, FriendRequestState state, string words, long at) =>
        request with { State = state, HandledAt = at, Handler = caller.User.Value, Answer = words };

    private async ValueTask<Result<FriendRequest>> RefuseAsync(Caller caller, FriendRequest refused, CancellationToken ct)
    {
        var notice = new FriendRequestRefused
        {
            At = refused.HandledAt,
            Request = refused,
            From = await desk.FactsAsync(caller.App, refused.From, ct),
            To = await desk.FactsAsync(caller.App, refused.To, ct),
        };
        var refusal = await desk.CommitAsync(caller, [new PutFriendRequest(caller.App, refused)], touched: [], [notice], NoticeEntry.ForInbox(caller, refused.From, refused.To, notice));
        if (refusal is not null) return refusal;

        var conversation = ConversationKey.Direct(caller.App, refused.From, refused.To);
        news.Tell(caller, conversation, refused.To, new Audience.Pair(refused.To, refused.From), notice, isUrgent: true);
        return refused;
    }

    private async ValueTask<Result<FriendRequest>> AcceptAsync(
        Caller caller, FriendRequest accepted, FriendAnswer answer, Opening opening, int maxFriends, CancellationToken ct)
    {
        var (app, from, to) = (caller.App, accepted.From, accepted.To);
        var isOneWay = answer == FriendAnswer.AcceptOneWay;
        if (!isOneWay && await FindFullAsync(app, to, from, maxFriends, Condition.FriendLimitReached, ct) is { } full) return full;
        if (await FindFullAsync(app, from, to, maxFriends, Condition.PeerFriendLimitReached, ct) is { } peerFull) return peerFull;

        var notice = new FriendRequestAccepted
        {
            At = accepted.HandledAt,
            Request = accepted,
            From = await desk.FactsAsync(app, from, ct),
            To = await desk.FactsAsync(app, to, ct),
        };
        Friendship[] friends = isOneWay
            ? [Friends.OnListOf(from, to, FriendSource.Request, from, accepted.HandledAt)]
            : Friends.Of(from, to, FriendSource.Request, from, accepted.HandledAt);
        var refusal = await desk.CommitAsync(
            caller,
            [new PutFriendRequest(app, accepted), .. await MirrorAsync(caller, accepted, isOneWay, ct), new AddFriendships(app, friends)],
            [(from, to)],
            news: [],
            opening,
            RelationDesk.Write(caller, to, from, notice));
        return refusal is null ? accepted : refusal;
    }

    /// <summary>What the one who says yes has asked the other meanwhile, accepted too.</summary>
    private async ValueTask<StoreChange[]> MirrorAsync(Caller caller, FriendRequest accepted, bool isOneWay, CancellationToken ct)
    {
        if (isOneWay) return [];

        var mirror = await requests.FindAsync(caller.App, accepted.To, accepted.From, pendingSince: 0, ct);
        return mirror is { State: FriendRequestState.Pending }
            ? [new PutFriendRequest(caller.App, Answered(caller, mirror, FriendRequestState.Accepted, words: "", accepted.HandledAt))]
            : [];
    }

    private async ValueTask<Refusal?> FindFullAsync(AppId app, UserId owner, UserId friend, int maxFriends, Condition full, CancellationToken ct) =>
        (await relations.FindAsync(app, owner, friend, ct) & Relation.HasFriend) != 0
            ? null
            : await desk.CheckRoomAsync(app, owner, 1, maxFriends, full, ct);
}
