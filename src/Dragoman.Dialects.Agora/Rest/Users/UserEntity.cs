using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Engine.Accounts;

namespace Dragoman.Dialects.Agora.Rest.Users;

/// <summary>An account as answers show it (section 3.1).</summary>
internal static class UserEntity
{
    /// <summary>Settings that this dialect alone knows of: the member, and the trait that keeps it.</summary>
    public static readonly FrozenDictionary<string, string> Settings = new[]
    {
        "notification_display_style", "notification_no_disturbing", "notification_no_disturbing_start", "notification_no_disturbing_end",
    }.ToFrozenDictionary(name => name, name => $"agora.{name}");

    public static JsonObject Of(AgoraApp app, Account account)
    {
        var entity = new JsonObject
        {
            ["uuid"] = UserUuids.Of(app, account),
            ["type"] = "user",
            ["created"] = account.CreatedAt,
            ["modified"] = account.UpdatedAt,
            ["username"] = account.Id.Value,
            ["activated"] = account.State == AccountState.Living,
        };
        if (account.Nickname.Length > 0) entity["nickname"] = account.Nickname;
        foreach (var (name, trait) in Settings)
        {
            if (account.Traits.TryGetValue(trait, out var json)) entity[name] = JsonNode.Parse(json);
        }

        return entity;
    }
}
