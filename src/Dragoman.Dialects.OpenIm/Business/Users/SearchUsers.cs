using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Accounts.Credentials;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.OpenIm.Business.Users;

/// <summary><c>POST /user/search/full</c>: users by a part of the id or the nickname, or by account, phone or email.</summary>
internal sealed class SearchFull(ChatDoor door, ChatSearch search) : BusinessEndpoint<searchUsersReq, searchUserFullInfoResp>("/user/search/full", door)
{
    protected override async ValueTask<OpenImReply<searchUserFullInfoResp>> HandleAsync(OpenImCall call, searchUsersReq request, CancellationToken ct)
    {
        if (ChatSearch.Check(request) is { } invalid) return invalid;

        var (total, page) = await search.RunAsync(call.App, request, ct);
        var reply = new searchUserFullInfoResp { Total = total };
        reply.Users.Add(page.Select(account => ChatUsers.FullOf(account, call.Caller, call.App.Settings.Business!)));
        return reply;
    }
}

/// <summary><c>POST /user/search/public</c></summary>
internal sealed class SearchPublic(ChatDoor door, ChatSearch search) : BusinessEndpoint<searchUsersReq, searchUserPublicInfoResp>("/user/search/public", door)
{
    protected override async ValueTask<OpenImReply<searchUserPublicInfoResp>> HandleAsync(OpenImCall call, searchUsersReq request, CancellationToken ct)
    {
        if (ChatSearch.Check(request) is { } invalid) return invalid;

        var (total, page) = await search.RunAsync(call.App, request, ct);
        var reply = new searchUserPublicInfoResp { Total = total };
        reply.Users.Add(page.Select(ChatUsers.PublicOf));
        return reply;
    }
}

/// <summary>Searches of the business server.</summary>
internal sealed class ChatSearch(IAccountStore accounts, ILoginNameStore names)
{
    private const int MaxKeyword = 256;
    private const int MaxAreaDigits = 4;
    private const int All = 0;

    /// <summary>Without those that are shut.</summary>
    private const int Normal = 1;

    public static OpenImError? Check(searchUsersReq request)
    {
        if (Paging.Check(request.Pagination) is { } invalid) return invalid;
        if (request.Normal is < All or > Normal) return OpenImErrors.Args.With("normal flied is invalid"); // sic
        if (request.Keyword.Length > MaxKeyword) return OpenImErrors.Args.With("keyword is too long");
        return request.Genders.Any(gender => gender is < 0 or > 2) ? OpenImErrors.Args.With("genders is invalid") : null;
    }

    public async ValueTask<(uint Total, IReadOnlyList<Account> Page)> RunAsync(OpenImApp app, searchUsersReq request, CancellationToken ct)
    {
        var (skip, take) = request.Pagination.Window();
        var query = new AccountQuery(Roles: AccountRole.User)
        {
            AnyPart = request.Keyword,
            OrUsers = await OwnersOfAsync(app, request.Keyword, ct),
            OnlyLiving = request.Normal == Normal,
            Genders = [.. request.Genders.Distinct().Select(gender => ChatUsers.Text(gender))],
        };
        var (total, page) = await accounts.PageAsync(app.Id, query, skip, take, ct);
        return ((uint)total, page);
    }

    /// <summary>Whose account, email or phone it is: the whole of it, of a phone also without the area code.</summary>
    private async ValueTask<IReadOnlyList<UserId>> OwnersOfAsync(OpenImApp app, string keyword, CancellationToken ct)
    {
        var owners = new List<UserId>();
        if (keyword.Length == 0) return owners;

        foreach (var kind in new[] { LoginNameKind.Name, LoginNameKind.Mail })
        {
            if (LoginName.Of(kind, keyword).TryGet(out var name, out _) && await names.FindAsync(app.Id, name, ct) is { } owner) owners.Add(owner);
        }

        if (LoginName.Of(LoginNameKind.Phone, keyword).TryGet(out var phone, out _) && keyword.All(c => char.IsAsciiDigit(c) || c is '+' or ' '))
            owners.AddRange(await names.FindByEndAsync(app.Id, phone, MaxAreaDigits, ct));
        return owners;
    }
}
