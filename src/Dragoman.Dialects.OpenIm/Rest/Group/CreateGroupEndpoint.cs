using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Ids;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/create_group</c>: founds a working group.</summary>
internal sealed class CreateGroupEndpoint(CreateGroup create) : OpenImEndpoint<CreateGroupReq, CreateGroupResp>("/group/create_group")
{
    private const int MaxMembers = 1_000;

    protected override async ValueTask<OpenImReply<CreateGroupResp>> HandleAsync(
        OpenImCall call, CreateGroupReq request, CancellationToken ct)
    {
        if (Validate(request) is { } invalid) return invalid;
        if (call.Access(request.OwnerUserID) is { } denied) return denied;
        if (request.GroupInfo.GroupType != GroupInfos.WorkingGroup) return OpenImErrors.Args.With("group type only supports 2");

        (UserId, GroupRole)[] others =
        [
            .. request.AdminUserIDs.Select(id => (new UserId(id), GroupRole.Manager)),
            .. request.MemberUserIDs.Select(id => (new UserId(id), GroupRole.Member)),
        ];
        var reach = Reaches.Of(request.HasSendMessage, request.SendMessage);
        var created = await create.RunAsync(call.Caller, GroupOf(call, request), others, reach, ct);
        return created.TryGet(out var roster, out var refusal)
            ? new CreateGroupResp { GroupInfo = GroupInfos.Of(roster) }
            : refusal;
    }

    private static OpenImError? Validate(CreateGroupReq request)
    {
        if (request.GroupInfo is not { } info) return OpenImErrors.Args.With("groupInfo is empty");
        if (info.GroupType is < 0 or > 2) return OpenImErrors.Args.With("GroupType is invalid");
        if (request.OwnerUserID.Length == 0) return OpenImErrors.Args.With("ownerUserID is empty");
        return request.MemberUserIDs.Count + request.AdminUserIDs.Count + 1 > MaxMembers
            ? OpenImErrors.Args.With("too many members")
            : GroupRules.Check(info.NeedVerification, info.LookMemberInfo, info.ApplyMemberFriend);
    }

    private static Engine.Groups.Group GroupOf(OpenImCall call, CreateGroupReq request)
    {
        var info = request.GroupInfo;
        var (apply, invite) = GroupInfos.RulesOf(info.NeedVerification);
        return new()
        {
            App = default,
            Id = new GroupId(info.GroupID.Length > 0 ? info.GroupID : OpenImIds.NewGroupId()),
            Type = GroupTypes.Team.Id,
            Name = info.GroupName,
            Avatar = info.FaceURL,
            Introduction = info.Introduction,
            Announcement = info.Notification,
            Extra = info.Ex,
            Owner = new UserId(request.OwnerUserID),
            Creator = default,
            Apply = apply,
            Invite = invite,
            MembersSeeMembers = info.LookMemberInfo == 0,
            MembersMayBefriend = info.ApplyMemberFriend == 0,
            NewcomersSeeHistory = call.App.Settings.EnableHistoryForNewMembers,
        };
    }
}
