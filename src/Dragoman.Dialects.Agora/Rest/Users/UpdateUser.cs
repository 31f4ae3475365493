using System.Text.Json;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Rest.Push;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Push;

namespace Dragoman.Dialects.Agora.Rest.Users;

/// <summary><c>PUT /users/{u}</c>: the nickname that pushes show, and when the user wants to be left alone.</summary>
internal sealed class UpdateUser(UpdateProfile update, BindPush push, AccountDirectory accounts, IgnoredGroups ignored) : AgoraEndpoint("PUT", "/users/{u}", Access.Owner)
{
    private const int MaxNickname = 100;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.Body.ValueKind != JsonValueKind.Object) return AgoraErrors.InvalidBody;
        if (IgnoredGroups.IsAbout(call.Body)) return await ignored.SetAsync(call, ct);
        if (call.Body.TryGetProperty("device_token", out _) || call.Body.TryGetProperty("notifier_name", out _)) return await BindAsync(call, ct);
        var nickname = call.Body.Text("nickname");
        if (nickname?.Length > MaxNickname) return AgoraErrors.IllegalArgument.With("NICKNAME_TOO_LONG");

        var traits = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var member in call.Body.EnumerateObject())
        {
            if (member.Name == "nickname" && nickname is not null) continue;
            if (!UserEntity.Settings.TryGetValue(member.Name, out var trait) || Value(member) is not { } value) return Invalid(member.Name);
            traits[trait] = value;
        }

        if (nickname is null && traits.Count == 0) return Invalid("nickname");
        var user = call.UserIn("u");
        var updated = await update.RunAsync(call.Caller, user, new ProfileChange(nickname) { Traits = traits }, ct);
        if (!updated.TryGet(out _, out var refusal))
        {
            return refusal.Condition == Condition.AccountNotFound
                ? new AgoraError(400, "RequiredPropertyNotFoundException", "Entity user requires a property named username")
                : refusal;
        }

        var account = await accounts.FindAsync(call.App.Id, user, ct);
        return new() { Entities = account is null ? [] : [UserEntity.Of(call.App, account)], Path = "/users" };
    }

    /// <summary>How a device of the user is woken.</summary>
    private async ValueTask<AgoraReply> BindAsync(AgoraCall call, CancellationToken ct)
    {
        var bound = await PushBindings.BindAsync(push, call, ct);
        if (!bound.TryGet(out var bindings, out var refusal)) return refusal.Condition == Condition.AccountNotFound ? PushBindings.NoUser : refusal;
        var entity = UserEntity.Of(call.App, (await accounts.FindAsync(call.App.Id, call.UserIn("u"), ct))!);
        entity["pushInfo"] = PushBindings.Show(bindings);
        return new() { Entities = [entity], Path = "/users" };
    }

    /// <returns>What is kept, as JSON; null when the value is none for this setting.</returns>
    private static string? Value(JsonProperty member) => member.Name switch
    {
        "notification_display_style" => Number(member.Value) is "0" or "1" ? Number(member.Value) : null,
        "notification_no_disturbing" => member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? member.Value.GetRawText() : null,
        _ => int.TryParse(Number(member.Value), System.Globalization.CultureInfo.InvariantCulture, out var hour) && hour is >= 0 and <= 24 ? $"\"{hour}\"" : null,
    };

    private static string? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.String => value.GetString(),
        _ => null,
    };

    private static AgoraError Invalid(string name) => new(400, "IllegalArgumentException", $"parameters is invalid : {name}");
}
