using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.OpenIm.Rest.Friend;

/// <summary><c>POST /friend/add_friend</c>: asks somebody to be friends.</summary>
internal sealed class AddFriend(RequestFriend request) : OpenImEndpoint<applyToAddFriendReq, Empty>("/friend/add_friend")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, applyToAddFriendReq asked, CancellationToken ct)
    {
        if (asked.ToUserID.Length == 0) return OpenImErrors.Args.With("toUserID is empty");
        if (asked.FromUserID.Length == 0) return OpenImErrors.Args.With("fromUserID is empty");

        var wish = new FriendWish
        {
            From = new UserId(asked.FromUserID),
            To = new UserId(asked.ToUserID),
            Message = asked.ReqMsg,
            Extra = asked.Ex,
        };
        var requested = await request.RunAsync(call.Caller, wish, ct);
        return requested.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}
