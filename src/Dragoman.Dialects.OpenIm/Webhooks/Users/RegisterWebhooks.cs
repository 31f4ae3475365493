using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Dialects.OpenIm.Json;
using Dragoman.Dialects.OpenIm.Messages;
using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Dialects.OpenIm.Rest.User;
using Dragoman.Engine;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Hooks;
using Dragoman.Engine.Notices;

namespace Dragoman.Dialects.OpenIm.Webhooks.Users;

/// <summary>Accounts are about to be created; the answer may name others instead.</summary>
internal sealed class BeforeUserRegister() : BeforeWebhook<RegisteringAccounts>("beforeUserRegister", "callbackBeforeUserRegisterCommand")
{
    protected override ValueTask<JsonObject> DescribeAsync(OpenImApp app, RegisteringAccounts proposal, CancellationToken ct) =>
        new(RegisterBodies.Of(proposal.Accounts));

    protected override OpenImError? Apply(OpenImApp app, RegisteringAccounts proposal, JsonElement answer)
    {
        if (!answer.TryGetProperty("users", out var users) || users.ValueKind != JsonValueKind.Array) return null;

        // As the route itself would read them.
        var request = new userRegisterReq();
        if (!ProtoJson.TryParse(Encoding.UTF8.GetBytes($$"""{"users":{{users.GetRawText()}}}"""), request, out var error)) return OpenImErrors.Args.With(error);
        if ((UserRegister.CheckFields(request) ?? UserRegister.CheckIds(request)) is { } invalid) return invalid;
        var proposed = proposal.Accounts.ToDictionary(account => account.Id);
        proposal.Accounts = [.. request.Users.Select(user => Keep(UserRegister.AccountOf(user), proposed))];
        return null;
    }

    /// <summary>The webhook does not know of everything that an account may be registered with.</summary>
    private static Account Keep(Account given, Dictionary<UserId, Account> proposed) =>
        proposed.TryGetValue(given.Id, out var before)
            ? given with { Profile = before.Profile, Fields = before.Fields, Adding = before.Adding, Traits = before.Traits.SetItems(given.Traits) }
            : given;
}

internal sealed class AfterUserRegister() : AfterWebhook<AccountsRegistered>("afterUserRegister", "callbackAfterUserRegisterCommand")
{
    protected override ValueTask<JsonObject?> DescribeAsync(OpenImApp app, AccountsRegistered notice, HookEvent happened, CancellationToken ct) =>
        new(RegisterBodies.Of(notice.Accounts));
}

internal static class RegisterBodies
{
    public static JsonObject Of(IReadOnlyList<Account> accounts) => new()
    {
        ["users"] = new JsonArray([.. accounts.Select(account => WebhookJson.Of(UserInfos.Of(account)))]),
    };
}
