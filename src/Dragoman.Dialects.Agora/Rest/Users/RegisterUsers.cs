using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.Agora.Apps;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Agora.Http;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Accounts.Credentials;

namespace Dragoman.Dialects.Agora.Rest.Users;

/// <summary><c>POST /users</c>: one account, or up to sixty of which those that exist are passed over.</summary>
internal sealed class RegisterUsers(AgoraTokens tokens, AdmitNewcomers admit, AccountDirectory accounts) : AgoraEndpoint("POST", "/users", Access.Anybody)
{
    private const int MaxBatch = 60;
    private const int MaxNickname = 100;

    public override async ValueTask<AgoraReply> HandleAsync(AgoraCall call, CancellationToken ct)
    {
        if (!call.App.Settings.OpenRegistration)
        {
            var (bearer, _) = await tokens.VerifyAsync(call.App, AgoraApi.TokenOf(call.Http.Request), ct);
            if (bearer is not { IsApp: true }) return new Refusal(Condition.RegistrationClosed);
        }

        var isBatch = call.Body.ValueKind == JsonValueKind.Array && call.Body.GetArrayLength() != 1;
        if (call.Body.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)) return AgoraErrors.InvalidBody;
        JsonElement[] items = call.Body.ValueKind == JsonValueKind.Object ? [call.Body] : [.. call.Body.EnumerateArray()];
        if (items.Length == 0) return AgoraErrors.InvalidBody;
        if (items.Length > MaxBatch)
        {
            return AgoraErrors.IllegalArgument.With(
                $"Request body array size[{items.Length}] had almost reached or been greater than the upper range value[{MaxBatch}]");
        }

        var wanted = new Dictionary<UserId, (Newcomer Newcomer, string? Password)>();
        foreach (var item in items)
        {
            var (newcomer, password, invalid) = Read(call.App, item);
            if (newcomer is null) return invalid!;
            if (wanted.TryGetValue(newcomer.Account.Id, out var same) && same.Password != password)
                return AgoraErrors.DuplicateUser.With($"the same user {newcomer.Account.Id} has a different password");
            wanted[newcomer.Account.Id] = (newcomer, password);
        }

        Newcomer[] newcomers = [.. wanted.Values.Select(w => w.Newcomer)];
        return isBatch ? await RegisterAsync(call, newcomers, ct) : await RegisterAsync(call, newcomers[0], ct);
    }

    private async ValueTask<AgoraReply> RegisterAsync(AgoraCall call, Newcomer newcomer, CancellationToken ct)
    {
        var made = await admit.RunAsync(call.App.Itself, [newcomer], UserFinder.QuotaOf(call.App), ct);
        if (made.TryGet(out _, out var refusal)) return await AnswerAsync(call, [newcomer.Account.Id], [], ct);
        return refusal.Condition == Condition.AccountExists
            ? AgoraErrors.DuplicateUser.With(
                $"Application {call.App.Uuid:D} Entity user requires that property named username be unique, value of {newcomer.Account.Id} exists")
            : refusal;
    }

    private async ValueTask<AgoraReply> RegisterAsync(AgoraCall call, Newcomer[] newcomers, CancellationToken ct)
    {
        var failures = new JsonArray();
        var missing = new List<Newcomer>();
        foreach (var newcomer in newcomers)
        {
            if (await accounts.FindAsync(call.App.Id, newcomer.Account.Id, ct) is null) missing.Add(newcomer);
            else failures.Add(ExistsAlready(newcomer.Account.Id));
        }

        while (missing.Count > 0)
        {
            var made = await admit.RunAsync(call.App.Itself, missing, UserFinder.QuotaOf(call.App), ct);
            if (made.TryGet(out _, out var refusal)) break;
            if (refusal.Condition != Condition.AccountExists) return refusal;

            // Somebody has registered one of them meanwhile: the others are tried again without him.
            var index = missing.FindIndex(m => refusal.Subject is null || m.Account.Id.Value == refusal.Subject);
            if (index < 0) return refusal;
            failures.Add(ExistsAlready(missing[index].Account.Id));
            missing.RemoveAt(index);
        }

        return await AnswerAsync(call, [.. missing.Select(m => m.Account.Id)], failures, ct);
    }

    private async ValueTask<AgoraReply> AnswerAsync(AgoraCall call, IReadOnlyList<UserId> users, JsonArray failures, CancellationToken ct)
    {
        var entities = new JsonArray();
        foreach (var user in users)
        {
            if (await accounts.FindAsync(call.App.Id, user, ct) is { } account) entities.Add(UserEntity.Of(call.App, account));
        }

        return new() { Entities = entities, Data = failures };
    }

    private static JsonObject ExistsAlready(UserId user) =>
        new() { ["username"] = user.Value, ["registerUserFailReason"] = $"the {user} already exists" };

    private static (Newcomer? Newcomer, string? Password, AgoraError? Invalid) Read(AgoraApp app, JsonElement item)
    {
        var name = item.Text("username");
        if (name is null) return (null, null, AgoraErrors.IllegalArgument.With("username [null] is not legal"));
        if (UserNames.Check(name) is { } illegal) return (null, null, illegal);

        var password = item.Text("password");
        if ((password is not null || app.Settings.RequirePassword) && Passwords.Check(password ?? "") is { } unusable) return (null, null, unusable);
        var nickname = item.Text("nickname") ?? "";
        if (nickname.Length > MaxNickname) return (null, null, AgoraErrors.IllegalArgument.With("NICKNAME_TOO_LONG"));

        var account = new Account { App = app.Id, Id = UserNames.Fold(name), Nickname = nickname };
        return (new Newcomer(account) { Password = password is null ? null : new Password(password, Passwords.Form) }, password, null);
    }
}
