using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;

namespace Dragoman.Dialects.OpenIm.Rest.User;

/// <summary><c>POST /user/update_user_info_ex</c>: changes a profile; an absent member stays as it is.</summary>
internal sealed class UpdateUserInfoEx(UpdateProfile update) : OpenImEndpoint<updateUserInfoExReq, Empty>("/user/update_user_info_ex")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, updateUserInfoExReq request, CancellationToken ct)
    {
        var info = request.UserInfo;
        if (info is null) return OpenImErrors.Args.With("userInfo is empty");
        if (info.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");
        if (info.GlobalRecvMsgOpt is { Value: < 0 or > 2 }) return OpenImErrors.Args.With("GlobalRecvMsgOpt is invalid");
        if (call.Access(info.UserID) is { } denied) return denied;

        var change = new ProfileChange(
            info.Nickname?.Value,
            info.FaceURL?.Value,
            info.Ex?.Value,
            info.GlobalRecvMsgOpt is { } option ? UserInfos.OptionOf(option.Value) : null);
        var updated = await update.RunAsync(call.Caller, new UserId(info.UserID), change, ct);
        return updated.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}
