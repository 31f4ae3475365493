using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;

namespace Dragoman.Dialects.OpenIm.Rest.User;

/// <summary><c>POST /user/process_user_command_add</c>: a user keeps something under a name of his own.</summary>
internal sealed class ProcessUserCommandAdd(Favourites favourites)
    : OpenImEndpoint<processUserCommandAddReq, Empty>("/user/process_user_command_add")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, processUserCommandAddReq request, CancellationToken ct)
    {
        if (UserCommands.Check(call, request.UserID, request.Type, request.Uuid) is { } invalid) return invalid;
        var added = await favourites.AddAsync(
            call.Caller, new UserId(request.UserID), request.Type, request.Uuid, request.Value?.Value ?? "", request.Ex?.Value ?? "", ct);
        return added.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}

/// <summary><c>POST /user/process_user_command_update</c></summary>
internal sealed class ProcessUserCommandUpdate(Favourites favourites)
    : OpenImEndpoint<processUserCommandUpdateReq, Empty>("/user/process_user_command_update")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, processUserCommandUpdateReq request, CancellationToken ct)
    {
        if (UserCommands.Check(call, request.UserID, request.Type, request.Uuid) is { } invalid) return invalid;
        var updated = await favourites.UpdateAsync(
            call.Caller, new UserId(request.UserID), request.Type, request.Uuid, request.Value?.Value, request.Ex?.Value, ct);
        return updated.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}

/// <summary><c>POST /user/process_user_command_delete</c></summary>
internal sealed class ProcessUserCommandDelete(Favourites favourites)
    : OpenImEndpoint<processUserCommandDeleteReq, Empty>("/user/process_user_command_delete")
{
    protected override async ValueTask<OpenImReply<Empty>> HandleAsync(OpenImCall call, processUserCommandDeleteReq request, CancellationToken ct)
    {
        if (UserCommands.Check(call, request.UserID, request.Type, request.Uuid) is { } invalid) return invalid;
        var removed = await favourites.RemoveAsync(call.Caller, new UserId(request.UserID), request.Type, request.Uuid, ct);
        return removed.TryGet(out _, out var refusal) ? new Empty() : refusal;
    }
}

/// <summary><c>POST /user/process_user_command_get</c>: those of one type.</summary>
internal sealed class ProcessUserCommandGet(Favourites favourites)
    : OpenImEndpoint<processUserCommandGetReq, processUserCommandGetResp>("/user/process_user_command_get")
{
    protected override async ValueTask<OpenImReply<processUserCommandGetResp>> HandleAsync(
        OpenImCall call, processUserCommandGetReq request, CancellationToken ct)
    {
        if (UserCommands.Check(call, request.UserID, request.Type, uuid: null) is { } invalid) return invalid;
        var listed = await favourites.ListAsync(call.Caller, new UserId(request.UserID), request.Type, ct);
        if (!listed.TryGet(out var found, out var refusal)) return refusal;

        var reply = new processUserCommandGetResp();
        reply.CommandResp.Add(found.Select(f => new CommandInfoResp { Type = f.Type, CreateTime = f.CreatedAt, Uuid = f.Id, Value = f.Value, Ex = f.Extra }));
        return reply;
    }
}

/// <summary><c>POST /user/process_user_command_get_all</c></summary>
internal sealed class ProcessUserCommandGetAll(Favourites favourites)
    : OpenImEndpoint<processUserCommandGetAllReq, processUserCommandGetAllResp>("/user/process_user_command_get_all")
{
    protected override async ValueTask<OpenImReply<processUserCommandGetAllResp>> HandleAsync(
        OpenImCall call, processUserCommandGetAllReq request, CancellationToken ct)
    {
        if (UserCommands.Check(call, request.UserID, type: null, uuid: null) is { } invalid) return invalid;
        var listed = await favourites.ListAsync(call.Caller, new UserId(request.UserID), type: null, ct);
        if (!listed.TryGet(out var found, out var refusal)) return refusal;

        var reply = new processUserCommandGetAllResp();
        reply.CommandResp.Add(found.Select(f => new AllCommandInfoResp { Type = f.Type, CreateTime = f.CreatedAt, Uuid = f.Id, Value = f.Value, Ex = f.Extra }));
        return reply;
    }
}

/// <summary>What the five routes check alike.</summary>
internal static class UserCommands
{
    /// <param name="type">Null where the route has none; so for <paramref name="uuid"/>.</param>
    public static OpenImError? Check(OpenImCall call, string userId, int? type, string? uuid)
    {
        if (userId.Length == 0) return OpenImErrors.Args.With("userID is empty");
        if (type == 0) return OpenImErrors.Args.With("type is not specified");
        if (uuid?.Length == 0) return OpenImErrors.Args.With("UUID is empty");
        return call.Access(userId);
    }
}
