using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Rest.Shared;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.Agora.Rest.Groups;

/// <summary><c>PUT /chatgroups/{g}</c>: other words and switches, or another owner.</summary>
internal sealed class ModifyChatGroup(UpdateGroup update, TransferGroup transfer, RosterDirectory rosters, NameLists names) : GroupEndpoint("PUT", "/chatgroups/{g}")
{
    private static readonly HashSet<string> Fields = new(StringComparer.Ordinal)
    {
        "groupname", "avatar", "description", "desc", "custom", "maxusers", "public", "membersonly", "approval", "allowinvites", "invite_need_confirm", "ext",
    };

    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        if (call.Body.ValueKind != JsonValueKind.Object) return AgoraErrors.InvalidBody;
        if (await rosters.FindAsync(call.App.Id, group, ct) is not { } roster) return Refuse(call, new(Condition.GroupNotFound));
        if (call.Body.Text("newowner") is { } heir)
        {
            var moved = await transfer.RunAsync(call.Caller, group, roster.Group.Owner, await names.OneAsync(call, heir, ct), ct);
            return moved.TryGet(out _, out var refusal) ? new AgoraReply { Data = new JsonObject { ["newowner"] = true } } : Refuse(call, refusal);
        }

        string[] given = [.. call.Body.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null).Select(member => member.Name).Distinct()];
        if (given.Except(Fields).ToArray() is { Length: > 0 } unknown) return AgoraErrors.InvalidParameter.With($"some of [{string.Join(", ", unknown)}] are not valid fields");
        if (given.Length == 0) return AgoraErrors.InvalidParameter.With("no valid fields are given");
        var texts = GroupTexts.Read(call.Body);
        if (texts.TooLong is { } field) return AgoraErrors.InvalidParameter.With($"{field} length is too big");
        if (texts.Name is not null && string.IsNullOrWhiteSpace(texts.Name)) return AgoraErrors.InvalidParameter.With("groupname must be provided");
        if (given.Contains("maxusers") && call.Body.Number("maxusers") is null or < 1 or > int.MaxValue)
            return AgoraErrors.InvalidParameter.With("maxusers must be greater than 0");

        var updated = await update.RunAsync(call.Caller, group, ChangeOf(call.Body, texts, roster.Group), ct);
        if (!updated.TryGet(out _, out var unwanted))
        {
            return unwanted.Condition switch
            {
                Condition.WordRejected => CreateChatGroup.Violation(texts.Name ?? ""),
                Condition.GroupFull => Refuse(call, new(Condition.MemberLimitAbovePlan)),
                _ => Refuse(call, unwanted),
            };
        }

        var data = new JsonObject();
        foreach (var name in given) data[name] = true;
        return new AgoraReply { Data = data };
    }

    private static GroupChange ChangeOf(JsonElement body, GroupTexts texts, Group old)
    {
        var (isPublic, membersOnly, allowInvites) = (body.Flag("public"), body.Flag("membersonly") ?? body.Flag("approval"), body.Flag("allowinvites"));
        var change = new GroupChange
        {
            Name = texts.Name,
            Avatar = texts.Avatar,
            Introduction = texts.Description,
            Extra = texts.Custom ?? body.Text("ext"),
            MemberLimit = (int?)body.Number("maxusers"),
            InviteeConsents = body.Flag("invite_need_confirm"),
            IsListed = isPublic,
        };
        if (isPublic is null && membersOnly is null && allowInvites is null) return change;

        var (apply, invite) = GroupSwitches.Rules(
            isPublic ?? old.IsListed, membersOnly ?? GroupSwitches.IsMembersOnly(old), allowInvites ?? GroupSwitches.AllowsInvites(old));
        return change with { Apply = apply, Invite = invite };
    }
}
