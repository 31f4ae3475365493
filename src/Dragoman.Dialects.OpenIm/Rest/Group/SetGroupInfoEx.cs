using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.OpenIm.Rest.Group;

/// <summary><c>POST /group/set_group_info_ex</c>: changes what a group says of itself; an absent member stays as it is.</summary>
internal sealed class SetGroupInfoEx(UpdateGroup update) : OpenImEndpoint<SetGroupInfoExReq, Empty>("/group/set_group_info_ex")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, SetGroupInfoExReq request, CancellationToken ct)
    {
        if (request.GroupID.Length == 0) return OpenImErrors.Args.With("groupID is empty");
        if (request.GroupName is { } name && string.IsNullOrWhiteSpace(name.Value)) return OpenImErrors.Args.With("group name is empty");
        var rules = (Verification: request.NeedVerification?.Value, Look: request.LookMemberInfo?.Value, Apply: request.ApplyMemberFriend?.Value);
        if (GroupRules.Check(rules.Verification, rules.Look, rules.Apply) is { } invalid) return invalid;

        var change = GroupRules.Of(rules.Verification, rules.Look, rules.Apply) with
        {
            Name = request.GroupName?.Value,
            Announcement = request.Notification?.Value,
            Introduction = request.Introduction?.Value,
            Avatar = request.FaceURL?.Value,
            Extra = request.Ex?.Value,
        };
        return await SetGroupInfo.UpdateAsync(update, call, request.GroupID, change, ct);
    }
}

/// <summary><c>POST /group/set_group_info</c>: the older form, where an empty text stays as it is.</summary>
internal sealed class SetGroupInfo(UpdateGroup update) : OpenImEndpoint<SetGroupInfoReq, Empty>("/group/set_group_info")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, SetGroupInfoReq request, CancellationToken ct)
    {
        if (request.GroupInfoForSet is not { } info) return OpenImErrors.Args.With("groupInfoForSet is empty");
        if (info.GroupID.Length == 0) return OpenImErrors.Args.With("groupID is empty");
        var rules = (Verification: info.NeedVerification?.Value, Look: info.LookMemberInfo?.Value, Apply: info.ApplyMemberFriend?.Value);
        if (GroupRules.Check(rules.Verification, rules.Look, rules.Apply) is { } invalid) return invalid;

        var change = GroupRules.Of(rules.Verification, rules.Look, rules.Apply) with
        {
            Name = GivenOrNull(info.GroupName),
            Announcement = GivenOrNull(info.Notification),
            Introduction = GivenOrNull(info.Introduction),
            Avatar = GivenOrNull(info.FaceURL),
            Extra = info.Ex?.Value,
        };
        return await UpdateAsync(update, call, info.GroupID, change, ct);
    }

    public static async ValueTask<OpenImReply<Empty>> UpdateAsync(
        UpdateGroup update, OpenImCall call, string groupId, GroupChange change, CancellationToken ct)
    {
        var updated = await update.RunAsync(call.Caller, new GroupId(groupId), change, ct);
        if (updated.TryGet(out _, out var refusal)) return new Empty();
        return refusal.Condition == Condition.NotGroupMember ? OpenImErrors.RecordNotFound.With("group member not found") : refusal;
    }

    private static string? GivenOrNull(string text) => text.Length > 0 ? text : null;
}
