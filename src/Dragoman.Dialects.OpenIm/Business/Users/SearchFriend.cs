using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Relations;

namespace Dragoman.Dialects.OpenIm.Business.Users;

/// <summary><c>POST /friend/search</c>: the same among one's friends.</summary>
internal sealed class SearchFriend(ChatDoor door, ReadFriends friends, AccountDirectory accounts)
    : BusinessEndpoint<searchUsersReq, searchUserFullInfoResp>("/friend/search", door)
{
    protected override async ValueTask<OpenImReply<searchUserFullInfoResp>> HandleAsync(OpenImCall call, searchUsersReq request, CancellationToken ct)
    {
        if (ChatSearch.Check(request) is { } invalid) return invalid;

        var owner = request.UserID.Length > 0 ? new UserId(request.UserID) : call.Caller.User;
        var read = await friends.IdsAsync(call.Caller, owner, ct);
        if (!read.TryGet(out var ids, out var refusal)) return refusal;

        var found = new List<userFullInfo>();
        foreach (var id in ids)
        {
            if (await accounts.FindAsync(call.AppId, id, ct) is not { } account) continue;
            var user = ChatUsers.FullOf(account, call.Caller, call.App.Settings.Business!);
            if (Matches(user, request)) found.Add(user);
        }

        var reply = new searchUserFullInfoResp { Total = (uint)found.Count };
        reply.Users.Add(found.Page(request.Pagination));
        return reply;
    }

    /// <summary>By what the caller may see.</summary>
    private static bool Matches(userFullInfo user, searchUsersReq request)
    {
        if (request.Genders.Count > 0 && !request.Genders.Contains(user.Gender)) return false;

        var keyword = request.Keyword;
        return Has(user.UserID) || Has(user.Nickname) || Has(user.Account) || Has(user.PhoneNumber) || Has(user.Email);

        bool Has(string text) => text.Contains(keyword, StringComparison.OrdinalIgnoreCase);
    }
}
