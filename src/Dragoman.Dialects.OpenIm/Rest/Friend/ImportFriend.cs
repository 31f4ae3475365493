using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.OpenIm.Rest.Friend;

/// <summary><c>POST /friend/import_friend</c>: the app's server makes people friends of each other, all or none.</summary>
internal sealed class ImportFriend(ImportFriends import) : OpenImEndpoint<importFriendReq, Empty>("/friend/import_friend")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, importFriendReq request, CancellationToken ct)
    {
        if (request.OwnerUserID.Length == 0) return OpenImErrors.Args.With("ownerUserID is empty");
        if (!call.Given.Has("friendUserIDs")) return OpenImErrors.Args.With("friendUserIDS is empty");
        if (request.FriendUserIDs.Count > UserLists.MaxUsers) return OpenImErrors.Args.With("friendUserIDS is too long");
        if (call.AdminOnly() is { } denied) return denied;

        var imported = await import.RunAsync(
            call.Caller, new UserId(request.OwnerUserID), UserLists.Ids(request.FriendUserIDs), FriendSides.Both, ct);
        if (imported.TryGet(out _, out var refusal)) return new Empty();
        return refusal.Condition == Condition.CannotBefriendSelf ? OpenImErrors.CanNotAddYourself.With("can not add yourself") : refusal;
    }
}
