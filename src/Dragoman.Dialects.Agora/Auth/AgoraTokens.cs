using Dragoman.Dialects.Agora.Apps;
using Dragoman.Engine;
using Dragoman.Engine.Sessions;

namespace Dragoman.Dialects.Agora.Auth;

/// <summary>Who a token speaks for.</summary>
/// <param name="User">As the token spells him, when the app's own server has made it.</param>
/// <param name="ExpiresAt">Unix milliseconds; <see cref="long.MaxValue"/> when it never does.</param>
/// <param name="IssuedAt">Unix milliseconds.</param>
/// <param name="Grant">The default for what is good by its signature.</param>
/// <param name="IsDynamic">Made by the app's own server, so that its user may be nobody yet.</param>
internal sealed record Bearer(UserId User, bool IsApp, long ExpiresAt, long IssuedAt, GrantKey Grant, bool IsDynamic);

/// <summary>Why a token is none. What each becomes is said by <see cref="AgoraErrors"/> for HTTP and by the login for sockets.</summary>
internal enum TokenFault
{
    None,
    Missing,
    Expired,

    /// <summary>No token of ours at all, or one of another app.</summary>
    Corrupt,

    /// <summary>It looks like one, and nobody has issued it; or it was taken back.</summary>
    Unknown,

    /// <summary>Signed by somebody else than the app.</summary>
    Illegal,

    Disabled,
}

/// <summary>Issues and verifies the four kinds of tokens (section 2.1).</summary>
internal sealed class AgoraTokens(GrantBook grants, TimeProvider clock)
{
    private const long MaxSeconds = 100L * 365 * 24 * 3600;

    /// <param name="user"><see cref="AgoraId.TheApp"/> for the app's own.</param>
    /// <param name="seconds">0 is for ever; null what the app has chosen.</param>
    /// <returns>The token and the seconds that it is good for; or AccountDisabled.</returns>
    public async ValueTask<Result<(string Token, long Seconds)>> IssueAsync(AgoraApp app, UserId user, long? seconds, CancellationToken ct, long notAfter = long.MaxValue)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var life = Math.Min(seconds ?? app.Settings.TokenSeconds, MaxSeconds);
        var expiresAt = Math.Min(life == 0 ? long.MaxValue : now + (life * 1000), notAfter);
        var token = IssuedToken.Make(app.Id, user, expiresAt);
        var grant = new Grant(user, AgoraId.Tokens, IssuedToken.Parse(token)!.Grant, GrantState.Valid, now, expiresAt);
        var issued = await grants.IssueAsync(app.Id, grant, user == AgoraId.TheApp ? app.OwnTokens : app.Devices, TimeSpan.Zero, ct);
        return issued.TryGet(out _, out var refusal) ? (token, expiresAt == long.MaxValue ? MaxSeconds : (expiresAt - now) / 1000) : refusal;
    }

    /// <param name="token">Without "Bearer"; empty when there was none.</param>
    public async ValueTask<(Bearer? Bearer, TokenFault Fault)> VerifyAsync(AgoraApp app, string token, CancellationToken ct)
    {
        if (token.Length == 0) return (null, TokenFault.Missing);
        if (IssuedToken.Parse(token) is { } issued) return await VerifyAsync(app, issued, ct);
        if (token.StartsWith(AccessToken007.Prefix, StringComparison.Ordinal)) return Verify(app, AccessToken007.Parse(token));
        return Verify(app, DynamicToken.Parse(token));
    }

    private async ValueTask<(Bearer? Bearer, TokenFault Fault)> VerifyAsync(AgoraApp app, IssuedToken token, CancellationToken ct)
    {
        if (token.App != app.Id) return (null, TokenFault.Corrupt);
        if (token.ExpiresAt <= Now()) return (null, TokenFault.Expired);

        var found = await grants.FindAsync(app.Id, token.User, AgoraId.Tokens, token.Grant, ct);
        return found.TryGet(out var grant, out var refusal)
            ? (new(token.User, token.IsApp, grant.ExpiresAt, grant.IssuedAt, token.Grant, IsDynamic: false), TokenFault.None)
            : (null, refusal.Condition == Condition.AccountDisabled ? TokenFault.Disabled : TokenFault.Unknown);
    }

    private (Bearer? Bearer, TokenFault Fault) Verify(AgoraApp app, AccessToken007? token)
    {
        if (token is null) return (null, TokenFault.Corrupt);
        if (!string.Equals(token.AppId, app.Options.AppId, StringComparison.Ordinal) || app.Options.AppCertificate.Length == 0
            || !token.IsSignedWith(app.Options.AppCertificate))
        {
            return (null, TokenFault.Illegal);
        }

        var isApp = token.UserLife is null;
        if (isApp && token.AppLife is null) return (null, TokenFault.Illegal);
        if (token.ExpiresAt(isApp) <= Now()) return (null, TokenFault.Expired);
        var user = isApp ? AgoraId.TheApp : new UserId(token.User);
        return !isApp && user.IsEmpty
            ? (null, TokenFault.Illegal)
            : (new(user, isApp, token.ExpiresAt(isApp), token.IssuedAt * 1000L, default, IsDynamic: true), TokenFault.None);
    }

    private (Bearer? Bearer, TokenFault Fault) Verify(AgoraApp app, DynamicToken? token)
    {
        if (token is null || token.User.Length == 0) return (null, TokenFault.Corrupt);
        if (!string.Equals(token.AppKey, app.Key, StringComparison.OrdinalIgnoreCase)
            || !token.IsSignedWith(app.Options.ClientId, app.Options.ClientSecret))
        {
            return (null, TokenFault.Illegal);
        }

        return token.ExpiresAt <= Now()
            ? (null, TokenFault.Expired)
            : (new(new UserId(token.User), IsApp: false, token.ExpiresAt, token.IssuedAt * 1000, default, IsDynamic: true), TokenFault.None);
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
