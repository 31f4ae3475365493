using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine.Rooms;

namespace Dragoman.Dialects.Agora.Rest.Rooms;

/// <summary><c>POST /chatrooms/super_admin</c>: who may create rooms besides the app itself.</summary>
internal sealed class AddSuperAdmin(SetRoomCreators creators) : AgoraEndpoint("POST", "/chatrooms/super_admin", Access.App)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (call.Body.Text("superadmin") is not { Length: > 0 } name) return AgoraErrors.InvalidParameter.With("superadmin must be provided");
        var done = await creators.RunAsync(call.Caller, UserNames.Fold(name), isCreator: true, ct);
        return done.TryGet(out _, out var refusal)
            ? new AgoraReply { Data = new JsonObject { ["result"] = "success", ["resource"] = "" } }
            : SuperAdmins.ErrorOf(refusal, name);
    }
}

/// <summary><c>GET /chatrooms/super_admin?pagenum=&amp;pagesize=</c>.</summary>
internal sealed class ListSuperAdmins(RoomDirectory rooms) : AgoraEndpoint("GET", "/chatrooms/super_admin", Access.App)
{
    private const int Usual = 10;
    private const int Most = 1_000;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var (skip, take) = call.PageOf(Usual, Most);
        string[] page = [.. (await rooms.CreatorsAsync(call.App.Id, ct)).Skip(skip).Take(take).Select(user => user.Value)];
        return new() { Data = RoomCalls.Texts(page), Count = page.Length };
    }
}

/// <summary><c>DELETE /chatrooms/super_admin/{u}</c>.</summary>
internal sealed class RemoveSuperAdmin(SetRoomCreators creators) : AgoraEndpoint("DELETE", "/chatrooms/super_admin/{u}", Access.App)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var user = call.UserIn("u");
        var done = await creators.RunAsync(call.Caller, user, isCreator: false, ct);
        return done.TryGet(out _, out var refusal)
            ? new AgoraReply { Data = new JsonObject { ["newSuperAdmin"] = user.Value, ["resource"] = "" } }
            : SuperAdmins.ErrorOf(refusal, user.Value);
    }
}

internal static class SuperAdmins
{
    public static AgoraError ErrorOf(Engine.Refusal refusal, string name) =>
        refusal.Condition == Engine.Condition.AccountNotFound ? AgoraErrors.NotFound.With($"username {name} doesn't exist!") : refusal;
}
