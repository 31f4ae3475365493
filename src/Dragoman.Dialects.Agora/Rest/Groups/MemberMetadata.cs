using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Rest.Shared;
using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Dialects.Agora.Rest.Groups;

/// <summary>Attributes of members in the vendor's words and numbers (section 4.10).</summary>
internal static class MetadataErrors
{
    public static readonly AgoraError Off = new(403, "metadata_error", "chatgroup user metadata service not allow", ErrorCode: 60004);
    public static readonly AgoraError NoText = new(400, "metadata_error", "metadata values must be texts", ErrorCode: 60005);
    public static readonly AgoraError TooMany = new(400, "metadata_error", "query param reaches limit.", ErrorCode: 60012);

    public static AgoraError Of(Refusal refusal, GroupId group) => refusal.Condition switch
    {
        Condition.NotGroupMember or Condition.TargetNotMember => new(404, "MetadataException", "user not in group", ErrorCode: 60003),

        // Of the two meanings of its number the one that is not about the length.
        Condition.NotGroupOwner or Condition.NotGroupManager or Condition.TargetOutranks =>
            new(400, "metadata_error", "others are not allowed to be set", ErrorCode: 60010),
        _ => GroupErrors.Of(refusal, group),
    };

    /// <returns>Names and values; null when one of them is no text.</returns>
    public static Dictionary<string, string>? Read(JsonElement given)
    {
        if (given.ValueKind != JsonValueKind.Object) return null;
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in given.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.String) return null;
            pairs[member.Name] = member.Value.GetString()!;
        }

        return pairs;
    }

    public static JsonObject Shown(IReadOnlyDictionary<string, string> attributes)
    {
        var data = new JsonObject();
        foreach (var (name, value) in attributes) data[name] = value;
        return data;
    }
}

/// <summary><c>PUT /metadata/chatgroup/{g}/user/{u}</c>.</summary>
internal class SetMemberMetadata(MemberAttributes attributes, NameLists names, string template) : GroupEndpoint("PUT", template)
{
    public SetMemberMetadata(MemberAttributes attributes, NameLists names)
        : this(attributes, names, "/metadata/chatgroup/{g}/user/{u}")
    {
    }

    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        if (!call.App.Settings.Groups.MemberAttributes) return MetadataErrors.Off;
        if (call.Body.ValueKind != JsonValueKind.Object || !call.Body.TryGetProperty("metaData", out var given) || MetadataErrors.Read(given) is not { } changed)
            return MetadataErrors.NoText;

        var set = await attributes.SetAsync(call.Caller, group, await names.OneAsync(call, call.TextIn("u"), ct), changed, ct);
        return set.TryGet(out _, out var refusal) ? new AgoraReply { Data = MetadataErrors.Shown(changed) } : MetadataErrors.Of(refusal, group);
    }
}

/// <summary><c>PUT /sdk/metadata/chatgroup/{g}/user/{u}</c>: the same from clients.</summary>
internal sealed class SetMemberMetadataFromClient(MemberAttributes attributes, NameLists names)
    : SetMemberMetadata(attributes, names, "/sdk/metadata/chatgroup/{g}/user/{u}");

/// <summary><c>GET /metadata/chatgroup/{g}/user/{u}</c>.</summary>
internal sealed class GetMemberMetadata(MemberAttributes attributes, NameLists names) : GroupEndpoint("GET", "/metadata/chatgroup/{g}/user/{u}")
{
    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        if (!call.App.Settings.Groups.MemberAttributes) return MetadataErrors.Off;
        var found = await attributes.GetAsync(call.Caller, group, [await names.OneAsync(call, call.TextIn("u"), ct)], [], ct);
        return found.TryGet(out var all, out var refusal) ? new AgoraReply { Data = MetadataErrors.Shown(all[0].Value) } : MetadataErrors.Of(refusal, group);
    }
}

/// <summary><c>POST /metadata/chatgroup/{g}/get</c>: attributes of several members, all or named ones.</summary>
internal class GetMembersMetadata(MemberAttributes attributes, NameLists names, string template) : GroupEndpoint("POST", template)
{
    private const int MaxTargets = 10;
    private const int MaxProperties = 100;

