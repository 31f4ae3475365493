using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Accounts.Credentials;
using Dragoman.Engine.Sessions;

namespace Dragoman.Dialects.Agora.Rest.Users;

/// <summary><c>PUT /users/{u}/password</c>: by the app, or by the user who knows the old one. Whoever is logged in has to go (216).</summary>
/// <remarks>The vendor's list of rates says POST, its reference PUT.</remarks>
internal sealed class ChangePassword(SetPassword set, ISessionDirectory sessions) : AgoraEndpoint("PUT,POST", "/users/{u}/password", Access.Owner)
{
    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        var text = call.Body.Text("newpassword");
        if (string.IsNullOrEmpty(text)) return AgoraErrors.IllegalArgument.With("newpassword is required");
        if (Passwords.Check(text) is { } unusable) return unusable;

        Password? old = null;
        if (!call.Caller.IsAdministrator)
        {
            if (call.Body.Text("oldpassword") is not { Length: > 0 } before) return AgoraErrors.IllegalArgument.With("oldpassword is required");
            old = new Password(before, Passwords.Form);
        }

        var changed = await set.RunAsync(CallerOnHisDevice(call), call.UserIn("u"), old, new Password(text, Passwords.Form), ct);
        if (changed.TryGet(out _, out var refusal)) return new() { Action = "set user password" };
        return refusal.Condition == Condition.AccountNotFound ? AgoraErrors.EntityNotFound : refusal;
    }

    private Caller CallerOnHisDevice(AgoraCall call)
    {
        if (call.Caller.IsAdministrator || call.Query("resource") is not { } resource) return call.Caller;
        var own = sessions.SessionsOf(call.App.Id, call.Caller.User).FirstOrDefault(s => s.Dialect == AgoraId.Dialect && s.Device == resource);
        return call.Caller with { Session = own.Id };
    }
}
