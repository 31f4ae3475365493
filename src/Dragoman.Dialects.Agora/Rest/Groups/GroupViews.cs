using System.Text.Json.Nodes;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.Agora.Rest.Groups;

/// <summary>Groups and members as answers show them (sections 4.9 and 4.10).</summary>
internal static class GroupViews
{
    /// <summary>Members that the details of a group name.</summary>
    private const int MaxShown = 10_000;

    /// <param name="reader">Who asks; members of a group that is in no list are shown to its members alone.</param>
    /// <param name="showsTimes">Whether it is said when each came in.</param>
    /// <param name="isShielded">Whether the reader hears nothing of it.</param>
    public static JsonObject Details(Roster roster, Caller reader, long now, bool showsTimes, bool isShielded, int capacity)
    {
        var group = roster.Group;
        var seesMembers = group.IsListed || reader.IsAdministrator || roster.Find(reader.User) is not null;
        return new()
        {
            ["id"] = group.Id.Value,
            ["name"] = group.Name,
            ["avatar"] = group.Avatar,
            ["description"] = group.Introduction,
            ["membersonly"] = GroupSwitches.IsMembersOnly(group),
            ["allowinvites"] = GroupSwitches.AllowsInvites(group),
            ["invite_need_confirm"] = group.InviteeConsents,
            ["maxusers"] = roster.Capacity(capacity),
            ["owner"] = group.Owner.Value,
            ["created"] = group.CreatedAt,
            ["custom"] = group.Extra,
            ["mute"] = group.MutedUntil > now,
            ["affiliations_count"] = roster.Count,
            ["disabled"] = group.IsDisabled,
            ["affiliations"] = seesMembers
                ? new JsonArray([.. roster.Members.Take(MaxShown).Select(member => (JsonNode)Affiliation(member, showsTimes, showsAdmins: false))])
                : new JsonArray(),
            ["public"] = group.IsListed,
            ["shieldgroup"] = isShielded,
        };
    }

    public static JsonObject Affiliation(Member member, bool showsTimes, bool showsAdmins)
    {
        var rank = member.Role switch
        {
            GroupRole.Owner => "owner",
            GroupRole.Manager when showsAdmins => "admin",
            _ => "member",
        };
        var one = new JsonObject { [rank] = member.User.Value };
        if (showsTimes) one["joined_time"] = member.JoinedAt;
        return one;
    }

    public static string Permission(GroupRole role) => role switch
    {
        GroupRole.Owner => "owner",
        GroupRole.Manager => "admin",
        _ => "member",
    };
}
