using System.Text.Json;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;

namespace Dragoman.Dialects.OpenIm.Business.Client;

/// <summary><c>POST /client_config/get</c>: what the operator hands to all clients, before anybody has logged in.</summary>
internal sealed class GetClientConfig(ChatDoor door, ClientSettings settings) : BusinessEndpoint<Empty, getClientConfigResp>("/client_config/get", door)
{
    protected override ChatAccess Access => ChatAccess.AdministratorOrNobody;

    protected override async ValueTask<OpenImReply<getClientConfigResp>> HandleAsync(OpenImCall call, Empty request, CancellationToken ct)
    {
        var read = await settings.ReadAsync(call.App.Itself(call.OperationId), new UserId(""), ct);
        if (!read.TryGet(out var found, out var refusal)) return refusal;

        var reply = new getClientConfigResp();
        foreach (var (name, value) in found) reply.Config[name] = value;
        return reply;
    }
}

/// <summary><c>POST /applet/find</c>: the applets of the app's settings.</summary>
internal sealed class FindApplet(ChatDoor door) : BusinessEndpoint<Empty, findAppletResp>("/applet/find", door)
{
    protected override ValueTask<OpenImReply<findAppletResp>> HandleAsync(OpenImCall call, Empty request, CancellationToken ct)
    {
        var reply = new findAppletResp();
        reply.Applets.Add(call.App.Settings.Business!.Applets.Select(applet => new RawJson { Json = applet.GetRawText() }));
        return Answer(reply);
    }
}

/// <summary><c>POST /application/latest_version</c>: the newest version for a platform that the app's settings name.</summary>
internal sealed class LatestVersion(ChatDoor door)
    : BusinessEndpoint<latestApplicationVersionReq, latestApplicationVersionResp>("/application/latest_version", door)
{
    protected override ChatAccess Access => ChatAccess.AdministratorOrNobody;

    protected override ValueTask<OpenImReply<latestApplicationVersionResp>> HandleAsync(
        OpenImCall call, latestApplicationVersionReq request, CancellationToken ct)
    {
        var reply = new latestApplicationVersionResp();
        var newest = Array.FindLast(call.App.Settings.Business!.Versions, version => BusinessSettings.PlatformOf(version) == request.Platform);
        if (newest.ValueKind == JsonValueKind.Object) reply.Version = new RawJson { Json = newest.GetRawText() };
        return Answer(reply);
    }
}
