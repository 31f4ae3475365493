using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Gateway;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Sessions;
using Dragoman.Gateway.Connections;

namespace Dragoman.Dialects.Agora.Rest.Users;

/// <summary><c>GET /users/{u}/status</c>: whether the user is connected, on whichever vendor's client.</summary>
internal sealed class UserStatus(AccountDirectory accounts, ISessionDirectory sessions) : AgoraEndpoint("GET", "/users/{u}/status", Access.App)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var user = call.UserIn("u");
        if (await accounts.FindAsync(call.App.Id, user, ct) is null) return AgoraErrors.UserNotFound;
        return new() { Data = new JsonObject { [user.Value] = Word(sessions, call.App.Id, user) }, Count = 0 };
    }

    public static string Word(ISessionDirectory sessions, AppId app, UserId user) => sessions.SessionsOf(app, user).Count > 0 ? "online" : "offline";
}

/// <summary><c>POST /users/batch/status</c>: the same for up to a hundred; who does not exist is offline.</summary>
internal sealed class BatchStatus(ISessionDirectory sessions, UserFinder users) : AgoraEndpoint("POST", "/users/batch/status", Access.App)
{
    private const int MaxBatch = 100;

    public override int CallsPerSecond => 50;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.Body.Texts("usernames") is not { } names) return AgoraErrors.IllegalArgument.With("usernames is required");
        if (names.Count > MaxBatch) return AgoraErrors.IllegalArgument.With($"request body exceeds maximum limit, maximum limit is {MaxBatch}");

        var data = new JsonArray();
        foreach (var name in names) data.Add(new JsonObject { [name] = UserStatus.Word(sessions, call.App.Id, await users.NamedAsync(call.App, name, ct)) });
        return new AgoraReply { Action = "get batch user status", Data = data };
    }
}

/// <summary><c>GET /users/{u}/resources</c>: the devices on which the user is connected.</summary>
internal sealed class UserResources(AccountDirectory accounts, SessionRegistry sessions) : AgoraEndpoint("GET", "/users/{u}/resources", Access.Owner)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var user = call.UserIn("u");
        if (await accounts.FindAsync(call.App.Id, user, ct) is null) return AgoraErrors.UserNotFound;
        return new()
        {
            Data = new JsonArray([.. sessions.Of(call.App.Id, user).OfType<AgoraSession>().Select(session => (JsonNode)new JsonObject
            {
                ["res"] = session.Card.Resource,
                ["device_uuid"] = session.Card.Uuid,
                ["device_name"] = session.Card.Name,
            })]),
        };
    }
}
