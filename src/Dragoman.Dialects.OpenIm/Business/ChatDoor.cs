using Dragoman.Dialects.OpenIm.Auth;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Engine;
using Dragoman.Engine.Rates;

namespace Dragoman.Dialects.OpenIm.Business;

/// <summary>Finds out who calls the business server: a user by his chat token, an administrator by his token of the IM API.</summary>
internal sealed class ChatDoor(ChatTokens chat, OpenImTokens tokens, RateDesk rates, TimeProvider clock)
{
    /// <returns>The caller; or 1001, 20101, 429.</returns>
    public async ValueTask<(Caller Caller, OpenImError? Error)> EnterAsync(OpenImCall call, CancellationToken ct)
    {
        var token = call.Http.Request.Headers["token"].ToString();
        if (token.Length == 0) return (default, OpenImErrors.Args.With("header must have token"));

        if (await chat.VerifyAsync(call.App, token, ct) is { } userId)
        {
            var key = new RateKey(call.AppId, RateName.Caller, userId);
            if (rates.Take(key, Rate.Of(call.App.Settings.RateLimit.User)) is not { } tooOften) return (call.App.CallerOf(userId, call.OperationId), null);
            Patience.Ask(call.Http.Response, tooOften, clock.GetUtcNow());
            return (default, OpenImErrors.Of(tooOften));
        }

        return await FindAdministratorAsync(call, ct) is { } administrator ? (administrator, null) : (default, OpenImErrors.ChatTokenNotExist);
    }

    /// <returns>Null when nobody calls, or somebody else.</returns>
    public async ValueTask<Caller?> FindAdministratorAsync(OpenImCall call, CancellationToken ct)
    {
        var token = call.Http.Request.Headers["token"].ToString();
        if (token.Length == 0) return null;

        var verified = await tokens.VerifyAsync(call.App, token, ct);
        return verified.TryGet(out var claims, out _) && call.App.IsAdmin(claims.UserId) ? call.App.CallerOf(claims.UserId, call.OperationId) : null;
    }
}
