using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/get_group_abstract_info</c>: how many members groups have, and a fingerprint of who they are.</summary>
internal sealed class GetGroupAbstractInfo(RosterDirectory rosters)
    : OpenImEndpoint<GetGroupAbstractInfoReq, GetGroupAbstractInfoResp>("/group/get_group_abstract_info")
{
    protected override async ValueTask<OpenImReply<GetGroupAbstractInfoResp>> HandleAsync(
        OpenImCall call, GetGroupAbstractInfoReq request, CancellationToken ct)
    {
        if (!call.Given.Has("groupIDs")) return OpenImErrors.Args.With("GroupID is empty");
        if (request.GroupIDs.Count == 0) return OpenImErrors.Args.With("groupIDs empty");
        if (request.GroupIDs.Distinct().Count() != request.GroupIDs.Count) return OpenImErrors.Args.With("groupIDs duplicate");
        if (request.GroupIDs.Count > UserLists.MaxIds) return OpenImErrors.Args.With("groupIDs is too long");

        var reply = new GetGroupAbstractInfoResp();
        foreach (var id in request.GroupIDs)
        {
            var roster = await rosters.FindAsync(call.AppId, new GroupId(id), ct);
            if (!call.Caller.IsAdministrator && roster?.Find(call.Caller.User) is null) return OpenImErrors.NoPermission.With("op user not in group");
            if (roster is null) return OpenImErrors.GroupIdNotFound.With(id);

            reply.GroupAbstractInfos.Add(new GroupAbstractInfo
            {
                GroupID = id,
                GroupMemberNumber = (uint)roster.Count,
                GroupMemberListHash = HashOf(roster),
            });
        }

        return reply;
    }

    /// <summary>The same for the same members, whatever their ranks and whenever they came.</summary>
    private static ulong HashOf(Roster roster)
    {
        var ids = string.Join('\n', roster.Members.Select(m => m.User.Value).Order(StringComparer.Ordinal));
        return BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(ids)));
    }
}