    public GetMembersMetadata(MemberAttributes attributes, NameLists names)
        : this(attributes, names, "/metadata/chatgroup/{g}/get")
    {
    }

    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        if (!call.App.Settings.Groups.MemberAttributes) return MetadataErrors.Off;
        var (targets, properties) = (call.Body.Texts("targets") ?? [], call.Body.Texts("properties") ?? []);
        if (targets.Count is 0 or > MaxTargets || properties.Count > MaxProperties) return MetadataErrors.TooMany;

        var users = new List<UserId>();
        foreach (var name in targets) users.Add(await names.OneAsync(call, name, ct));
        var found = await attributes.GetAsync(call.Caller, group, users, properties, ct);
        if (!found.TryGet(out var all, out var refusal)) return MetadataErrors.Of(refusal, group);

        var data = new JsonObject();
        foreach (var (user, has) in all) data[user.Value] = MetadataErrors.Shown(has);
        return new AgoraReply { Data = data };
    }
}

/// <summary><c>POST /sdk/metadata/chatgroup/{g}/get</c>: the same from clients.</summary>
internal sealed class GetMembersMetadataFromClient(MemberAttributes attributes, NameLists names)
    : GetMembersMetadata(attributes, names, "/sdk/metadata/chatgroup/{g}/get");

/// <summary><c>PUT /metadata/chatgroup/{g}/users/batch</c>: attributes of up to twenty members.</summary>
internal sealed class SetMetadataOfSome(MemberAttributes attributes, RosterDirectory rosters, NameLists names)
    : GroupEndpoint("PUT", "/metadata/chatgroup/{g}/users/batch", Access.App)
{
    private const int Most = 20;

    protected override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, GroupId group, CancellationToken ct)
    {
        if (!call.App.Settings.Groups.MemberAttributes) return MetadataErrors.Off;
        if (call.Body.ValueKind != JsonValueKind.Array || call.Body.GetArrayLength() == 0) return AgoraErrors.InvalidBody;
        if (call.Body.GetArrayLength() > Most)
            return MetadataErrors.TooMany with { Description = "exceeds chatgroup metadata batch put users limit" };
        if (await rosters.FindAsync(call.App.Id, group, ct) is not { Group.IsDismissed: false } roster)
            return new AgoraError(404, "metadata_error", "group not exists");

        var wanted = new List<(UserId User, Dictionary<string, string> Pairs)>();
        foreach (var item in call.Body.EnumerateArray())
        {
            if (item.Text("username") is not { Length: > 0 } name || !item.TryGetProperty("metadata", out var given) || MetadataErrors.Read(given) is not { } pairs)
                return MetadataErrors.NoText;
            wanted.Add((await names.OneAsync(call, name, ct), pairs));
        }

        var strangers = wanted.Select(one => one.User).Where(user => roster.Find(user) is null).ToArray();
        return strangers.Length > 0
            ? new AgoraError(400, "metadata_error", $"Some users are not in the group: {string.Join(", ", strangers)}")
            : await SetAsync(call, group, wanted, ct);
    }

    private async ValueTask<AgoraReply> SetAsync(AgoraCall call, GroupId group, List<(UserId User, Dictionary<string, string> Pairs)> wanted, CancellationToken ct)
    {
        var (done, failed) = (new JsonArray(), new JsonArray());
        foreach (var (user, pairs) in wanted)
        {
            var set = await attributes.SetAsync(call.Caller, group, user, pairs, ct);
            (set.TryGet(out _, out _) ? done : failed).Add(new JsonObject { ["username"] = user.Value, ["metadata"] = MetadataErrors.Shown(pairs) });
        }

        // The vendor's published answer has a colon inside of the names; both spellings are sent.
        return new AgoraReply
        {
            Data = new JsonObject
            {
                ["updateMetadataSucceeded:"] = done.DeepClone(),
                ["updateMetadataFailed:"] = failed.DeepClone(),
                ["updateMetadataSucceeded"] = done,
                ["updateMetadataFailed"] = failed,
            },
        };
    }
}
