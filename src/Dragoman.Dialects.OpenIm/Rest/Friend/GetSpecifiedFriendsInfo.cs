using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.OpenIm.Rest.Friend;

/// <summary><c>POST /friend/get_specified_friends_info</c>: named users, each with what the owner has noted about him.</summary>
internal sealed class GetSpecifiedFriendsInfo(ReadFriends friends, ReadBlocks blocks, AccountDirectory accounts, FriendInfos infos)
    : OpenImEndpoint<getSpecifiedFriendsInfoReq, getSpecifiedFriendsInfoResp>("/friend/get_specified_friends_info")
{
    protected override async ValueTask<OpenImReply<getSpecifiedFriendsInfoResp>> HandleAsync(
        OpenImCall call, getSpecifiedFriendsInfoReq request, CancellationToken ct)
    {
        if (request.OwnerUserID.Length == 0) return OpenImErrors.Args.With("ownerUserID is empty");
        if (UserLists.Check(request.UserIDList, "userIDList") is { } invalid) return invalid;

        var (owner, users) = (new UserId(request.OwnerUserID), UserLists.Ids(request.UserIDList));
        var readFriends = await friends.FindAsync(call.Caller, owner, users, ct);
        if (!readFriends.TryGet(out var foundFriends, out var refusal)) return refusal;
        var readBlocks = await blocks.FindAsync(call.Caller, owner, users, ct);
        if (!readBlocks.TryGet(out var foundBlocks, out refusal)) return refusal;

        var (friendOf, blockOf) = (foundFriends.ToDictionary(f => f.Friend), foundBlocks.ToDictionary(b => b.Blocked));
        var reply = new getSpecifiedFriendsInfoResp();
        foreach (var user in users)
        {
            if (await accounts.FindAsync(call.AppId, user, ct) is not { } account) continue;

            var info = new getSpecifiedFriendsInfoInfo { UserInfo = UserInfos.Of(account) };
            if (friendOf.TryGetValue(user, out var friend)) info.FriendInfo = await infos.WithMillisecondsAsync(call.AppId, friend, ct);
            if (blockOf.TryGetValue(user, out var block)) info.BlackInfo = await infos.WithMillisecondsAsync(call.AppId, block, ct);
            reply.Infos.Add(info);
        }

        return reply;
    }
}
