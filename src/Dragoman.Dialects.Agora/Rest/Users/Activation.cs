using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine.Accounts;

namespace Dragoman.Dialects.Agora.Rest.Users;

/// <summary><c>POST /users/{u}/deactivate</c>: nobody logs in as the user any more, and whoever is has to go.</summary>
internal sealed class DeactivateUser(DisableAccount disable) : AgoraEndpoint("POST", "/users/{u}/deactivate", Access.App)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var changed = await disable.RunAsync(call.Caller, call.UserIn("u"), isDisabled: true, ct);
        return changed.TryGet(out var account, out var refusal)
            ? new AgoraReply { Action = "Deactivate user", Entities = [UserEntity.Of(call.App, account)] }
            : refusal;
    }
}

/// <summary><c>POST /users/{u}/activate</c>.</summary>
internal sealed class ActivateUser(DisableAccount disable) : AgoraEndpoint("POST", "/users/{u}/activate", Access.App)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var changed = await disable.RunAsync(call.Caller, call.UserIn("u"), isDisabled: false, ct);
        return changed.TryGet(out _, out var refusal) ? new AgoraReply { Action = "activate user" } : refusal;
    }
}
