using System.Globalization;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;
using Dragoman.Engine.Ports;
using Google.Protobuf.Collections;

namespace Dragoman.Dialects.OpenIm.Rest.Statistics;

/// <summary><c>POST /statistics/user/register</c>: accounts by the day of their creation.</summary>
internal sealed class UserRegisterCount(IAccountStore accounts)
    : OpenImEndpoint<userRegisterCountReq, userRegisterCountResp>("/statistics/user/register")
{
    protected override async ValueTask<OpenImReply<userRegisterCountResp>> HandleAsync(
        OpenImCall call, userRegisterCountReq request, CancellationToken ct)
    {
        if (Periods.Check(request.Start, request.End) is { } invalid) return invalid;

        var count = await accounts.CountCreatedAsync(call.AppId, request.Start, request.End, ct);
        var reply = new userRegisterCountResp { Total = count.Total, Before = count.Before };
        Periods.Fill(reply.Count, count.Days);
        return reply;
    }
}

/// <summary><c>POST /statistics/group/create</c>: groups by the day of their foundation.</summary>
internal sealed class GroupCreateCount(IGroupStore groups) : OpenImEndpoint<GroupCreateCountReq, GroupCreateCountResp>("/statistics/group/create")
{
    protected override async ValueTask<OpenImReply<GroupCreateCountResp>> HandleAsync(
        OpenImCall call, GroupCreateCountReq request, CancellationToken ct)
    {
        if (Periods.Check(request.Start, request.End) is { } invalid) return invalid;
        if (call.AdminOnly() is { } denied) return denied;

        var count = await groups.CountCreatedAsync(call.AppId, request.Start, request.End, ct);
        var reply = new GroupCreateCountResp { Total = count.Total, Before = count.Before };
        Periods.Fill(reply.Count, count.Days);
        return reply;
    }
}

/// <summary><c>POST /statistics/user/active</c>: who said most; <c>group</c> counts what was said in groups, too.</summary>
internal sealed class ActiveUsers(RankActivity ranking, AccountDirectory accounts)
    : OpenImEndpoint<GetActiveUserReq, GetActiveUserResp>("/statistics/user/active")
{
    protected override async ValueTask<OpenImReply<GetActiveUserResp>> HandleAsync(OpenImCall call, GetActiveUserReq request, CancellationToken ct)
    {
        if (Periods.Check(request.Start, request.End) is { } invalid) return invalid;
        if (Paging.Check(request.Pagination) is { } unpaged) return unpaged;
        if (call.AdminOnly() is { } denied) return denied;

        var (skip, take) = Paging.Window(request.Pagination);
        var ranked = await ranking.OfUsersAsync(call.Caller, request.Start, request.End, request.Group, request.Ase, skip, take, ct);
        if (!ranked.TryGet(out var found, out var refusal)) return refusal;

        var reply = new GetActiveUserResp { MsgCount = found.Messages, UserCount = found.Subjects };
        Periods.Fill(reply.DateCount, found.Days);
        foreach (var (userId, count) in found.Page)
        {
            var account = await accounts.FindAsync(call.AppId, new UserId(userId), ct);
            reply.Users.Add(new ActiveUser { User = account is null ? new UserInfo { UserID = userId } : UserInfos.Of(account), Count = count });
        }

        return reply;
    }
}

/// <summary><c>POST /statistics/group/active</c>: where most was said.</summary>
internal sealed class ActiveGroups(RankActivity ranking, RosterDirectory rosters)
    : OpenImEndpoint<GetActiveGroupReq, GetActiveGroupResp>("/statistics/group/active")
{
    protected override async ValueTask<OpenImReply<GetActiveGroupResp>> HandleAsync(OpenImCall call, GetActiveGroupReq request, CancellationToken ct)
    {
        if (Periods.Check(request.Start, request.End) is { } invalid) return invalid;
        if (Paging.Check(request.Pagination) is { } unpaged) return unpaged;
        if (call.AdminOnly() is { } denied) return denied;

        var (skip, take) = Paging.Window(request.Pagination);
        var ranked = await ranking.OfGroupsAsync(call.Caller, request.Start, request.End, request.Ase, skip, take, ct);
        if (!ranked.TryGet(out var found, out var refusal)) return refusal;

        var reply = new GetActiveGroupResp { MsgCount = found.Messages, GroupCount = found.Subjects };
        Periods.Fill(reply.DateCount, found.Days);
        foreach (var (groupId, count) in found.Page)
        {
            var roster = await rosters.FindAsync(call.AppId, new GroupId(groupId), ct);
            reply.Groups.Add(new ActiveGroup { Group = roster is null ? new GroupInfo { GroupID = groupId } : GroupInfos.Of(roster.Group, roster.Count), Count = count });
        }

        return reply;
    }
}

/// <summary>What these routes share: a period in Unix milliseconds, counts by date.</summary>
internal static class Periods
{
    public static OpenImError? Check(long start, long end)
    {
        if (start <= 0) return OpenImErrors.Args.With("start is invalid");
        return end <= 0 ? OpenImErrors.Args.With("end is invalid") : null;
    }

    public static void Fill(MapField<string, long> dates, IReadOnlyDictionary<long, long> days)
    {
        foreach (var (day, count) in days)
            dates[DateTimeOffset.FromUnixTimeMilliseconds(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)] = count;
    }
}
