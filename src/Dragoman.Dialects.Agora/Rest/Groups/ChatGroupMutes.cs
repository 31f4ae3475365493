using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Rest.Shared;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.Agora.Rest.Groups;

/// <summary>How long a mute lasts, in the vendor's terms.</summary>
internal static class MuteTimes
{
    private const long ForEver = -1;

    /// <summary>What clients take for "for ever": far away, and still a time.</summary>
    private const long FarAway = 4_638_873_600_000;

    /// <returns>Unix milliseconds; null when the duration is none.</returns>
    public static long? Until(long? duration, long now) => duration switch
    {
        null or ForEver => long.MaxValue,
        > 0 => duration > FarAway - now ? long.MaxValue : now + duration,
        _ => null,
    };

    public static long Shown(long until) => Math.Min(until, FarAway);
}

/// <summary><c>GET /chatgroups/{g}/mute</c>.</summary>
internal sealed class ListChatGroupMutes(ReadGroupLists lists) : GroupEndpoint("GET", "/chatgroups/{g}/mute")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var listed = await lists.MutedAsync(call.Caller, group, ct);
        return listed.TryGet(out var muted, out var refusal)
            ? new AgoraReply
            {
                Data = new JsonArray([.. muted.Select(member => (JsonNode)new JsonObject
                {
                    ["expire"] = MuteTimes.Shown(member.MutedUntil),
                    ["user"] = member.User.Value,
                })]),
                Count = muted.Length,
            }
            : Refuse(call, refusal);
    }
}

/// <summary><c>POST /chatgroups/{g}/mute</c>: several members may not speak for a time.</summary>
internal sealed class MuteChatGroupMembers(MuteMembers mute, NameLists names, TimeProvider clock) : GroupEndpoint("POST", "/chatgroups/{g}/mute")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var (users, invalid) = await names.InBodyAsync(call, $"userNames size is more than max limit : {NameLists.Most}", ct);
        if (invalid is not null) return invalid;
        if (MuteTimes.Until(call.Body.Number("mute_duration"), clock.GetUtcNow().ToUnixTimeMilliseconds()) is not { } until)
            return AgoraErrors.InvalidParameter.With("mute_duration must be greater than 0, or -1");

        var muted = await mute.RunAsync(call.Caller, group, users, until, ct);
        return muted.TryGet(out var done, out var refusal)
            ? new AgoraReply
            {
                Data = new JsonArray([.. done.Items.Select(item => (JsonNode)new JsonObject
                {
                    ["result"] = true,
                    ["expire"] = MuteTimes.Shown(until),
                    ["user"] = item.Subject.Value,
                })]),
            }
            : Refuse(call, refusal);
    }
}

/// <summary><c>DELETE /chatgroups/{g}/mute/{u,u…}</c>.</summary>
internal sealed class UnmuteChatGroupMembers(MuteMembers mute, NameLists names) : GroupEndpoint("DELETE", "/chatgroups/{g}/mute/{u}")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var (users, invalid) = await names.InPathAsync(call, "u", $"removeMute member size more than max limit : {NameLists.Most}", ct);
        if (invalid is not null) return invalid;

        var unmuted = await mute.RunAsync(call.Caller, group, users, until: 0, ct);
        return unmuted.TryGet(out var done, out var refusal)
            ? new AgoraReply { Data = new JsonArray([.. done.Items.Select(item => (JsonNode)new JsonObject { ["result"] = true, ["user"] = item.Subject.Value })]) }
            : Refuse(call, refusal);
    }
}

/// <summary><c>GET /sdk/chatgroups/{g}/mute/{u}</c>: whether a client's user may not speak.</summary>
internal sealed class IsMutedInChatGroup(ReadGroupLists lists, TimeProvider clock) : GroupEndpoint("GET", "/sdk/chatgroups/{g}/mute/{u}")
{
    private const string Me = "me";

    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        var user = call.TextIn("u") == Me ? call.Caller.User : call.UserIn("u");
        var found = await lists.OneAsync(call.Caller, group, user, ct);
        return found.TryGet(out var member, out var refusal)
            ? new AgoraReply { Data = member.MutedUntil > clock.GetUtcNow().ToUnixTimeMilliseconds() }
            : Refuse(call, refusal);
    }
}
