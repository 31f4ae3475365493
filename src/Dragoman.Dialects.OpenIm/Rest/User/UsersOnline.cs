using System.Globalization;
using System.Text.Json;
using Dragoman.Dialects.OpenIm.Auth;
using Dragoman.Dialects.OpenIm.Gateway;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Engine;
using Dragoman.Gateway.Connections;

namespace Dragoman.Dialects.OpenIm.Rest.User;

/// <summary><c>POST /user/get_users_online_status</c>: every connection of each named user.</summary>
internal sealed class GetUsersOnlineStatus(SessionRegistry sessions) : OpenImJsonEndpoint("/user/get_users_online_status")
{
    protected override ValueTask<JsonReply> HandleAsync(OpenImCall call, JsonBody body, CancellationToken ct)
    {
        var users = body.Texts("userIDs");
        if (users.Count == 0) throw JsonBody.Required("userIDs");
        if (call.AdminOnly() is { } denied) return new(denied);

        return new(JsonReply.Of(json =>
        {
            json.WriteStartArray();
            foreach (var userId in users) Write(json, userId, sessions.Of(call.AppId, new UserId(userId)));
            json.WriteEndArray();
        }));
    }

    private static void Write(Utf8JsonWriter json, string userId, Session[] connections)
    {
        json.WriteStartObject();
        json.WriteString("userID"u8, userId);
        json.WriteNumber("status"u8, connections.Length > 0 ? 1 : 0);
        json.WriteStartArray("detailPlatformStatus"u8);
        foreach (var session in connections)
        {
            var own = session as OpenImSession;
            json.WriteStartObject();
            json.WriteNumber("platformID"u8, Platforms.Of(session.Info));
            json.WriteString("connID"u8, session.Id.Value.ToString(CultureInfo.InvariantCulture));
            json.WriteBoolean("isBackground"u8, own?.IsBackground == true);
            json.WriteString("token"u8, own?.Token ?? "");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}

/// <summary><c>POST /user/get_users_online_token_detail</c>: the tokens of those who are online, by platform.</summary>
internal sealed class GetUsersOnlineTokenDetail(SessionRegistry sessions) : OpenImJsonEndpoint("/user/get_users_online_token_detail")
{
    protected override ValueTask<JsonReply> HandleAsync(OpenImCall call, JsonBody body, CancellationToken ct)
    {
        var users = body.Texts("userIDs");
        if (users.Count == 0) throw JsonBody.Required("userIDs");
        if (call.AdminOnly() is { } denied) return new(denied);

        return new(JsonReply.Of(json =>
        {
            json.WriteStartArray();
            foreach (var userId in users)
            {
                OpenImSession[] own = [.. sessions.Of(call.AppId, new UserId(userId)).OfType<OpenImSession>()];
                if (own.Length > 0) Write(json, userId, own);
            }

            json.WriteEndArray();
        }));
    }

    private static void Write(Utf8JsonWriter json, string userId, OpenImSession[] connections)
    {
        json.WriteStartObject();
        json.WriteString("userID"u8, userId);
        json.WriteNumber("status"u8, 1);
        json.WriteStartArray("singlePlatformToken"u8);
        foreach (var platform in connections.GroupBy(s => s.Platform).OrderBy(g => g.Key))
        {
            json.WriteStartObject();
            json.WriteNumber("platformID"u8, platform.Key);
            json.WriteNumber("total"u8, platform.Count());
            json.WriteStartArray("token"u8);
            foreach (var session in platform) json.WriteStringValue(session.Token);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
