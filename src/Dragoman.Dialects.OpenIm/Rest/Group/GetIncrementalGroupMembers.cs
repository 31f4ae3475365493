using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary>What changed among the members of a group.</summary>
internal sealed class MemberStreams(VersionStreams streams, GroupMembers members)
{
    /// <returns>The answer for one group; the group itself with it when it, or the number of members, changed.</returns>
    public async ValueTask<getIncrementalGroupMemberResp> ReadAsync(Roster roster, getIncrementalGroupMemberReq request, CancellationToken ct)
    {
        var stream = new StreamKey(roster.Group.App, StreamKind.GroupMembers, roster.Group.Id.Value);
        var answer = await streams.ReadAsync(stream, request.VersionID, request.Version, ct);
        var reply = new getIncrementalGroupMemberResp { Version = answer.Version, VersionID = answer.VersionId, Full = answer.IsFull };
        var isGroupChanged = answer.IsFull || answer.Has(StreamState.Inserted) || answer.Has(StreamState.Deleted);
        foreach (var change in answer.Changes)
        {
            if (change.Element == StreamElements.Whole) isGroupChanged = true;
            else if (change.Element == StreamElements.Order) reply.SortVersion = answer.Version;
            else if (change.State == StreamState.Deleted) reply.Delete.Add(change.Element);
            else if (roster.Find(new UserId(change.Element)) is { } member)
                (change.State == StreamState.Inserted ? reply.Insert : reply.Update).Add(await members.DescribeAsync(roster, member, ct));
        }

        if (isGroupChanged) reply.Group = GroupInfos.Of(roster);
        return reply;
    }
}

/// <summary><c>POST /group/get_incremental_group_members</c></summary>
internal sealed class GetIncrementalGroupMembers(GroupMembers members, MemberStreams streams)
    : OpenImEndpoint<getIncrementalGroupMemberReq, getIncrementalGroupMemberResp>("/group/get_incremental_group_members")
{
    protected override async ValueTask<OpenImReply<getIncrementalGroupMemberResp>> HandleAsync(
        OpenImCall call, getIncrementalGroupMemberReq request, CancellationToken ct)
    {
        var (roster, error) = await members.LookAsync(call, request.GroupID, ct);
        if (roster is null) return error!;
        return roster.Group.IsDismissed ? OpenImErrors.DismissedAlready : await streams.ReadAsync(roster, request, ct);
    }
}

/// <summary><c>POST /group/get_incremental_group_members_batch</c>: the same for many groups; dismissed ones are left out.</summary>
internal sealed class GetIncrementalGroupMembersBatch(GroupMembers members, MemberStreams streams)
    : OpenImEndpoint<BatchGetIncrementalGroupMemberReq, BatchGetIncrementalGroupMemberResp>("/group/get_incremental_group_members_batch")
{
    /// <summary>After so many changed members the client has to ask again for the other groups.</summary>
    private const int MaxChanges = 500;

    protected override async ValueTask<OpenImReply<BatchGetIncrementalGroupMemberResp>> HandleAsync(
        OpenImCall call, BatchGetIncrementalGroupMemberReq request, CancellationToken ct)
    {
        var reply = new BatchGetIncrementalGroupMemberResp();
        var changes = 0;
        foreach (var item in request.ReqList)
        {
            if (changes >= MaxChanges) break;
            var (roster, error) = await members.LookAsync(call, item.GroupID, ct);
            if (roster is null) return error!;
            if (roster.Group.IsDismissed) continue;

            var answer = await streams.ReadAsync(roster, item, ct);
            changes += answer.Insert.Count + answer.Update.Count + answer.Delete.Count;
            reply.RespList[item.GroupID] = answer;
        }

        return reply;
    }
}
