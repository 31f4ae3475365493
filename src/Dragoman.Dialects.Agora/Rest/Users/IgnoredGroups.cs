using System.Text.Json;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Conversations;

namespace Dragoman.Dialects.Agora.Rest.Users;

/// <summary>
/// <c>{"entities":[{"notification_ignore_{group}":true}]}</c> of <c>PUT /users/{u}</c>: groups whose messages come without waking the phone.
/// </summary>
internal sealed class IgnoredGroups(ConfigureConversation configure, AccountDirectory accounts)
{
    private const string Prefix = "notification_ignore_";
    private const int Most = 100;

    public static bool IsAbout(JsonElement body) => body.TryGetProperty("entities", out var entities) && entities.ValueKind == JsonValueKind.Array;

    public async ValueTask<AgoraReply> SetAsync(AgoraCall call, CancellationToken ct)
    {
        var user = call.UserIn("u");
        if (await accounts.FindAsync(call.App.Id, user, ct) is not { } account) return AgoraErrors.UserNotFound;

        var wanted = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var entity in call.Body.GetProperty("entities").EnumerateArray())
        {
            if (entity.ValueKind != JsonValueKind.Object) return AgoraErrors.InvalidBody;
            foreach (var member in entity.EnumerateObject())
            {
                if (!member.Name.StartsWith(Prefix, StringComparison.Ordinal) || entity.Flag(member.Name) is not { } isIgnored)
                    return AgoraErrors.IllegalArgument.With($"parameters is invalid : {member.Name}");
                wanted[member.Name] = isIgnored;
            }
        }

        if (wanted.Count is 0 or > Most) return AgoraErrors.IllegalArgument.With("parameters is invalid : entities");
        var shown = UserEntity.Of(call.App, account);
        foreach (var (name, isIgnored) in wanted)
        {
            var settings = new ConversationSettings(isIgnored ? ReceiveOption.Silent : ReceiveOption.Notify);
            var group = new GroupId(name[Prefix.Length..]);
            var set = await configure.RunAsync(call.Caller, user, ConversationKey.Group(call.App.Id, group), settings, ct);
            if (!set.TryGet(out _, out var refusal)) return Groups.GroupErrors.Of(refusal with { Subject = refusal.Subject ?? group.Value }, group);
            shown[name] = isIgnored;
        }

        return new() { Entities = [shown], Path = "/users" };
    }
}
