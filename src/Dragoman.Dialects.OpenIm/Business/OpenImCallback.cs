using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Http;
using Dragoman.Dialects.OpenIm.Json;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Gateway.Http;

namespace Dragoman.Dialects.OpenIm.Business;

/// <summary>
/// <c>POST /callback/open_im?secret=…&amp;command=…</c>: answers a webhook of an IM server that keeps its users here. Only one event has an
/// answer: whether somebody takes requests of friendship.
/// </summary>
/// <remarks>
/// There only when the app's settings have a secret: without one anybody could ask about anybody. The IM API of this server needs no
/// receiver, its <c>/friend/add_friend</c> asks the account itself. Both spellings of addresses work: <c>?secret=s&amp;command=</c> gets
/// <c>/{command}</c> appended.
/// </remarks>
internal sealed class OpenImCallback(AccountDirectory accounts) : OpenImEndpoint("/callback/open_im")
{
    private const string BeforeAddFriend = "callbackBeforeAddFriendCommand";
    private const int MaxDepth = 32;

    public override bool NeedsToken => false;

    public override bool IsServedBy(OpenImApp app) => app.Settings.Business is { CallbackSecret.Length: > 0 };

    public override async Task RunAsync(OpenImCall call, CancellationToken ct)
    {
        var (error, isForbidden) = await JudgeAsync(call, ct);
        var answer = new MemoryStream();
        await using (var json = new Utf8JsonWriter(answer, ProtoJson.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteNumber("actionCode", 0);
            json.WriteNumber("nextCode", isForbidden ? 1 : 0);
            json.WriteNumber("errCode", error?.Code ?? 0);
            json.WriteString("errMsg", error?.Message ?? "");
            json.WriteString("errDlt", error?.DetailOrMessage ?? "");
            json.WriteEndObject();
        }

        call.Http.Response.ContentType = "application/json; charset=utf-8";
        await call.Http.Response.Body.WriteAsync(answer.ToArray(), ct);
    }

    /// <returns>What is wrong, and whether the event must not happen because of it.</returns>
    private async ValueTask<(OpenImError? Error, bool IsForbidden)> JudgeAsync(OpenImCall call, CancellationToken ct)
    {
        var query = call.Http.Request.Query;
        if (!CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(query["secret"].ToString()), Encoding.UTF8.GetBytes(call.App.Settings.Business!.CallbackSecret)))
            return (OpenImErrors.NoPermission.With("secret invalid"), false);

        var body = await RequestBody.ReadAsync(call.Http.Request, MaxBodyBytes, ct);
        if (body is null) return (OpenImErrors.Args.With("request body is too large"), false);
        using var json = JsonInput.TryParse(body, MaxDepth);
        if (json is not { RootElement.ValueKind: JsonValueKind.Object }) return (OpenImErrors.Args.With("the body is no JSON object"), false);

        try
        {
            var given = new JsonBody(json.RootElement);
            var command = query["command"].ToString().TrimStart('/') is { Length: > 0 } named ? named : given.Text("callbackCommand");
            if (command != BeforeAddFriend) return (OpenImErrors.Args.With($"invalid command {command}"), false);

            var account = await accounts.FindAsync(call.AppId, new UserId(given.Text("toUserID")), ct);
            if (account is null) return (OpenImErrors.RecordNotFound.With("user not found"), false);
            return account.Adding == AddMode.Nobody ? (OpenImErrors.RefuseFriend.With($"state {ChatUsers.NotAllowed}"), true) : (null, false);
        }
        catch (BindingException e)
        {
            return (OpenImErrors.Args.With(e.Message), false);
        }
    }
}
