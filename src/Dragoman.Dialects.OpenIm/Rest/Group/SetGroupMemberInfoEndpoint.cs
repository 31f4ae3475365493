using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/set_group_member_info</c>: names, faces and ranks of members, of one group or of several.</summary>
internal sealed class SetGroupMemberInfoEndpoint(UpdateMembers update)
    : OpenImEndpoint<SetGroupMemberInfoReq, Empty>("/group/set_group_member_info")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, SetGroupMemberInfoReq request, CancellationToken ct)
    {
        if (Validate(request) is { } invalid) return invalid;

        var groups = request.Members.GroupBy(m => m.GroupID, ChangeOf).Select(g => (Id: new GroupId(g.Key), Changes: g.ToArray())).ToArray();

        // What one group refuses leaves the others as they are.
        foreach (var (id, changes) in groups)
        {
            if (await update.CheckAsync(call.Caller, id, changes, ct) is { } refused) return ErrorOf(call, refused, changes);
        }

        foreach (var (id, changes) in groups)
        {
            var updated = await update.RunAsync(call.Caller, id, changes, ct);
            if (!updated.TryGet(out _, out var refusal)) return ErrorOf(call, refusal, changes);
        }

        return new Empty();
    }

    private static OpenImError? Validate(SetGroupMemberInfoReq request)
    {
        if (request.Members.Count == 0) return OpenImErrors.Args.With("members is empty");
        if (request.Members.Count > UserLists.MaxIds) return OpenImErrors.Args.With("members is too long");
        foreach (var member in request.Members)
        {
            if (member.GroupID.Length == 0) return OpenImErrors.Args.With("groupID is empty");
            if (member.UserID.Length == 0) return OpenImErrors.Args.With("userID is empty");
            if (member.RoleLevel is { } level && GroupInfos.RoleOf(level.Value) == GroupRole.None) return OpenImErrors.Args.With("invalid role level");
        }

        return null;
    }

    private static MemberChange ChangeOf(SetGroupMemberInfo member) => new(new UserId(member.UserID))
    {
        Nickname = member.Nickname?.Value,
        Avatar = member.FaceURL?.Value,
        Extra = member.Ex?.Value,
        Role = member.RoleLevel is { } level ? GroupInfos.RoleOf(level.Value) : null,
    };

    /// <summary>"Not in the group" is 1001, and 1002 when it is only the operator who is not; a group that is over has no members.</summary>
    private static OpenImError ErrorOf(OpenImCall call, Refusal refusal, MemberChange[] changes) => refusal.Condition switch
    {
        Condition.NotGroupMember => OpenImErrors.NoPermission.With("user not in group"),
        Condition.TargetNotMember => OpenImErrors.Args.With("user not in group"),
        Condition.GroupNotFound or Condition.GroupDismissed => changes.All(c => c.User == call.Caller.User)
            ? OpenImErrors.NoPermission.With("user not in group")
            : OpenImErrors.Args.With("user not in group"),
        Condition.GroupMembersRepeated => OpenImErrors.Args.With("repeat group user"),
        _ => refusal,
    };
}
