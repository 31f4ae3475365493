using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Messages;

namespace Dragoman.Dialects.Agora.Rest.Groups;

/// <summary><c>POST /chatgroups</c>.</summary>
internal sealed class CreateChatGroup(CreateGroup create, UserFinder users, MessageIds ids) : AgoraEndpoint("POST", "/chatgroups", Access.Users)
{
    private const int UsualSize = 200;

    /// <summary>Members in the body; a group that is to have more gets them afterwards.</summary>
    private const int MaxMembers = 3_000;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.Body.ValueKind != JsonValueKind.Object) return AgoraErrors.InvalidBody;
        if (string.IsNullOrWhiteSpace(call.Body.Text("groupname"))) return Missing("groupname");
        if (call.Body.Flag("public") is not { } isPublic) return AgoraErrors.InvalidParameter.With("group must contain public field!");
        var texts = GroupTexts.Read(call.Body);
        if (texts.TooLong is { } field) return AgoraErrors.InvalidParameter.With($"{field} length is too big");
        if (call.Body.Text("owner") is not { Length: > 0 } ownerName) return Missing("owner");
        var size = call.Body.Number("maxusers") ?? UsualSizeIn(call.App);
        if (size is < 1 or > int.MaxValue) return AgoraErrors.InvalidParameter.With("maxusers must be greater than 0");

        var named = call.Body.Texts("members") ?? [];
        if (named.Count > Math.Min(size, MaxMembers)) return AgoraErrors.Of(new Refusal(Condition.MemberLimitAbovePlan));
        var owner = await users.NamedAsync(call.App, ownerName, ct);
        var members = new List<UserId>(named.Count);
        foreach (var name in named)
        {
            var member = await users.NamedAsync(call.App, name, ct);
            if (member != owner && !members.Contains(member)) members.Add(member);
        }

        var (entry, invite) = GroupSwitches.Rules(isPublic, call.Body.Flag("membersonly") ?? call.Body.Flag("approval") ?? false, call.Body.Flag("allowinvites") ?? false);
        var group = new Group
        {
            App = call.App.Id,
            Id = IdOf(call),
            Type = GroupTypes.Custom.Id,
            Owner = owner,
            Creator = owner,
            Name = texts.Name ?? "",
            Avatar = texts.Avatar ?? "",
            Introduction = texts.Description ?? "",
            Extra = texts.Custom ?? "",
            IsListed = isPublic,
            Apply = entry,
            Invite = invite,
            InviteeConsents = call.Body.Flag("invite_need_confirm") ?? true,
            MemberLimit = (int)size,
        };
        var founded = await create.RunAsync(call.Caller, group, [.. members.Select(member => (member, GroupRole.Member))], NoticeReach.Timeline, ct);
        return founded.TryGet(out var roster, out var refusal)
            ? new AgoraReply { Data = new JsonObject { ["groupid"] = roster.Group.Id.Value } }
            : refusal.Condition switch
            {
                Condition.GroupFull => AgoraErrors.Of(new Refusal(Condition.MemberLimitAbovePlan)),
                Condition.AppGroupLimitReached => AgoraErrors.ExceedLimit.With($"appKey:{call.App.Key} has create too many groups!"),
                Condition.WordRejected => Violation(texts.Name ?? ""),
                _ => refusal,
            };
    }

    private static int UsualSizeIn(AgoraApp app) => app.Settings.Groups.Members is > 0 and < UsualSize and var planned ? planned : UsualSize;

    /// <summary>The vendor's ids are digits; the app may choose one itself.</summary>
    private GroupId IdOf(AgoraCall call) =>
        call.Caller.IsAdministrator && call.Body.Text("groupid") is { Length: > 0 } own ? new(own) : new(ids.Next().Value.ToString(CultureInfo.InvariantCulture));

    public static AgoraError Violation(string name) => AgoraErrors.Forbidden with { Error = "group_name_violation", Description = $"{name} is violation, please change it." };

    private static AgoraError Missing(string field) => AgoraErrors.InvalidParameter.With($"{field} must be provided");
}

/// <summary>The four switches of a group (section 7.2), as the engine's rules.</summary>
internal static class GroupSwitches
{
    public static (ApplyRule Apply, InviteRule Invite) Rules(bool isPublic, bool membersOnly, bool allowInvites) => (
        !isPublic ? ApplyRule.Closed : membersOnly ? ApplyRule.Approval : ApplyRule.Open,
        allowInvites && !isPublic ? InviteRule.Anybody : InviteRule.ManagersOnly);

    public static bool IsMembersOnly(Group group) => group.Apply != ApplyRule.Open;

    public static bool AllowsInvites(Group group) => group.Invite is InviteRule.Anybody or InviteRule.ApprovalForMembers;
}

/// <summary>What a body says of a group in words; null for what it does not.</summary>
/// <param name="TooLong">The member that is longer than the vendor allows.</param>
internal sealed record GroupTexts(string? Name, string? Avatar, string? Description, string? Custom, string? TooLong)
{
    private const int MaxName = 128;
    private const int MaxAvatar = 1_024;
    private const int MaxDescription = 512;
    private const int MaxCustomBytes = 8 * 1024;

    public static GroupTexts Read(JsonElement body)
    {
        var (name, avatar, custom) = (body.Text("groupname"), body.Text("avatar"), body.Text("custom"));
        var description = body.Text("description") ?? body.Text("desc");
        var tooLong =
            name?.Length > MaxName ? "groupname"
            : avatar?.Length > MaxAvatar ? "avatar"
            : description?.Length > MaxDescription ? "description"
            : custom is not null && Encoding.UTF8.GetByteCount(custom) > MaxCustomBytes ? "custom"
            : null;
        return new(name, avatar, description, custom, tooLong);
    }
}
