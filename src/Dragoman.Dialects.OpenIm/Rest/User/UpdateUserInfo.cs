using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;

namespace Dragoman.Dialects.OpenIm.Rest.User;

/// <summary><c>POST /user/update_user_info</c>: the older form, in which an empty member stays as it is.</summary>
internal sealed class UpdateUserInfo(UpdateProfile update) : OpenImEndpoint<updateUserInfoReq, Empty>("/user/update_user_info")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, updateUserInfoReq request, CancellationToken ct)
    {
        var info = request.UserInfo;
        if (info is null) return OpenImErrors.Args.With("userInfo is empty");
        if (info.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");
        if (call.Access(info.UserID) is { } denied) return denied;

        var change = new ProfileChange(Given(info.Nickname), Given(info.FaceURL), Given(info.Ex));
        var updated = await update.RunAsync(call.Caller, new UserId(info.UserID), change, ct);
        return updated.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }

    private static string? Given(string text) => text.Length > 0 ? text : null;
}

/// <summary><c>POST /user/set_global_msg_recv_opt</c>: whether messages reach the user at all, and with a sound.</summary>
internal sealed class SetGlobalMsgRecvOpt(UpdateProfile update)
    : OpenImEndpoint<setGlobalRecvMessageOptReq, Empty>("/user/set_global_msg_recv_opt")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, setGlobalRecvMessageOptReq request, CancellationToken ct)
    {
        if (request.GlobalRecvMsgOpt is < 0 or > 2) return OpenImErrors.Args.With("GlobalRecvMsgOpt is invalid");
        if (request.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");
        if (call.Access(request.UserID) is { } denied) return denied;

        var change = new ProfileChange(Receive: UserInfos.OptionOf(request.GlobalRecvMsgOpt));
        var updated = await update.RunAsync(call.Caller, new UserId(request.UserID), change, ct);
        return updated.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}
