using System.Globalization;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Rest.Shared;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.Agora.Rest.Groups;

/// <summary><c>GET /chatgroups</c>: all groups of the app, newest first.</summary>
internal sealed class ListChatGroups(ListGroups list) : AgoraEndpoint("GET", "/chatgroups", Access.App)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var (page, error) = await GroupPages.OfAppAsync(list, call, listed: false, ct);
        if (page is null) return error!;
        return new()
        {
            Data = new JsonArray([.. page.Items.Select(roster => (JsonNode)new JsonObject
            {
                ["owner"] = $"{call.App.Key}_{roster.Group.Owner}",
                ["groupid"] = roster.Group.Id.Value,
                ["affiliations"] = roster.Count,
                ["type"] = "group",
                ["lastModified"] = roster.Group.CreatedAt.ToString(CultureInfo.InvariantCulture),
                ["groupname"] = roster.Group.Name,
            })]),
            Count = page.Items.Count,
            Cursor = GroupPages.CursorOf(page),
        };
    }
}

/// <summary><c>GET /publicchatgroups</c>: groups that everybody may find.</summary>
internal sealed class PublicChatGroups(ListGroups list) : AgoraEndpoint("GET", "/publicchatgroups", Access.Users)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var (page, error) = await GroupPages.OfAppAsync(list, call, listed: true, ct);
        if (page is null) return error!;
        return new()
        {
            Data = new JsonArray([.. page.Items.Select(roster => (JsonNode)GroupPages.Short(call, roster.Group))]),
            Count = page.Items.Count,
            Cursor = GroupPages.CursorOf(page),
        };
    }
}

/// <summary><c>GET /users/{u}/joined_chatgroups</c>: the groups of a user, all or a page of them.</summary>
internal sealed class JoinedChatGroups(ListGroups list, AccountDirectory accounts) : AgoraEndpoint("GET", "/users/{u}/joined_chatgroups", Access.Owner)
{
    private const int Most = 1_000;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var user = call.UserIn("u");
        if (await accounts.FindAsync(call.App.Id, user, ct) is null) return AgoraErrors.UserNotFound;

        var paging = Paging.Of(call, first: 0, Most, Most);
        var listed = await list.OfUserAsync(call.Caller, user, paging.Skip, paging.Take, ct);
        if (!listed.TryGet(out var page, out var refusal)) return refusal;
        return new()
        {
            Data = new JsonArray([.. page.Items.Select(roster =>
            {
                var one = GroupPages.Short(call, roster.Group);
                if (MemberAnswers.IsNewShape(call)) (one["disabled"], one["permission"]) = (roster.Group.IsDisabled, GroupViews.Permission(roster.RoleOf(user)));
                return (JsonNode)one;
            })]),
            Count = page.Items.Count,
        };
    }
}

/// <summary><c>GET /chatgroups/user/{u}</c>: the groups of a user with what he is there.</summary>
internal sealed class GroupsOfUser(ListGroups list, AccountDirectory accounts, EngineLimits limits) : AgoraEndpoint("GET", "/chatgroups/user/{u}", Access.Owner)
{
    private const int Usual = 5;
    private const int Most = 20;

    public override int CallsPerSecond => 50;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var user = call.UserIn("u");
        if (await accounts.FindAsync(call.App.Id, user, ct) is null) return AgoraErrors.UserNotFound;

        var paging = Paging.Of(call, first: 0, Usual, Most);
        var listed = await list.OfUserAsync(call.Caller, user, paging.Skip, paging.Take, ct);
        if (!listed.TryGet(out var page, out var refusal)) return refusal;
        return new()
        {
            Entities = [.. page.Items.Select(roster => Entity(call, roster, user))],
            Beside = new() { ["total"] = page.Total },
        };
    }

    private JsonObject Entity(AgoraCall call, Roster roster, UserId user)
    {
        var group = roster.Group;
        var one = new JsonObject
        {
            ["name"] = group.Name,
            ["avatar"] = group.Avatar,
            ["owner"] = group.Owner.Value,
            ["id"] = group.Id.Value,
            ["groupId"] = group.Id.Value,
            ["description"] = group.Introduction,
            ["disabled"] = group.IsDisabled,
            ["public"] = group.IsListed,
            ["allowinvites"] = GroupSwitches.AllowsInvites(group),
            ["membersonly"] = GroupSwitches.IsMembersOnly(group),
            ["maxusers"] = roster.Capacity(limits.MaxGroupMembers),
            ["created"] = group.CreatedAt,
        };
        if (call.Query("needAffiliations") == "true") one["affiliations_count"] = roster.Count;
        if (call.Query("needRole") == "true") one["permission"] = GroupViews.Permission(roster.RoleOf(user));
        return one;
    }
}

/// <summary><c>GET /chatgroups/user/{u}/joined_count</c>.</summary>
internal sealed class JoinedCount(ListGroups list) : AgoraEndpoint("GET", "/chatgroups/user/{u}/joined_count", Access.Owner)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var listed = await list.OfUserAsync(call.Caller, call.UserIn("u"), skip: 0, take: 0, ct);
        return listed.TryGet(out var page, out var refusal) ? new AgoraReply { Data = page.Total } : refusal;
    }
}

/// <summary>What lists of groups share.</summary>
internal static class GroupPages
{
    private const int Usual = 10;
    private const int Most = 1_000;

    public static async ValueTask<(GroupList? Page, AgoraReply? Error)> OfAppAsync(ListGroups list, AgoraCall call, bool listed, CancellationToken ct)
    {
        if (PageCursor.SkipOf(call.Query("cursor")) is not (>= 0 and <= int.MaxValue and var before)) return (null, PageCursor.Invalid);
        var read = await list.OfAppAsync(call.Caller, (int)before, call.Limit(Usual, Most), listed, ct);
        return read.TryGet(out var page, out var refusal) ? (page, null) : (null, refusal);
    }

    public static string? CursorOf(GroupList page) => page.Next == 0 ? null : PageCursor.At(page.Next);

    /// <summary>A group in a list, in either of the vendor's shapes.</summary>
    public static JsonObject Short(AgoraCall call, Group group) => MemberAnswers.IsNewShape(call)
        ? new() { ["id"] = group.Id.Value, ["name"] = group.Name }
        : new() { ["groupid"] = group.Id.Value, ["groupname"] = group.Name };
}
