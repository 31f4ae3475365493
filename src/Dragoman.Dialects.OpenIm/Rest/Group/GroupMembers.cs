using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary>What the routes about members share: who may look, and members with their accounts.</summary>
internal sealed class GroupMembers(RosterDirectory rosters, AccountDirectory accounts)
{
    /// <returns>The group; or 1004 for an administrator and an unknown group, 1002 for anybody from outside.</returns>
    public async ValueTask<(Roster? Roster, OpenImError? Error)> LookAsync(OpenImCall call, string groupId, CancellationToken ct)
    {
        var roster = await rosters.FindAsync(call.AppId, new GroupId(groupId), ct);
        if (call.Caller.IsAdministrator)
            return roster is null ? (null, OpenImErrors.RecordNotFound.With("group not found")) : (roster, null);
        return roster?.Find(call.Caller.User) is null ? (null, OpenImErrors.NoPermission.With("op user not in group")) : (roster, null);
    }

    public async ValueTask<GroupMemberFullInfo> DescribeAsync(Roster roster, Member member, CancellationToken ct) =>
        GroupInfos.Of(roster.Group, member, await accounts.FindAsync(roster.Group.App, member.User, ct));
}
