using System.Collections.Immutable;
using System.Globalization;
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
        var created = await create.RunAsync(call.Caller, GroupOf(request), others, ct);
        return created.TryGet(out var roster, out var refusal)
            ? new CreateGroupResp { GroupInfo = GroupInfos.Of(roster) }
            : refusal;
    }

    private static OpenImError? Validate(CreateGroupReq request)
    {
        if (request.GroupInfo is null) return OpenImErrors.Args.With("groupInfo is empty");
        if (request.GroupInfo.GroupType is < 0 or > 2) return OpenImErrors.Args.With("GroupType is invalid");
        if (request.OwnerUserID.Length == 0) return OpenImErrors.Args.With("ownerUserID is empty");
        return request.MemberUserIDs.Count + request.AdminUserIDs.Count + 1 > MaxMembers
            ? OpenImErrors.Args.With("too many members")
            : null;
    }

    private static Engine.Groups.Group GroupOf(CreateGroupReq request)
    {
        var info = request.GroupInfo;
        var traits = ImmutableDictionary<string, string>.Empty;
        if (info.LookMemberInfo != 0)
            traits = traits.Add(GroupInfos.LookMemberInfoTrait, info.LookMemberInfo.ToString(CultureInfo.InvariantCulture));
        if (info.ApplyMemberFriend != 0)
            traits = traits.Add(GroupInfos.ApplyMemberFriendTrait, info.ApplyMemberFriend.ToString(CultureInfo.InvariantCulture));
        return new()
        {
            App = default,
            Id = new GroupId(info.GroupID.Length > 0 ? info.GroupID : OpenImIds.NewGroupId()),
            Name = info.GroupName,
            Avatar = info.FaceURL,
            Introduction = info.Introduction,
            Announcement = info.Notification,
            Extra = info.Ex,
            Owner = new UserId(request.OwnerUserID),
            Creator = default,
            Join = info.NeedVerification is >= 0 and <= 2 ? (JoinMode)info.NeedVerification : JoinMode.Approval,
            Traits = traits,
        };
    }
}
