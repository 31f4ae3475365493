using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Dialects.Agora.Rest.Users;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Accounts.Credentials;

namespace Dragoman.Dialects.Agora.Rest.Token;

/// <summary><c>POST /token</c>: four ways to a token (section 2.2). The answers have no envelope.</summary>
internal sealed class IssueToken(AgoraTokens tokens, UserFinder users, AccountDirectory accounts, CheckPassword check, TimeProvider clock)
    : AgoraEndpoint("POST", "/token", Access.Anybody)
{
    public override int CallsPerSecond => 300;

    public override ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct) => call.Body.Text("grant_type") switch
    {
        "client_credentials" => ForAppAsync(call, ct),
        "password" => ForPasswordAsync(call, ct),
        "inherit" => ForUserAsync(call, ct),
        "agora" => ExchangeAsync(call, ct),
        _ => new(AgoraErrors.InvalidGrant.With("unsupported grant_type")),
    };

    private async ValueTask<AgoraReply> ForAppAsync(AgoraCall call, CancellationToken ct)
    {
        var (id, secret) = (call.Body.Text("client_id"), call.Body.Text("client_secret"));
        if (string.IsNullOrEmpty(id)) return AgoraErrors.IllegalArgument.With("client_id must be provided.");
        if (string.IsNullOrEmpty(secret)) return AgoraErrors.IllegalArgument.With("client_secret must be provided");
        if (!AreSame(id, call.App.Options.ClientId)) return AgoraErrors.InvalidGrant.With("client_id does not match");
        if (!AreSame(secret, call.App.Options.ClientSecret)) return AgoraErrors.InvalidGrant.With("client_secret does not match");

        var issued = await tokens.IssueAsync(call.App, AgoraId.TheApp, LifeOf(call.Body), ct);
        if (!issued.TryGet(out var made, out var refusal)) return refusal;
        return AgoraReply.Bare(new JsonObject
        {
            ["access_token"] = made.Token,
            ["expires_in"] = made.Seconds,
            ["application"] = call.App.Uuid.ToString("D"),
        });
    }

    private async ValueTask<AgoraReply> ForPasswordAsync(AgoraCall call, CancellationToken ct)
    {
        var (name, text) = (call.Body.Text("username"), call.Body.Text("password"));
        if (string.IsNullOrEmpty(name)) return AgoraErrors.IllegalArgument.With("username must be provided");
        if (string.IsNullOrEmpty(text)) return AgoraErrors.IllegalArgument.With("password must be provided");

        var verified = await check.RunAsync(call.App.Id, await users.NamedAsync(call.App, name, ct), new Password(text, Passwords.Form), ct);
        if (!verified.TryGet(out var account, out var refusal))
            return refusal.Condition == Condition.AccountNotFound ? AgoraErrors.InvalidGrant with { Status = 404, Description = "user not found" } : refusal;
        return await ForAsync(call, account, LifeOf(call.Body), ct);
    }

    private async ValueTask<AgoraReply> ForUserAsync(AgoraCall call, CancellationToken ct)
    {
        var (bearer, fault) = await tokens.VerifyAsync(call.App, AgoraApi.TokenOf(call.Http.Request), ct);
        if (bearer is null) return fault == TokenFault.Corrupt ? AgoraErrors.CorruptToken : AgoraErrors.Unauthorized;
        if (!bearer.IsApp) return AgoraErrors.CorruptToken;

        var name = call.Body.Text("username") ?? "";
        if (UserNames.Check(name) is { } illegal) return illegal;
        var user = await users.NamedAsync(call.App, name, ct);
        var account = await accounts.FindAsync(call.App.Id, user, ct);
        if (account is null && call.Body.Flag("autoCreateUser") != true) return AgoraErrors.EntityNotFound;
        if (account is null)
        {
            var created = await users.CreateAsync(call.App, user, ct);
            if (!created.TryGet(out account, out var refusal)) return refusal;
        }

        return await ForAsync(call, account, LifeOf(call.Body), ct);
    }

    /// <summary>A dynamic token for one of ours, good for as long as the dynamic one at most.</summary>
    private async ValueTask<AgoraReply> ExchangeAsync(AgoraCall call, CancellationToken ct)
    {
        var (bearer, fault) = await tokens.VerifyAsync(call.App, AgoraApi.TokenOf(call.Http.Request), ct);
        if (bearer is null) return AgoraErrors.Of(fault);
        if (!bearer.IsDynamic) return AgoraErrors.CorruptToken;

        Account? account = null;
        if (!bearer.IsApp)
        {
            var found = await users.OfAsync(call.App, bearer, ct);
            if (!found.TryGet(out account, out var missing)) return missing;
        }

        var issued = await tokens.IssueAsync(call.App, account?.Id ?? AgoraId.TheApp, seconds: null, ct, notAfter: bearer.ExpiresAt);
        if (!issued.TryGet(out var made, out var refusal)) return refusal;
        var body = new JsonObject
        {
            ["access_token"] = made.Token,
            ["expire_timestamp"] = clock.GetUtcNow().ToUnixTimeMilliseconds() + (made.Seconds * 1000),
            ["expires_in"] = made.Seconds,
        };
        if (account is not null) body["user"] = UserEntity.Of(call.App, account);
        return AgoraReply.Bare(body);
    }

    private async ValueTask<AgoraReply> ForAsync(AgoraCall call, Account account, long? life, CancellationToken ct)
    {
        var issued = await tokens.IssueAsync(call.App, account.Id, life, ct);
        if (!issued.TryGet(out var made, out var refusal)) return refusal;
        return AgoraReply.Bare(new JsonObject
        {
            ["access_token"] = made.Token,
            ["expires_in"] = made.Seconds,
            ["user"] = UserEntity.Of(call.App, account),
        });
    }

    private static long? LifeOf(JsonElement body) => body.Number("ttl") is >= 0 and var seconds ? seconds : null;

    private static bool AreSame(string given, string own) =>
        own.Length > 0 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(own));
}
