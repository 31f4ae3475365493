using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;

namespace Dragoman.Dialects.OpenIm.Rest.User;

/// <summary><c>POST /user/get_user_client_config</c>: what the operator hands to clients; without a user, what holds for everybody.</summary>
internal sealed class GetUserClientConfig(ClientSettings settings)
    : OpenImEndpoint<getUserClientConfigReq, getUserClientConfigResp>("/user/get_user_client_config")
{
    protected override async ValueTask<OpenImReply<getUserClientConfigResp>> HandleAsync(
        OpenImCall call, getUserClientConfigReq request, CancellationToken ct)
    {
        var read = await settings.ReadAsync(call.Caller, new UserId(request.UserID), ct);
        if (!read.TryGet(out var found, out var refusal)) return refusal;

        var reply = new getUserClientConfigResp();
        foreach (var (name, value) in found) reply.Configs[name] = value;
        return reply;
    }
}

/// <summary><c>POST /user/set_user_client_config</c></summary>
internal sealed class SetUserClientConfig(ClientSettings settings) : OpenImEndpoint<setUserClientConfigReq, Empty>("/user/set_user_client_config")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, setUserClientConfigReq request, CancellationToken ct)
    {
        if (call.AdminOnly() is { } denied) return denied;
        var set = await settings.SetAsync(call.Caller, new UserId(request.UserID), request.Configs.ToDictionary(), ct);
        return set.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}

/// <summary><c>POST /user/del_user_client_config</c></summary>
internal sealed class DelUserClientConfig(ClientSettings settings) : OpenImEndpoint<delUserClientConfigReq, Empty>("/user/del_user_client_config")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, delUserClientConfigReq request, CancellationToken ct)
    {
        if (call.AdminOnly() is { } denied) return denied;
        var removed = await settings.RemoveAsync(call.Caller, new UserId(request.UserID), [.. request.Keys], ct);
        return removed.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}

/// <summary><c>POST /user/page_user_client_config</c></summary>
internal sealed class PageUserClientConfig(ClientSettings settings)
    : OpenImEndpoint<pageUserClientConfigReq, pageUserClientConfigResp>("/user/page_user_client_config")
{
    protected override async ValueTask<OpenImReply<pageUserClientConfigResp>> HandleAsync(
        OpenImCall call, pageUserClientConfigReq request, CancellationToken ct)
    {
        if (call.AdminOnly() is { } denied) return denied;
        if (Paging.Check(request.Pagination) is { } invalid) return invalid;

        var (skip, take) = Paging.Window(request.Pagination);
        var paged = await settings.PageAsync(call.Caller, new UserId(request.UserID), request.Key, skip, take, ct);
        if (!paged.TryGet(out var found, out var refusal)) return refusal;

        var reply = new pageUserClientConfigResp { Total = found.Total };
        reply.Configs.Add(found.Page.Select(s => new clientConfig { Key = s.Name, UserID = s.User.Value, Value = s.Value }));
        return reply;
    }
}
