using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Notices;
using Dragoman.Engine.Relations;
using FriendRequest = Dragoman.Dialects.OpenIm.Protos.FriendRequest;

namespace Dragoman.Dialects.OpenIm.Messages;

/// <summary>Friends, requests and blocks in the vendor's words.</summary>
/// <remarks>
/// In lists <c>createTime</c> of a friend and of a blocked user is in seconds; on the two "specified" routes it is in milliseconds, as
/// everywhere else. So it is upstream (<c>pkg/common/convert</c>, <c>internal/rpc/relation</c>, read 2026-07).
/// </remarks>
internal sealed class FriendInfos(AccountDirectory accounts)
{
    private const int MillisecondsPerSecond = 1_000;

    public async ValueTask<FriendInfo> OfAsync(AppId app, Friendship friend, CancellationToken ct) => new()
    {
        OwnerUserID = friend.Owner.Value,
        Remark = friend.Remark,
        CreateTime = friend.AddedAt / MillisecondsPerSecond,
        FriendUser = UserOf(friend.Friend, await accounts.FindAsync(app, friend.Friend, ct)),
        AddSource = SourceOf(friend.Source),
        OperatorUserID = friend.Operator,
        Ex = friend.Extra,
        IsPinned = friend.IsPinned,
    };

    public async ValueTask<BlackInfo> OfAsync(AppId app, Block block, CancellationToken ct)
    {
        var account = await accounts.FindAsync(app, block.Blocked, ct);
        return new()
        {
            OwnerUserID = block.Owner.Value,
            CreateTime = block.BlockedAt / MillisecondsPerSecond,
            BlackUserInfo = account is null ? new PublicUserInfo { UserID = block.Blocked.Value } : UserInfos.PublicOf(account),
            OperatorUserID = block.Operator,
            Ex = block.Extra,
        };
    }

    /// <summary>As the routes that name users say it.</summary>
    public async ValueTask<FriendInfo> WithMillisecondsAsync(AppId app, Friendship friend, CancellationToken ct)
    {
        var info = await OfAsync(app, friend, ct);
        info.CreateTime = friend.AddedAt;
        return info;
    }

    /// <inheritdoc cref="WithMillisecondsAsync(AppId, Friendship, CancellationToken)"/>
    public async ValueTask<BlackInfo> WithMillisecondsAsync(AppId app, Block block, CancellationToken ct)
    {
        var info = await OfAsync(app, block, ct);
        info.CreateTime = block.BlockedAt;
        return info;
    }

    public async ValueTask<FriendRequest> OfAsync(AppId app, Engine.Relations.FriendRequest request, CancellationToken ct) =>
        Of(request, await FactsAsync(app, request.From, ct), await FactsAsync(app, request.To, ct));

    public static FriendRequest Of(Engine.Relations.FriendRequest request, ProfileFacts from, ProfileFacts to) => new()
    {
        FromUserID = request.From.Value,
        FromNickname = from.Nickname,
        FromFaceURL = from.Avatar,
        ToUserID = request.To.Value,
        ToNickname = to.Nickname,
        ToFaceURL = to.Avatar,
        HandleResult = ResultOf(request.State),
        ReqMsg = request.Message,
        CreateTime = request.RequestedAt,
        HandlerUserID = request.Handler,
        HandleMsg = request.Answer,
        HandleTime = request.HandledAt,
        Ex = request.Extra,
    };

    /// <summary>Empty asks for all; a number that is none of the vendor's finds nothing.</summary>
    public static FriendRequestStates StatesOf(IReadOnlyCollection<int> handleResults)
    {
        if (handleResults.Count == 0) return FriendRequestStates.All;

        var states = FriendRequestStates.None;
        foreach (var result in handleResults)
        {
            states |= result switch
            {
                0 => FriendRequestStates.Pending,
                1 => FriendRequestStates.Accepted,
                -1 => FriendRequestStates.Refused,
                _ => FriendRequestStates.None,
            };
        }

        return states;
    }

    private static int ResultOf(FriendRequestState state) => state switch
    {
        FriendRequestState.Accepted => 1,
        FriendRequestState.Refused => -1,
        _ => 0,
    };

    /// <summary>1 import, 2 application.</summary>
    private static int SourceOf(FriendSource source) => source switch
    {
        FriendSource.Import => 1,
        FriendSource.Request => 2,
        _ => 0,
    };

    /// <summary>What upstream says of a friend; never absent, because the SDKs look into it unasked.</summary>
    private static UserInfo UserOf(UserId user, Account? account) => new()
    {
        UserID = user.Value,
        Nickname = account?.Nickname ?? "",
        FaceURL = account?.Avatar ?? "",
        Ex = account?.Extra ?? "",
    };

    private async ValueTask<ProfileFacts> FactsAsync(AppId app, UserId user, CancellationToken ct)
    {
        var account = await accounts.FindAsync(app, user, ct);
        return new(user, account?.Nickname ?? "", account?.Avatar ?? "");
    }
}
