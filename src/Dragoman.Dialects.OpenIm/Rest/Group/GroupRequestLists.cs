using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Ports;
using Google.Protobuf.Collections;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary>What the routes that list applications share.</summary>
internal sealed class GroupRequestLists(RosterDirectory rosters, AccountDirectory accounts)
{
    public static OpenImError? Check(RequestPagination pagination, IReadOnlyCollection<string> groupIds, IReadOnlyCollection<int> handleResults)
    {
        if (Paging.Check(pagination) is { } invalid) return invalid;
        if (groupIds.Count > UserLists.MaxIds) return OpenImErrors.Args.With("groupIDs is too long");
        return handleResults.Any(r => GroupRequests.StateOf(r) is null) ? OpenImErrors.Args.With("handleResults is invalid") : null;
    }

    public static ApplicationFilter FilterOf(RequestPagination pagination, IReadOnlyCollection<int> handleResults)
    {
        var (skip, take) = pagination.Window();
        return new([.. handleResults.Select(r => GroupRequests.StateOf(r)!.Value)], skip, take);
    }

    /// <summary>Adds the applications to a reply, each with its applicant and its group.</summary>
    /// <returns>Null; or 1201 when a group is gone.</returns>
    public async ValueTask<OpenImError?> AddAsync(
        OpenImCall call, IReadOnlyList<GroupApplication> applications, RepeatedField<GroupRequest> reply, CancellationToken ct)
    {
        foreach (var application in applications)
        {
            var roster = await rosters.FindAsync(call.AppId, application.Group, ct);
            if (roster is null) return OpenImErrors.GroupIdNotFound.With(application.Group.Value);

            var account = await accounts.FindAsync(call.AppId, application.Applicant, ct);
            var applicant = account is null ? new PublicUserInfo { UserID = application.Applicant.Value } : UserInfos.PublicOf(account);
            reply.Add(GroupRequests.Of(application, applicant, GroupInfos.Of(roster)));
        }

        return null;
    }
}
