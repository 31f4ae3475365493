using System.Text;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Engine;
using Dragoman.Engine.Sessions;

namespace Dragoman.Dialects.OpenIm.Auth;

/// <param name="ExpiresAt">Unix seconds.</param>
internal sealed record TokenClaims(string UserId, int PlatformId, long ExpiresAt, GrantKey Grant);

/// <summary>A verified token, or the vendor's reason why it is none.</summary>
internal readonly struct Verified(TokenClaims? claims, OpenImError? error)
{
    public bool TryGet(
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TokenClaims? found,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out OpenImError? failure)
    {
        found = claims;
        failure = error;
        return error is null;
    }
}

/// <summary>Issues and verifies the vendor's tokens (section 3.2): a signed claim, and a grant that the engine keeps.</summary>
internal sealed class OpenImTokens(GrantBook grants, TimeProvider clock)
{
    private static readonly TimeSpan AdminGrace = TimeSpan.FromMinutes(5);

    /// <returns>The token; or what the engine refused.</returns>
    public async ValueTask<Result<string>> IssueAsync(OpenImApp app, string userId, int platform, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var token = OpenImJwt.Issue(app.Secret, userId, platform, now, app.TokenLifetime);
        var grant = new Grant(
            new UserId(userId),
            OpenImId.Slot(platform),
            GrantKey.Of(Encoding.ASCII.GetBytes(token)),
            GrantState.Valid,
            now.ToUnixTimeMilliseconds(),
            (now + app.TokenLifetime).ToUnixTimeMilliseconds());
        var issued = await grants.IssueAsync(app.Id, grant, app.Logins, app.IsAdmin(userId) ? AdminGrace : TimeSpan.Zero, ct);
        return issued.TryGet(out _, out var refusal) ? token : refusal;
    }

    public async ValueTask<Verified> VerifyAsync(OpenImApp app, string token, CancellationToken ct)
    {
        var jwt = OpenImJwt.Verify(token, app.Secret, clock.GetUtcNow());
        if (jwt.Verdict != JwtVerdict.Valid) return new(claims: null, ErrorOf(jwt));

        var claims = jwt.Claims;
        var key = GrantKey.Of(Encoding.ASCII.GetBytes(token));
        var found = await grants.FindAsync(app.Id, new UserId(claims.UserId), OpenImId.Slot(claims.PlatformId), key, ct);
        return found.TryGet(out _, out var refusal)
            ? new(new TokenClaims(claims.UserId, claims.PlatformId, claims.ExpiresAt ?? 0, key), error: null)
            : new(claims: null, OpenImErrors.Of(refusal));
    }

    private static OpenImError ErrorOf(in JwtResult jwt) => jwt.Verdict switch
    {
        JwtVerdict.Malformed => OpenImErrors.TokenMalformed,
        JwtVerdict.Expired => OpenImErrors.TokenExpired,
        JwtVerdict.NotValidYet => OpenImErrors.TokenNotValidYet,
        _ => new OpenImError(OpenImErrors.TokenUnknown.Code, jwt.Error),
    };
}
