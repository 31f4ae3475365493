using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.OpenIm.Rest.Friend;

/// <summary><c>POST /friend/add_friend_response</c>: whoever was asked says yes (1) or no (-1).</summary>
internal sealed class AddFriendResponse(AnswerFriendRequest answer) : OpenImEndpoint<respondFriendApplyReq, Empty>("/friend/add_friend_response")
{
    private const int Agree = 1;
    private const int Refuse = -1;

    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, respondFriendApplyReq request, CancellationToken ct)
    {
        if (request.ToUserID.Length == 0) return OpenImErrors.Args.With("toUserID is empty");
        if (request.FromUserID.Length == 0) return OpenImErrors.Args.With("fromUserID is empty");
        if (call.Access(request.ToUserID) is { } denied) return denied;
        if (request.HandleResult is not (Agree or Refuse)) return OpenImErrors.Args.With("req.HandleResult != -1/1");

        var isYes = request.HandleResult == Agree;
        var answered = await answer.RunAsync(
            call.Caller,
            new UserId(request.FromUserID),
            new UserId(request.ToUserID),
            isYes ? FriendAnswer.Accept : FriendAnswer.Refuse,
            request.HandleMsg,
            ct);
        if (answered.TryGet(out _, out var refusal)) return new Empty();

        // A late no has a code of its own, a late yes has none.
        return isYes && refusal.Condition == Condition.FriendRequestHandled
            ? OpenImErrors.Args.With("the friend request has been processed")
            : refusal;
    }
}
