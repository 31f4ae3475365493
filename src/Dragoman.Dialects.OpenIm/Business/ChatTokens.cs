using System.Security.Cryptography;
using System.Text;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Auth;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.OpenIm.Business;

/// <summary>
/// The business server's own tokens. Nothing is stored: each is signed with a key of its own, made of the app's secret, the user and when
/// his password was set. So it ends with the password, and is no token of the IM API, nor the other way round.
/// </summary>
internal sealed class ChatTokens(IPasswordStore passwords, AccountDirectory accounts, TimeProvider clock)
{
    public async ValueTask<string> IssueAsync(OpenImApp app, string userId, int platform, CancellationToken ct)
    {
        var lifetime = TimeSpan.FromDays(app.Settings.Business!.TokenExpire);
        var key = await KeyAsync(app, userId, ct);
        return OpenImJwt.Issue(key, userId, platform, clock.GetUtcNow(), lifetime);
    }

    /// <returns>Whose token it is; null when it is none, or not valid any more.</returns>
    public async ValueTask<string?> VerifyAsync(OpenImApp app, string token, CancellationToken ct)
    {
        // Who it says it is of tells with which key it has to be signed.
        var now = clock.GetUtcNow();
        var userId = OpenImJwt.Verify(token, app.Secret, now).Claims.UserId;
        if (string.IsNullOrEmpty(userId) || await accounts.FindAsync(app.Id, new UserId(userId), ct) is not { State: AccountState.Living } account) return null;

        var key = await KeyAsync(app, userId, ct);
        var verified = OpenImJwt.Verify(token, key, now);
        var endOfSecond = (verified.Claims.IssuedAt + OpenImJwt.IssuedEarlierSeconds + 1) * 1000;
        return verified.Verdict == JwtVerdict.Valid && endOfSecond > account.InvalidBefore ? userId : null;
    }

    private async ValueTask<byte[]> KeyAsync(OpenImApp app, string userId, CancellationToken ct)
    {
        var password = await passwords.FindAsync(app.Id, new UserId(userId), ct);
        return HMACSHA256.HashData(app.Secret, Encoding.UTF8.GetBytes($"chat token\n{userId}\n{password?.ChangedAt ?? 0}"));
    }
}
