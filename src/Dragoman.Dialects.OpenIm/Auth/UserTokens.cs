using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;

namespace Dragoman.Dialects.OpenIm.Auth;

/// <summary>Logs users in: the same rules whoever asks for the token.</summary>
internal sealed class UserTokens(OpenImTokens tokens, AccountDirectory accounts)
{
    /// <returns>The token; or why there is none.</returns>
    public async ValueTask<(string Token, OpenImError? Error)> IssueAsync(OpenImApp app, string userId, int platform, CancellationToken ct)
    {
        if (platform == Platforms.Admin) return ("", OpenImErrors.NoPermission.With("platformID invalid. platformID must not be admin"));
        if (app.IsAdmin(userId)) return ("", OpenImErrors.NoPermission.With("don't get Admin token"));

        var account = await accounts.FindAsync(app.Id, new UserId(userId), ct);
        if (account is null) return ("", OpenImErrors.RecordNotFound.With("user not found"));
        if (account.Role == AccountRole.Service) return ("", OpenImErrors.Args.With("app account can`t get token"));

        var issued = await tokens.IssueAsync(app, userId, platform, ct);
        return issued.TryGet(out var token, out var refusal) ? (token, null) : ("", OpenImErrors.Of(refusal));
    }
}
