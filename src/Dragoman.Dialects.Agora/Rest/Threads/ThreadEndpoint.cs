using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;

namespace Dragoman.Dialects.Agora.Rest.Threads;

/// <summary>A route about threads; an app that has none is told so.</summary>
internal abstract class ThreadEndpoint(string methods, string template, Access access = Access.Users) : AgoraEndpoint(methods, template, access)
{
    private static readonly AgoraError NotOpen = new(403, ThreadErrors.Type, "thread not open.", ErrorCode: 40000);

    public sealed override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct) =>
        call.App.Settings.Features.Threads ? await AnswerAsync(call, ct) : NotOpen;

    protected abstract ValueTask<AgoraReply> AnswerAsync(AgoraCall call, CancellationToken ct);

    protected static TopicId ThreadIn(AgoraCall call) => new(call.TextIn("t"));

    protected static AgoraReply Refuse(Refusal refusal) => ThreadErrors.Of(refusal);

    protected static AgoraReply Ok() => new() { Data = new JsonObject { ["status"] = "ok" } };
}

/// <summary>Refusals in the words that the vendor has where it is about threads (section 4.11); clients go by the numbers.</summary>
internal static class ThreadErrors
{
    public const string Type = "group_error";

    public static readonly AgoraError Unreadable = new(400, "param_illegal", "Failed to read HTTP message");
    public static readonly AgoraError QueryLimit = new(400, Type, "query param reaches limit.");
    public static readonly AgoraError BodyLimit = new(400, Type, "request body reaches limit.");

    private static readonly AgoraError NoRight = new(401, Type, "no permission.", ErrorCode: 40001);
    private static readonly AgoraError NoGroup = new(404, Type, "group not found.");
    private static readonly AgoraError NotInGroup = new(404, Type, "user not in group.", ErrorCode: 40012);

    public static AgoraError Of(Refusal refusal) => refusal.Condition switch
    {
        Condition.NotPermitted or Condition.NotGroupManager or Condition.NotGroupOwner or Condition.GroupTypeForbids => NoRight,
        Condition.GroupNotFound or Condition.GroupDismissed => NoGroup,
        Condition.NotGroupMember => NotInGroup,
        Condition.MessageNotFound => new(404, Type, "msg not exist.", ErrorCode: 40012),
        _ => refusal,
    };
}

/// <summary>What bodies of these routes name.</summary>
internal sealed class ThreadBodies(UserFinder users)
{
    private const int MaxUsers = 10;

    /// <summary>An id as text or as a number.</summary>
    public static string? IdIn(JsonElement body, string name)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty(name, out var value)) return null;
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number when value.TryGetInt64(out var number) => number.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
        return text is { Length: > 0 } ? text : null;
    }

    /// <returns>Each of them once; or what is wrong.</returns>
    public async ValueTask<(IReadOnlyList<UserId> Users, AgoraError? Invalid)> UsersAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.Body.Texts("usernames") is not { Count: > 0 } names || names.Any(string.IsNullOrWhiteSpace)) return ([], ThreadErrors.Unreadable);
        if (names.Count > MaxUsers) return ([], ThreadErrors.BodyLimit);

        var found = new List<UserId>(names.Count);
        foreach (var name in names)
        {
            var user = await users.NamedAsync(call.App, name, ct);
            if (!found.Contains(user)) found.Add(user);
        }

        return (found, null);
    }
}
