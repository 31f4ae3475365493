using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Rest.Shared;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.Agora.Rest.Groups;

/// <summary><c>GET /chatgroups/{g}/users</c>: members in pages, by number or by cursor.</summary>
internal sealed class ListChatGroupMembers(RosterDirectory rosters) : GroupEndpoint("GET", "/chatgroups/{g}/users")
{
    private const int Usual = 1_000;
    private const int UsualBatch = 50;

    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        if (await rosters.FindAsync(call.App.Id, group, ct) is not { Group.IsDismissed: false } roster) return GroupErrors.Missing(group);
        if (roster.Group.IsDisabled && !call.Caller.IsAdministrator) return Refuse(call, new(Condition.GroupDisabled));
        if (!roster.Group.IsListed && !call.Caller.IsAdministrator && roster.Find(call.Caller.User) is null)
            return Refuse(call, new(Condition.NotGroupMember, call.Caller.User.Value));

        var isByCursor = call.Query("limit") is not null || call.Query("cursor") is not null;
        if (isByCursor && PageCursor.SkipOf(call.Query("cursor")) is null) return PageCursor.Invalid;
        var (skip, take) = isByCursor
            ? new Paging(PageCursor.SkipOf(call.Query("cursor"))!.Value, call.Limit(UsualBatch, Usual))
            : Paging.Of(call, first: 1, Usual, Usual);
        var page = roster.Members.Skip((int)Math.Min(skip, int.MaxValue)).Take(take).ToArray();
        var showsTimes = call.Query("joined_time") == "true";
        return new()
        {
            Data = new JsonArray([.. page.Select(member => (JsonNode)GroupViews.Affiliation(member, showsTimes, showsAdmins: true))]),
            Count = page.Length,
            Cursor = isByCursor ? PageCursor.After(skip, page.Length, roster.Count) : null,
        };
    }
}

/// <summary><c>POST /chatgroups/{g}/users/{u}</c>: the app brings somebody in, who is not asked.</summary>
internal sealed class AddChatGroupMember(InviteMembers invite, NameLists names) : GroupEndpoint("POST", "/chatgroups/{g}/users/{u}", Access.App)
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var user = await names.OneAsync(call, call.TextIn("u"), ct);
        var invited = await invite.RunAsync(call.Caller, group, [user], reason: "", Reaches.Of(call), ct);
        return invited.TryGet(out var done, out var refusal)
            ? new AgoraReply { Data = new MemberAnswers("add_member", "groupid", group.Value).One(done.Items[0], static _ => "") }
            : Refuse(call, refusal);
    }
}

/// <summary><c>POST /chatgroups/{g}/users</c>: several at once. Who is in already is passed over; anything else refuses all of it.</summary>
internal sealed class AddChatGroupMembers(InviteMembers invite, RosterDirectory rosters, NameLists names) : GroupEndpoint("POST", "/chatgroups/{g}/users", Access.App)
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var (users, invalid) = await names.InBodyAsync(call, $"usernames size is more than max limit : {NameLists.Most}", ct);
        if (invalid is not null) return invalid;

        var roster = await rosters.FindAsync(call.App.Id, group, ct);
        UserId[] newcomers = [.. users.Where(user => roster?.Find(user) is null)];
        var invited = await invite.RunAsync(call.Caller, group, newcomers.Length > 0 ? newcomers : [users[0]], reason: "", Reaches.Of(call), ct);
        if (!invited.TryGet(out _, out var refusal))
            return refusal.Condition == Condition.GroupFull ? Refuse(call, new(Condition.MemberLimitAbovePlan)) : Refuse(call, refusal);

        return new AgoraReply
        {
            Data = new JsonObject
            {
                ["newmembers"] = new JsonArray([.. newcomers.Select(user => (JsonNode)user.Value)]),
                ["groupid"] = group.Value,
                ["action"] = "add_member",
            },
        };
    }
}

/// <summary><c>DELETE /chatgroups/{g}/users/{u,u…}</c>.</summary>
internal sealed class RemoveChatGroupMembers(KickMembers kick, NameLists names) : GroupEndpoint("DELETE", "/chatgroups/{g}/users/{u}")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var (users, invalid) = await names.InPathAsync(call, "u", $"kickMember: kickMembers number more than maxSize : {NameLists.Most}", ct);
        if (invalid is not null) return invalid;

        var removed = await kick.RunAsync(call.Caller, group, users, reason: "", Reaches.Of(call), ct, BatchMode.EachAlone);
        return removed.TryGet(out var done, out var refusal)
            ? new AgoraReply { Data = new MemberAnswers("remove_member", "groupid", group.Value).Of(done.Items, users.Count == 1, item => ReasonOf(item.Refusal!)) }
            : Refuse(call, refusal);
    }

    private static string ReasonOf(Refusal refusal) => refusal.Condition switch
    {
        Condition.KickTargetNotMember => $"user {refusal.Subject} doesn't exist.",
        _ => AgoraErrors.Of(refusal).Description,
    };
}

/// <summary>Who hears of it: <c>?need_notify=false</c> keeps it quiet.</summary>
internal static class Reaches
{
    public static NoticeReach Of(AgoraCall call) =>
        string.Equals(call.Query("need_notify"), "false", StringComparison.OrdinalIgnoreCase) ? NoticeReach.Nobody : NoticeReach.Timeline;
}

/// <summary><c>GET /chatgroups/{g}/user/{u}/is_joined</c>.</summary>
internal sealed class IsJoined(RosterDirectory rosters, NameLists names) : GroupEndpoint("GET,POST", "/chatgroups/{g}/user/{u}/is_joined", Access.App)
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct) =>
        await rosters.FindAsync(call.App.Id, group, ct) is { Group.IsDismissed: false } roster
            ? new AgoraReply { Data = roster.Find(await names.OneAsync(call, call.TextIn("u"), ct)) is not null }
            : Refuse(call, new(Condition.GroupNotFound));
}
