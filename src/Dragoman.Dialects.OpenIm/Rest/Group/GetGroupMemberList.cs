using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/get_group_member_list</c>: members in pages, by rank and then by time of joining.</summary>
internal sealed class GetGroupMemberList(GroupMembers members)
    : OpenImEndpoint<GetGroupMemberListReq, GetGroupMemberListResp>("/group/get_group_member_list")
{
    protected override async ValueTask<OpenImReply<GetGroupMemberListResp>> HandleAsync(
        OpenImCall call, GetGroupMemberListReq request, CancellationToken ct)
    {
        if (Paging.Check(request.Pagination) is { } invalid) return invalid;
        if (request.GroupID.Length == 0) return OpenImErrors.Args.With("groupID is empty");
        if (request.Filter is < 0 or > 5) return OpenImErrors.Args.With("filter is invalid");
        var (roster, error) = await members.LookAsync(call, request.GroupID, ct);
        if (roster is null) return error!;

        var matching = new List<GroupMemberFullInfo>();
        foreach (var member in roster.Members)
        {
            if (!Passes(request.Filter, member.Role)) continue;
            var info = await members.DescribeAsync(roster, member, ct);
            if (Matches(request.Keyword, info)) matching.Add(info);
        }

        var reply = new GetGroupMemberListResp { Total = (uint)matching.Count };
        reply.Members.Add(matching.Page(request.Pagination));
        return reply;
    }

    private static bool Passes(int filter, GroupRole role) => filter switch
    {
        1 => role == GroupRole.Owner,
        2 => role == GroupRole.Manager,
        3 => role == GroupRole.Member,
        4 => role is GroupRole.Manager or GroupRole.Member,
        5 => role is GroupRole.Owner or GroupRole.Manager,
        _ => true,
    };

    private static bool Matches(string keyword, GroupMemberFullInfo info) =>
        keyword.Length == 0
        || info.Nickname.Contains(keyword, StringComparison.OrdinalIgnoreCase)
        || info.UserID.Contains(keyword, StringComparison.OrdinalIgnoreCase);
}
